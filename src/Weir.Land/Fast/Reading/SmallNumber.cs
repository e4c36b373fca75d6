namespace Weir.Land.Fast.Reading;

/// <summary>JSON numbers as most are written: <c>-?digits[.digits]</c>, of few digits.</summary>
internal static class SmallNumber
{
    /// <param name="text">A JSON number.</param>
    /// <param name="scale">The most digits after the point, and the power of ten that the value is multiplied with.</param>
    /// <param name="wholeDigits">The most digits before the point.</param>
    /// <param name="value">The number.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, int scale, int wholeDigits, out long value)
    {
        value = 0;
        var negative = text[0] == '-';
        var rest = negative ? text[1..] : text;
        var point = rest.IndexOf((byte)'.');
        var whole = point < 0 ? rest : rest[..point];
        var fraction = point < 0 ? default : rest[(point + 1)..];
        if (whole.Length > wholeDigits || fraction.Length > scale) return false;
        if (!TryAdd(whole, ref value) || !TryAdd(fraction, ref value)) return false;
        for (var i = fraction.Length; i < scale; i++) value *= 10;
        if (negative) value = -value;
        return true;
    }

    private static bool TryAdd(ReadOnlySpan<byte> digits, ref long value)
    {
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit)) return false;
            value = value * 10 + (digit - '0');
        }
        return true;
    }
}
