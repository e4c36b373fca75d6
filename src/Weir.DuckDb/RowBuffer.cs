using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.DuckDb;

/// <summary>Memory for a chunk of rows as an <see cref="IRowSource"/> fills it, for readers of rows that are not DuckDB. For one thread.</summary>
public sealed unsafe class RowBuffer : IDisposable
{
    private readonly nint[] values;
    private readonly ulong[][] validity;
    private readonly bool[] hasNulls;

    /// <param name="columns">The source's columns.</param>
    public RowBuffer(IReadOnlyList<(string Name, string SqlType)> columns)
    {
        values = new nint[columns.Count];
        validity = new ulong[columns.Count][];
        hasNulls = new bool[columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (nint)NativeMemory.Alloc((nuint)(RowChunk.Capacity * (columns[i].SqlType is "VARCHAR" or "BLOB" ? sizeof(TextCell) : sizeof(long))));
            validity[i] = GC.AllocateArray<ulong>(RowChunk.Capacity / 64, pinned: true);
        }
    }

    /// <summary>Releases the memory.</summary>
    ~RowBuffer() => Free();

    /// <summary>The next rows of a source.</summary>
    /// <returns>How many; zero: there are no more.</returns>
    public int Fill(IRowSource rows)
    {
        Array.Clear(hasNulls);
        return rows.Fill(new RowChunk(this));
    }

    /// <summary>A column's values, as <see cref="RowChunk.Values{T}"/> has them.</summary>
    public T* Values<T>(int column) where T : unmanaged => (T*)values[column];

    /// <summary>A column's mask, a bit a row; empty: no row is NULL.</summary>
    public ReadOnlySpan<ulong> Validity(int column) => hasNulls[column] ? validity[column] : default;

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    internal void* ValuesOf(int column) => (void*)values[column];

    internal ulong* MakeValidity(int column)
    {
        if (!hasNulls[column]) Array.Fill(validity[column], ulong.MaxValue);
        hasNulls[column] = true;
        return (ulong*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(validity[column]));
    }

    private void Free()
    {
        for (var i = 0; i < values.Length; i++)
        {
            NativeMemory.Free((void*)values[i]);
            values[i] = 0;
        }
    }
}
