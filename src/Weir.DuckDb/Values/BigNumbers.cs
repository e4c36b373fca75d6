using System.Numerics;

namespace Weir.DuckDb.Values;

/// <summary>DuckDB's BIGNUM: three bytes of header, then the number's bytes, highest first; all inverted when it is negative.</summary>
internal static class BigNumbers
{
    private const int HeaderSize = 3;

    public static BigInteger Read(ReadOnlySpan<byte> stored)
    {
        var negative = (stored[0] & 0x80) == 0;
        var bytes = stored[HeaderSize..].ToArray();
        if (negative)
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = (byte)~bytes[i];
        var magnitude = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        return negative ? -magnitude : magnitude;
    }
}
