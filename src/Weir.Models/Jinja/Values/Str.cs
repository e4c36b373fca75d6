using System.Globalization;
using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>A value's text, as Python's <c>str()</c>.</summary>
internal static class Str
{
    public static string Of(object? value) => value as string ?? (value is Undefined ? "" : Repr.Of(value));
}

/// <summary>A value as it would be written in code, as Python's <c>repr()</c>.</summary>
internal static class Repr
{
    public static string Of(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => FloatText.Shortest(number),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        string text => Quote.Text(text),
        Undefined => "Undefined",
        List<object?> list => $"[{Items(list)}]",
        JinjaTuple { Count: 1 } tuple => $"({Of(tuple[0])},)",
        JinjaTuple tuple => $"({Items(tuple)})",
        JinjaDict dict => "{" + string.Join(", ", dict.Select(item => $"{Of(item.Key)}: {Of(item.Value)}")) + "}",
        DictView view => $"{view.Kind}([{Items(view)}])",
        byte[] bytes => Quote.Bytes(bytes),
        DateTime time => time.ToString(Fraction(time.Ticks, "yyyy-MM-dd HH:mm:ss"), CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString(Fraction(time.Ticks, "yyyy-MM-dd HH:mm:ss") + "zzz", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString(Fraction(time.Ticks, "HH:mm:ss"), CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Items(IEnumerable<object?> items) => string.Join(", ", items.Select(Of));

    private static string Fraction(long ticks, string format) => ticks % TimeSpan.TicksPerSecond == 0 ? format : format + ".ffffff";
}
