using static Weir.DuckDb.Native.NativeMethods;

namespace Weir.DuckDb;

/// <summary>A block of rows that DuckDB, or a <see cref="RowBuffer"/>, wants filled, column by column.</summary>
public readonly unsafe struct RowChunk
{
    private readonly nint chunk;
    private readonly RowBuffer? buffer;

    internal RowChunk(nint chunk) => this.chunk = chunk;

    internal RowChunk(RowBuffer buffer) => this.buffer = buffer;

    /// <summary>The most rows it takes.</summary>
    public static int Capacity { get; } = (int)duckdb_vector_size();

    /// <summary>A column's values, each of the size that DuckDB has for its type; texts are <see cref="TextCell"/>s, times microseconds since 1970 (UTC), decimals of up to 18 digits unscaled <see cref="long"/>s.</summary>
    public T* Values<T>(int column) where T : unmanaged => (T*)(buffer is null ? duckdb_vector_get_data(Vector(column)) : buffer.ValuesOf(column));

    /// <summary>A column's mask, a bit a row, the first lowest, all ones at first; a zero makes NULL of the value.</summary>
    public ulong* Validity(int column)
    {
        if (buffer is not null) return buffer.MakeValidity(column);
        var vector = Vector(column);
        duckdb_vector_ensure_validity_writable(vector);
        return duckdb_vector_get_validity(vector);
    }

    private nint Vector(int column) => duckdb_borrowed_chunk_get_vector(chunk, (ulong)column);
}
