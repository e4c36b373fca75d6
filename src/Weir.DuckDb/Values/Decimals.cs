using Weir.DuckDb.Native;

namespace Weir.DuckDb.Values;

/// <summary>DuckDB's DECIMAL (up to 38 digits) as .NET's decimal (96 bits, at most 28 digits after the point), and back.</summary>
internal static class Decimals
{
    private const int MostScale = 28;
    private static readonly Int128 MostUnscaled = (Int128.One << 96) - 1;

    public static decimal Read(long unscaled, byte scale) => scale <= MostScale
        ? Build((UInt128)Int128.Abs(unscaled), unscaled < 0, scale)
        : Read((Int128)unscaled, scale);

    /// <exception cref="OverflowException">The value has more digits than .NET's decimal can hold.</exception>
    public static decimal Read(Int128 unscaled, byte scale)
    {
        var (value, digits) = (Int128.Abs(unscaled), (int)scale);
        // Zeros at the end carry nothing.
        while (digits > 0 && (value > MostUnscaled || digits > MostScale) && value % 10 == 0)
        {
            value /= 10;
            digits--;
        }
        return value <= MostUnscaled && digits <= MostScale
            ? Build((UInt128)value, unscaled < 0, (byte)digits)
            : throw new OverflowException($"the value is {unscaled}e-{scale}, more digits than .NET's decimal holds (28 to 29)");
    }

    /// <summary>As DuckDB takes it: the width is the number of digits, with one before the point at least.</summary>
    public static NativeDecimal Write(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var unscaled = new Int128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        var width = 1;
        for (var rest = unscaled / 10; rest > 0; rest /= 10)
            width++;
        return new NativeDecimal((byte)Math.Max(width, value.Scale + 1), value.Scale, HugeInt.From(value < 0 ? -unscaled : unscaled));
    }

    private static decimal Build(UInt128 value, bool negative, byte scale) =>
        new((int)(uint)value, (int)(uint)(value >> 32), (int)(uint)(value >> 64), negative, scale);
}
