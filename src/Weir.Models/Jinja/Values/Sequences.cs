namespace Weir.Models.Jinja;

/// <summary>Walking over values, counting and searching them.</summary>
internal static class Sequences
{
    /// <summary>The items of anything that can be looped over; a dictionary gives its keys, text its characters.</summary>
    public static IEnumerable<object?> Iterate(object? value) =>
        TryIterate(value) ?? throw new JinjaException(JinjaErrorKind.Type, $"'{TypeNames.Of(value)}' object is not iterable");

    public static IEnumerable<object?>? TryIterate(object? value) => value switch
    {
        Undefined => [],
        string text => CodePoints.Of(text),
        List<object?> list => Growing(list),
        JinjaDict dict => Fixed(dict),
        IEnumerable<object?> items => items,
        byte[] bytes => bytes.Select(item => (object?)(long)item),
        _ => null,
    };

    public static long Length(object? value) => value switch
    {
        Undefined => 0,
        string text => CodePoints.Count(text),
        JinjaDict dict => dict.Count,
        IReadOnlyCollection<object?> items => items.Count,
        byte[] bytes => bytes.Length,
        _ => throw new JinjaException(JinjaErrorKind.Type, $"object of type '{TypeNames.Of(value)}' has no len()"),
    };

    public static bool Contains(object? container, object? item) => container switch
    {
        string text when item is string part => text.Contains(part, StringComparison.Ordinal),
        string => throw new JinjaException(JinjaErrorKind.Type, $"'in <string>' requires string as left operand, not {TypeNames.Of(item)}"),
        JinjaDict dict => dict.ContainsKey(item),
        IJinjaObject special and not IEnumerable<object?> => special.TryGetItem(item, out _),
        _ => (TryIterate(container) ?? throw new JinjaException(JinjaErrorKind.Type, $"argument of type '{TypeNames.Of(container)}' is not iterable"))
            .Any(other => Equality.Same(other, item)),
    };

    /// <summary>A list may grow while it is walked, as in Python.</summary>
    private static IEnumerable<object?> Growing(List<object?> list)
    {
        for (var index = 0; index < list.Count; index++)
            yield return list[index];
    }

    private static IEnumerable<object?> Fixed(JinjaDict dict)
    {
        var count = dict.Count;
        foreach (var key in dict.Keys.ToList())
        {
            if (dict.Count != count)
                throw new JinjaException(JinjaErrorKind.Runtime, "dictionary changed size during iteration");
            yield return key;
        }
    }
}
