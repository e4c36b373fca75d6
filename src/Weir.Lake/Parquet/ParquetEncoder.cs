using Weir.DuckDb;

namespace Weir.Lake.Parquet;

/// <summary>
/// Writes rows as Parquet files (apache/parquet-format 2.10), zstd, for the one table whose rows come by the million. Its memory is used again for the next file. For one thread.
/// </summary>
internal sealed class ParquetEncoder : IDisposable
{
    private static ReadOnlySpan<byte> Magic => "PAR1"u8;
    private readonly IReadOnlyList<ColumnWriter> columns;
    private readonly int?[] places;
    private readonly RowBuffer rows;
    private readonly Zstd zstd = new();
    private readonly PageWriter pages;
    private readonly ByteBuffer buffer = new();
    private readonly int rowsPerGroup;

    /// <param name="types">The file's columns.</param>
    /// <param name="source">The columns of the rows; what the file has beyond them is NULL.</param>
    /// <param name="rowsPerGroup">The most rows in a row group, up to a chunk.</param>
    public ParquetEncoder(IReadOnlyList<ParquetType> types, IReadOnlyList<(string Name, string SqlType)> source, int rowsPerGroup)
    {
        this.rowsPerGroup = rowsPerGroup;
        columns = [.. types.Select(t => t.CreateWriter())];
        places = [.. types.Select(t => source.Index().Where(s => s.Item.Name == t.Name).Select(s => (int?)s.Index).FirstOrDefault())];
        rows = new RowBuffer(source);
        pages = new PageWriter(zstd);
    }

    /// <summary>Writes one file; synced it is not.</summary>
    /// <param name="path">Where; no file may be there.</param>
    /// <param name="source">The rows.</param>
    /// <returns>How many rows there were.</returns>
    public long Write(string path, IRowSource source)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var (offset, total, inGroup) = (0L, 0L, 0);
        var groups = new List<(IReadOnlyList<ColumnChunk> Columns, long Rows)>();
        void Put()
        {
            RandomAccess.Write(file, buffer.Written, offset);
            offset += buffer.Length;
            buffer.Clear();
        }
        void EndGroup()
        {
            if (inGroup == 0) return;
            groups.Add(([.. columns.Select(c => c.Flush(buffer, offset, pages))], inGroup));
            (total, inGroup) = (total + inGroup, 0);
            Put();
        }
        buffer.Clear();
        buffer.Add(Magic);
        while (rows.Fill(source) is var count and > 0)
        {
            for (var i = 0; i < columns.Count; i++) columns[i].Add(rows, places[i], count);
            if ((inGroup += count) >= rowsPerGroup) EndGroup();
        }
        EndGroup();
        var start = buffer.Length;
        new ParquetFooter([.. columns.Select(c => c.Type)], groups).Write(buffer);
        buffer.AddInt32(buffer.Length - start);
        buffer.Add(Magic);
        Put();
        return total;
    }

    public void Dispose()
    {
        rows.Dispose();
        zstd.Dispose();
        foreach (var column in columns.OfType<IDisposable>()) column.Dispose();
    }
}
