namespace Weir.Models.Jinja;

/// <summary>A value's code over several lines when it does not fit one of 80 columns; keys are sorted.</summary>
internal static class PrettyText
{
    private const int Width = 80;

    public static string Of(object? value) => Of(value, 0);

    private static string Of(object? value, int indent)
    {
        value = Sorted(value);
        var line = Repr.Of(value);
        if (line.Length + indent <= Width)
            return line;
        var separator = ",\n" + new string(' ', indent + 1);
        return value switch
        {
            JinjaDict dict => "{" + string.Join(separator, dict.Select(item => Repr.Of(item.Key) + ": " + Of(item.Value, indent + Repr.Of(item.Key).Length + 3))) + "}",
            List<object?> list => "[" + string.Join(separator, list.Select(item => Of(item, indent + 1))) + "]",
            JinjaTuple tuple => "(" + string.Join(separator, tuple.Select(item => Of(item, indent + 1))) + ")",
            _ => line,
        };
    }

    private static object? Sorted(object? value) => value is JinjaDict dict && dict.Keys.All(key => key is string)
        ? new JinjaDict(Ordering.Sort(dict, item => item.Key, reverse: false).Select(item => KeyValuePair.Create(item.Key, Sorted(item.Value))))
        : value;
}
