using Weir.DuckDb;

namespace Weir.Lake.Parquet;

/// <summary>One column of a row group on its way into a file. Its pages are one with the dictionary, if it has one, and one with all values. For one thread.</summary>
internal abstract class ColumnWriter(ParquetType type)
{
    protected const int Plain = 0, Rle = 3, DictionaryIndices = 8;

    public ParquetType Type => type;

    protected Presence Presence { get; } = new();

    /// <summary>Takes the next rows of a source's column; without one, rows without a value.</summary>
    public abstract void Add(RowBuffer rows, int? column, int count);

    /// <summary>Writes the column behind what a file has, and begins anew.</summary>
    /// <param name="file">The file's bytes since <paramref name="offset"/>.</param>
    /// <param name="offset">Where in the file they begin.</param>
    /// <param name="pages">Packs the pages.</param>
    public abstract ColumnChunk Flush(ByteBuffer file, long offset, PageWriter pages);

    /// <summary>The column's validity; where there is no column, none.</summary>
    protected void AddPresence(RowBuffer rows, int? column, int count) => Presence.Add(column is { } known ? rows.Validity(known) : Nothing, count);

    private static readonly ulong[] Nothing = new ulong[RowChunk.Capacity / 64];
}

/// <summary>What a file's metadata says of a column of a row group.</summary>
/// <param name="Encodings">How its values are encoded.</param>
/// <param name="Values">Rows, those without a value among them.</param>
/// <param name="Plain">Bytes of its pages before compression, and after it.</param>
/// <param name="Packed">As above.</param>
/// <param name="Dictionary">Where its dictionary page begins, if it has one.</param>
/// <param name="Data">Where its data page begins.</param>
/// <param name="Nulls">Rows without a value.</param>
/// <param name="Min">The least value as plain bytes; null: not told.</param>
/// <param name="Max">The greatest.</param>
internal sealed record ColumnChunk(int[] Encodings, long Values, long Plain, long Packed, long? Dictionary, long Data, long Nulls, byte[]? Min, byte[]? Max);
