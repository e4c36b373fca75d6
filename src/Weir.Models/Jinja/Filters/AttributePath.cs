namespace Weir.Models.Jinja;

/// <summary>The <c>attribute='a.b.0'</c> argument of many filters: how to get there from an item.</summary>
internal static class AttributePath
{
    /// <summary>Without a path the item itself.</summary>
    public static Func<object?, object?> Of(object? path, object? fallback = null)
    {
        if (path is null)
            return item => item;
        object?[] steps = path is string text ? [.. text.Split('.').Select(Step)] : [path];
        return item =>
        {
            foreach (var step in steps)
            {
                item = Access.Item(item, step);
                if (fallback is not null && item is Undefined)
                    item = fallback;
            }
            return item;
        };
    }

    /// <summary>Several paths with commas between make a key of several parts.</summary>
    public static Func<object?, object?> OfMany(object? paths)
    {
        if (paths is not string text || !text.Contains(','))
            return Of(paths);
        var parts = text.Split(',').Select(part => Of(part)).ToList();
        return item => parts.Select(part => part(item)).ToList();
    }

    /// <summary>Text without regard to case, everything else as it is.</summary>
    public static object? FoldCase(object? value) => value is string text ? LetterCase.Lower(text)
        : value is List<object?> parts ? parts.Select(FoldCase).ToList() : value;

    private static object? Step(string part) => part.Length > 0 && part.All(char.IsAsciiDigit) && Numbers.TryParseInteger(part, 10, out var index) ? index : part;
}
