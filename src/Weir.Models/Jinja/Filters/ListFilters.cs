namespace Weir.Models.Jinja;

/// <summary>Filters that take sequences apart and put them together.</summary>
internal static class ListFilters
{
    public static readonly Dictionary<string, Filter> All = new()
    {
        ["length"] = (value, _, _) => Sequences.Length(value),
        ["count"] = (value, _, _) => Sequences.Length(value),
        ["list"] = (value, _, _) => Sequences.Iterate(value).ToList(),
        ["first"] = (value, _, _) => Sequences.Iterate(value).Take(1).ToList() is [var first] ? first : new Undefined("No first item, sequence was empty."),
        ["last"] = (value, _, _) => Sequences.Iterate(value).TakeLast(1).ToList() is [var last] ? last : new Undefined("No last item, sequence was empty."),
        ["join"] = Join,
        ["reverse"] = (value, _, _) => value is string text ? CodePoints.Reverse(text) : new Generator(Sequences.Iterate(value).Reverse()),
        ["batch"] = (value, arguments, _) => new Generator(Batch(Sequences.Iterate(value), arguments)),
        ["slice"] = (value, arguments, _) => new Generator(Slice(Sequences.Iterate(value).ToList(), arguments)),
        ["random"] = Random,
        ["items"] = Items,
    };

    private static string Join(object? value, Arguments arguments, Frame frame)
    {
        var pick = AttributePath.Of(arguments.Get(1, "attribute"));
        return string.Join(Str.Of(arguments.Get(0, "d", "")), Sequences.Iterate(value).Select(item => Str.Of(pick(item))));
    }

    private static IEnumerable<object?> Batch(IEnumerable<object?> items, Arguments arguments)
    {
        var size = arguments.GetInt(0, "linecount", 0);
        arguments.Require(0, "linecount");
        if (size < 1)
            throw new JinjaException(JinjaErrorKind.Value, "batch needs a count of at least 1");
        var fill = arguments.Get(1, "fill_with");
        foreach (var chunk in items.Chunk(size))
            yield return fill is null ? [.. chunk] : chunk.Concat(Enumerable.Repeat(fill, size - chunk.Length)).ToList();
    }

    private static IEnumerable<object?> Slice(List<object?> items, Arguments arguments)
    {
        arguments.Require(0, "slices");
        var slices = arguments.GetInt(0, "slices", 1);
        if (slices < 1)
            throw new JinjaException(JinjaErrorKind.ZeroDivision, "integer division or modulo by zero");
        var fill = arguments.Get(1, "fill_with");
        var (size, longer) = (items.Count / slices, items.Count % slices);
        var start = 0;
        for (var index = 0; index < slices; index++)
        {
            var slice = items.GetRange(start, size + (index < longer ? 1 : 0));
            start += slice.Count;
            if (fill is not null && index >= longer)
                slice.Add(fill);
            yield return slice;
        }
    }

    private static object? Random(object? value, Arguments arguments, Frame frame)
    {
        var items = Sequences.Iterate(value).ToList();
        return items.Count == 0 ? new Undefined("No random item, sequence was empty.") : items[System.Random.Shared.Next(items.Count)];
    }

    private static Generator Items(object? value, Arguments arguments, Frame frame) => value switch
    {
        Undefined => new Generator([]),
        JinjaDict dict => new Generator(new DictView(dict, "dict_items")),
        _ => throw new JinjaException(JinjaErrorKind.Type, "Can only get item pairs from a mapping."),
    };
}
