using System.Numerics;
using Weir.DuckDb;

namespace Weir.Lake.Parquet;

/// <summary>A column of whole numbers of 32 or 64 bits; times and decimals are such.</summary>
internal sealed class NumberWriter<T>(ParquetType type) : ColumnWriter(type) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly ByteBuffer values = new(), page = new();
    private T min = T.MaxValue, max = T.MinValue;

    public override unsafe void Add(RowBuffer rows, int? column, int count)
    {
        AddPresence(rows, column, count);
        if (column is not { } known) return;
        var from = rows.Values<T>(known);
        var validity = rows.Validity(known);
        for (var i = 0; i < count; i++)
        {
            if (!validity.IsEmpty && (validity[i >> 6] >> i & 1) == 0) continue;
            from[i].WriteLittleEndian(values.Reserve(sizeof(T)));
            values.Advance(sizeof(T));
            if (from[i] < min) min = from[i];
            if (from[i] > max) max = from[i];
        }
    }

    public override ColumnChunk Flush(ByteBuffer file, long offset, PageWriter pages)
    {
        page.Clear();
        Presence.Write(page);
        page.Add(values.Written);
        var at = offset + file.Length;
        var (plain, packed) = pages.WriteData(page, Presence.Rows, Plain, file);
        var hasValues = Presence.Nulls < Presence.Rows;
        var chunk = new ColumnChunk([Plain, Rle], Presence.Rows, plain, packed, null, at, Presence.Nulls, hasValues ? Bytes(min) : null, hasValues ? Bytes(max) : null);
        Presence.Clear();
        values.Clear();
        (min, max) = (T.MaxValue, T.MinValue);
        return chunk;
    }

    private static unsafe byte[] Bytes(T value)
    {
        var bytes = new byte[sizeof(T)];
        value.WriteLittleEndian(bytes);
        return bytes;
    }
}
