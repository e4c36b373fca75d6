namespace Weir.Lake.Parquet;

/// <summary>A file's metadata (parquet.thrift: FileMetaData).</summary>
internal sealed class ParquetFooter(IReadOnlyList<ParquetType> types, IReadOnlyList<(IReadOnlyList<ColumnChunk> Columns, long Rows)> groups)
{
    private const int Zstd = 6;

    public void Write(ByteBuffer buffer)
    {
        var to = new Thrift(buffer);
        to.Begin();
        to.Int(1, 1);
        to.Structs(2, types.Count + 1);
        WriteRoot(to);
        foreach (var type in types) type.Write(to);
        to.Long(3, groups.Sum(g => g.Rows));
        to.Structs(4, groups.Count);
        foreach (var (columns, rows) in groups) WriteGroup(to, columns, rows);
        to.Text(6, "Weir");
        to.Structs(7, types.Count); // bounds are in the order that each column's type defines
        foreach (var _ in types)
        {
            to.Begin();
            to.Choice(1);
            to.End();
        }
        to.End();
    }

    private void WriteRoot(Thrift to)
    {
        to.Begin();
        to.Int(3, 0); // required
        to.Text(4, "schema");
        to.Int(5, types.Count);
        to.End();
    }

    private void WriteGroup(Thrift to, IReadOnlyList<ColumnChunk> columns, long rows)
    {
        to.Begin();
        to.Structs(1, columns.Count);
        for (var i = 0; i < columns.Count; i++) WriteColumn(to, types[i], columns[i]);
        to.Long(2, columns.Sum(c => c.Plain));
        to.Long(3, rows);
        to.Long(5, columns[0].Dictionary ?? columns[0].Data);
        to.Long(6, columns.Sum(c => c.Packed));
        to.End();
    }

    private static void WriteColumn(Thrift to, ParquetType type, ColumnChunk column)
    {
        to.Begin();
        to.Long(2, 0); // its metadata is here only
        to.Begin(3);
        to.Int(1, type.Physical);
        to.Ints(2, column.Encodings);
        to.Texts(3, type.Name);
        to.Int(4, Zstd);
        to.Long(5, column.Values);
        to.Long(6, column.Plain);
        to.Long(7, column.Packed);
        to.Long(9, column.Data);
        if (column.Dictionary is { } dictionary) to.Long(11, dictionary);
        to.Begin(12);
        to.Long(3, column.Nulls);
        if (column.Max is { } max) to.Bytes(5, max);
        if (column.Min is { } min) to.Bytes(6, min);
        to.End();
        to.End();
        to.End();
    }
}
