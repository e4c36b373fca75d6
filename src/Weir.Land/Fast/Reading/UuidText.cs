using System.Buffers.Text;
using Weir.DuckDb;
using Weir.Land.Fast.Columns;

namespace Weir.Land.Fast.Reading;

/// <summary>UUIDs as text: 8-4-4-4-12 hexadecimal digits.</summary>
internal static unsafe class UuidText
{
    private const int Length = 36;
    private const byte Upper = 0x40;
    private const byte Wrong = 0x80;

    /// <summary>A digit's value, with a bit for upper case.</summary>
    private static readonly byte[] Digits = MakeDigits();

    /// <summary>Reads a UUID in either case.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bits">Its bits in the order of the text.</param>
    /// <param name="isLower">Whether the text has no upper-case letter.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out UInt128 bits, out bool isLower)
    {
        (bits, isLower) = (default, false);
        if (text.Length != Length || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-') return false;
        byte seen = 0;
        var high = Read(text[..8], ref seen) << 32 | Read(text[9..13], ref seen) << 16 | Read(text[14..18], ref seen);
        var low = Read(text[19..23], ref seen) << 48 | Read(text[24..36], ref seen);
        (bits, isLower) = (new UInt128(high, low), (seen & Upper) == 0);
        return (seen & Wrong) == 0;
    }

    /// <summary>The text in lower case.</summary>
    public static TextCell Write(UInt128 bits, NativeText memory)
    {
        var at = memory.Take(Length);
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        Utf8Formatter.TryFormat(new Guid(bytes, bigEndian: true), new Span<byte>(at, Length), out _);
        return TextCell.At(at, Length);
    }

    private static ulong Read(ReadOnlySpan<byte> digits, ref byte seen)
    {
        var value = 0UL;
        foreach (var digit in digits)
        {
            var known = Digits[digit];
            seen |= known;
            value = value << 4 | (known & 15u);
        }
        return value;
    }

    private static byte[] MakeDigits()
    {
        var digits = new byte[256];
        Array.Fill(digits, Wrong);
        for (byte i = 0; i < 16; i++)
        {
            digits["0123456789abcdef"[i]] = i;
            if (i >= 10) digits["0123456789ABCDEF"[i]] = (byte)(i | Upper);
        }
        return digits;
    }
}
