namespace Weir.DuckDb.Values;

/// <summary>DuckDB's BIT: one byte that counts the unused leading bits of the next, then the bits. As text of 0 and 1, as DuckDB prints it.</summary>
internal static class BitText
{
    public static string Read(ReadOnlySpan<byte> stored)
    {
        int padding = stored[0];
        Span<char> text = new char[((stored.Length - 1) * 8) - padding];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i + padding;
            text[i] = (stored[1 + (bit / 8)] & (0x80 >> (bit % 8))) == 0 ? '0' : '1';
        }
        return new string(text);
    }
}
