using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Weir.DuckDb;

/// <summary>
/// A text as DuckDB holds it in a vector (<c>duckdb_string_t</c>): up to 12 bytes lie in it, of longer ones the first four, with a pointer to all. The text is UTF-8;
/// what is not makes a file that nobody can read, so only what was checked may come here.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly unsafe struct TextCell
{
    private const int MostInside = 12;
    private const int CacheLine = 64;
    private readonly uint length;
    private readonly uint first;
    private readonly ulong rest;

    private TextCell(uint length, uint first, ulong rest) => (this.length, this.first, this.rest) = (length, first, rest);

    /// <summary>No text: the column's validity mask must say so as well.</summary>
    public static TextCell Null => new(uint.MaxValue, 0, 0);

    /// <summary>Whether it is <see cref="Null"/>.</summary>
    public bool IsNull => length == uint.MaxValue;

    /// <summary>Its bytes.</summary>
    public int Length => (int)length;

    /// <summary>A text somewhere in memory that stays.</summary>
    /// <param name="at">Its first byte; 12 bytes from there on must be readable, however short the text is.</param>
    /// <param name="length">Its bytes.</param>
    public static TextCell At(byte* at, int length)
    {
        if (length > MostInside) return new((uint)length, *(uint*)at, (ulong)at);
        var (first, rest) = (*(uint*)at, *(ulong*)(at + sizeof(uint)));
        return length >= sizeof(uint)
            ? new((uint)length, first, length == MostInside ? rest : rest & ((1UL << (8 * (length - sizeof(uint)))) - 1))
            : new((uint)length, first & ((1U << (8 * length)) - 1), 0);
    }

    /// <summary>Its bytes, where a cell lies; valid while the cell is, and what it points to.</summary>
    /// <param name="cell">Where the cell lies, in memory that does not move.</param>
    public static ReadOnlySpan<byte> Bytes(TextCell* cell) =>
        cell->length <= MostInside ? new((byte*)cell + sizeof(uint), (int)cell->length) : new((byte*)cell->rest, (int)cell->length);

    /// <summary>Whether two cells hold the same bytes.</summary>
    /// <param name="cell">Where one lies.</param>
    /// <param name="other">Where the other does.</param>
    public static bool AreEqual(TextCell* cell, TextCell* other) =>
        cell->length == other->length && cell->first == other->first && (cell->rest == other->rest || (cell->length > MostInside && Bytes(cell).SequenceEqual(Bytes(other))));

    /// <summary>Has the processor fetch a cell's bytes that lie elsewhere: texts of one column are scattered over memory, and are read in turn.</summary>
    /// <param name="cell">Where it lies.</param>
    public static void Prefetch(TextCell* cell)
    {
        if (!Sse.IsSupported || cell->length <= MostInside || cell->length == uint.MaxValue) return;
        Sse.Prefetch0((byte*)cell->rest);
        if (cell->length > CacheLine) Sse.Prefetch0((byte*)cell->rest + CacheLine);
    }
}
