using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Weir.Land.Evaluate;

namespace Weir.Land.Contracts.Schemas;

/// <summary>JSON numbers as they are written, exact, however long.</summary>
internal static class Numbers
{
    // So many characters without an exponent are digits that a decimal holds as they are.
    private const int DecimalLength = 28;

    /// <summary>Whether it is whole; 2.0 is.</summary>
    public static bool IsWhole(JsonElement number)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        return raw.IndexOfAny(".eE"u8) < 0 || Exact(raw) is { Digits.Length: 0 } or { Scale: <= 0 };
    }

    /// <summary>Less than zero, zero or more: as the number is less than the bound, equal or more.</summary>
    public static int Compare(JsonElement number, Bound bound)
    {
        var raw = JsonMarshal.GetRawUtf8Value(number);
        if (raw.Length <= DecimalLength && raw.IndexOfAny("eE"u8) < 0) return decimal.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture).CompareTo(bound.Value);
        return Exact(raw).CompareTo(bound.Exact);
    }

    public static ExactNumber Exact(JsonElement number) => Exact(JsonMarshal.GetRawUtf8Value(number));

    private static ExactNumber Exact(ReadOnlySpan<byte> raw) =>
        ExactNumber.TryParse(Encoding.UTF8.GetString(raw), out var number) ? number : throw new InvalidOperationException("Not a JSON number.");
}

/// <summary>A number of a schema: at most 28 digits, so that a decimal is it exactly.</summary>
internal sealed class Bound
{
    private Bound(ExactNumber exact, decimal value, string text) => (Exact, Value, Text) = (exact, value, text);

    public ExactNumber Exact { get; }

    public decimal Value { get; }

    /// <summary>As the schema has it.</summary>
    public string Text { get; }

    /// <summary>Null: it has more digits.</summary>
    public static Bound? Of(JsonElement number)
    {
        var exact = Numbers.Exact(number);
        return exact.Digits.Length <= 28 && exact.Scale is >= -27 and <= 28 && exact.TryToDecimal(28 + Math.Max(exact.Scale, 0), Math.Max(exact.Scale, 0), out var value)
            ? new Bound(exact, value, number.GetRawText()) : null;
    }
}
