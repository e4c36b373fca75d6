namespace Weir.Models.Jinja;

/// <summary>Filters that run another filter or a test on every item; all are lazy.</summary>
internal static class SelectFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["map"] = (value, arguments, frame) => new Generator(Map(value, arguments, frame)),
        ["select"] = (value, arguments, _) => new Generator(Select(value, arguments, byAttribute: false, wanted: true)),
        ["reject"] = (value, arguments, _) => new Generator(Select(value, arguments, byAttribute: false, wanted: false)),
        ["selectattr"] = (value, arguments, _) => new Generator(Select(value, arguments, byAttribute: true, wanted: true)),
        ["rejectattr"] = (value, arguments, _) => new Generator(Select(value, arguments, byAttribute: true, wanted: false)),
    };

    private static IEnumerable<object?> Map(object? value, Arguments arguments, Frame frame)
    {
        if (!Truth.Of(value) && value is not Generator)
            return [];
        if (arguments.Positional.Count == 0 && arguments.Named.TryGetValue("attribute", out var attribute))
            return Sequences.Iterate(value).Select(AttributePath.Of(attribute, arguments.Named.GetValueOrDefault("default")));
        if (arguments.Positional.Count == 0)
            throw new JinjaException(JinjaErrorKind.Runtime, "map requires a filter argument");
        var filter = AllFilters.Get(Str.Of(arguments.Positional[0]));
        var rest = new Arguments([.. arguments.Positional.Skip(1)], arguments.Named);
        return Sequences.Iterate(value).Select(item => filter(item, rest, frame));
    }

    private static IEnumerable<object?> Select(object? value, Arguments arguments, bool byAttribute, bool wanted)
    {
        if (!Truth.Of(value) && value is not Generator)
            return [];
        var pick = byAttribute ? AttributePath.Of(arguments.Require(0, "attribute")) : item => item;
        var rest = arguments.Positional.Skip(byAttribute ? 1 : 0).ToList();
        if (rest.Count == 0)
            return Sequences.Iterate(value).Where(item => Truth.Of(pick(item)) == wanted);
        var test = AllTests.Get(Str.Of(rest[0]));
        var testArguments = new Arguments([.. rest.Skip(1)], arguments.Named);
        return Sequences.Iterate(value).Where(item => Truth.Of(test(pick(item), testArguments)) == wanted);
    }
}
