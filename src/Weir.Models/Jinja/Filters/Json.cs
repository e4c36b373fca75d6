using System.Globalization;
using System.Text;

namespace Weir.Models.Jinja;

/// <summary>A value as JSON, written as Python's <c>json.dumps</c> does: ASCII only, a space after <c>:</c> and <c>,</c>.</summary>
internal static class Json
{
    /// <summary><paramref name="indent"/> is the spaces of each level; null writes one line.</summary>
    public static string Write(object? value, bool sortKeys = false, int? indent = null)
    {
        var result = new StringBuilder();
        Write(result, value, sortKeys, indent, 0);
        return result.ToString();
    }

    private static void Write(StringBuilder result, object? value, bool sortKeys, int? indent, int depth)
    {
        switch (value)
        {
            case JinjaDict dict:
                var items = sortKeys ? Ordering.Sort(dict, item => item.Key, reverse: false) : [.. dict];
                WriteAll(result, '{', '}', items, indent, depth, item =>
                {
                    WriteText(result, KeyText(item.Key));
                    result.Append(": ");
                    Write(result, item.Value, sortKeys, indent, depth + 1);
                });
                break;
            case List<object?> or JinjaTuple:
                WriteAll(result, '[', ']', (IReadOnlyCollection<object?>)value, indent, depth, item => Write(result, item, sortKeys, indent, depth + 1));
                break;
            case string text:
                WriteText(result, text);
                break;
            default:
                result.Append(Scalar(value));
                break;
        }
    }

    private static void WriteAll<T>(StringBuilder result, char open, char close, IReadOnlyCollection<T> items, int? indent, int depth, Action<T> write)
    {
        Stack.Check();
        result.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
                result.Append(indent is null ? ", " : ",");
            isFirst = false;
            NewLine(result, indent, depth + 1);
            write(item);
        }
        if (!isFirst)
            NewLine(result, indent, depth);
        result.Append(close);
    }

    private static void NewLine(StringBuilder result, int? indent, int depth)
    {
        if (indent is { } width)
            result.Append('\n').Append(' ', width * depth);
    }

    private static void WriteText(StringBuilder result, string text)
    {
        result.Append('"');
        foreach (var character in text)
            _ = character switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append(@"\\"),
                '\n' => result.Append(@"\n"),
                '\r' => result.Append(@"\r"),
                '\t' => result.Append(@"\t"),
                '\b' => result.Append(@"\b"),
                '\f' => result.Append(@"\f"),
                >= ' ' and <= '~' => result.Append(character),
                _ => result.Append($"\\u{(int)character:x4}"),
            };
        result.Append('"');
    }

    private static string KeyText(object? key) => key switch
    {
        string text => text,
        null or bool or double => Scalar(key),
        _ when Numbers.IsInteger(key) => Scalar(key),
        _ => throw new JinjaException(JinjaErrorKind.Type, $"keys must be str, int, float, bool or None, not {TypeNames.Of(key)}"),
    };

    private static string Scalar(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double.NaN => "NaN",
        double.PositiveInfinity => "Infinity",
        double.NegativeInfinity => "-Infinity",
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        _ when Numbers.IsNumber(value) => Repr.Of(value),
        _ => throw new JinjaException(JinjaErrorKind.Type, $"Object of type {TypeNames.Of(value)} is not JSON serializable"),
    };
}
