namespace Weir.Models.Jinja;

/// <summary>Names every template has.</summary>
internal static class Globals
{
    /// <summary>The sandbox refuses longer ranges.</summary>
    private const int LongestRange = 100_000;

    public static readonly IReadOnlyDictionary<string, object?> All = new Dictionary<string, object?>
    {
        ["range"] = new Function("range", Range),
        ["dict"] = new Function("dict", Dict),
        ["namespace"] = new Function("namespace", arguments => new Namespace(Dict(arguments))),
        ["cycler"] = new Function("cycler", arguments => new Cycler(arguments.Positional)),
        ["joiner"] = new Function("joiner", arguments => new Joiner(arguments.GetText(0, "sep", ", "))),
        ["lipsum"] = new Function("lipsum", arguments => LoremIpsum.Text(arguments.GetInt(0, "n", 5), arguments.GetBool(1, "html", true))),
    };

    private static JinjaRange Range(Arguments arguments)
    {
        arguments.Limit("range", 3);
        arguments.Require(0, "start");
        var numbers = arguments.Positional.Select(Numbers.ToIndex).ToList();
        var range = numbers switch
        {
            [var stop] => new JinjaRange(0, stop, 1),
            [var start, var stop] => new JinjaRange(start, stop, 1),
            [_, _, 0] => throw new JinjaException(JinjaErrorKind.Value, "range() arg 3 must not be zero"),
            _ => new JinjaRange(numbers[0], numbers[1], numbers[2]),
        };
        return range.Count <= LongestRange ? range : throw new JinjaException(JinjaErrorKind.Overflow,
            $"Range too big. The sandbox blocks ranges larger than MAX_RANGE ({LongestRange}).");
    }

    private static JinjaDict Dict(Arguments arguments)
    {
        var dict = new JinjaDict();
        DictMethods.Update(dict, arguments);
        return dict;
    }
}
