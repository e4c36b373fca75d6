namespace Weir.Lake.Parquet;

/// <summary>Packs pages: a header, then the compressed content. For one thread.</summary>
internal sealed class PageWriter(Zstd zstd)
{
    private const int DataPage = 0, DictionaryPage = 2, Plain = 0, Rle = 3;
    private readonly ByteBuffer packed = new();

    /// <summary>Appends a page with all of a column's values.</summary>
    /// <param name="content">Levels and values.</param>
    /// <param name="rows">How many rows it has.</param>
    /// <param name="encoding">Of the values.</param>
    /// <param name="file">Where to.</param>
    /// <returns>The page's bytes, its header among them, before and after compression.</returns>
    public (long Plain, long Packed) WriteData(ByteBuffer content, int rows, int encoding, ByteBuffer file) => Write(DataPage, content, file, header =>
    {
        header.Begin(5);
        header.Int(1, rows);
        header.Int(2, encoding);
        header.Int(3, Rle);
        header.Int(4, Rle);
        header.End();
    });

    /// <summary>Appends a page with a dictionary's values, plain.</summary>
    public (long Plain, long Packed) WriteDictionary(ByteBuffer content, int count, ByteBuffer file) => Write(DictionaryPage, content, file, header =>
    {
        header.Begin(7);
        header.Int(1, count);
        header.Int(2, Plain);
        header.End();
    });

    private (long, long) Write(int kind, ByteBuffer content, ByteBuffer file, Action<Thrift> describe)
    {
        packed.Clear();
        var length = zstd.Compress(content.Written, packed);
        var start = file.Length;
        var header = new Thrift(file);
        header.Begin();
        header.Int(1, kind);
        header.Int(2, content.Length);
        header.Int(3, length);
        describe(header);
        header.End();
        var headerLength = file.Length - start;
        file.Add(packed.Written);
        return (headerLength + content.Length, headerLength + length);
    }
}
