using System.Runtime.InteropServices;
using System.Text;
using Weir.DuckDb;

namespace Weir.Tests.Lake.Parquet;

/// <summary>A row with a column of each type that the encoder writes.</summary>
internal sealed record Row(string? Text, int? Integer, long? Big, decimal? Money, DateTime? Time);

/// <summary>Rows as a source gives them, so many at a time.</summary>
internal sealed unsafe class Rows(IReadOnlyList<Row> rows, Func<int> atOnce) : IRowSource, IDisposable
{
    private readonly List<nint> memory = [];
    private int next;

    public static IReadOnlyList<(string Name, string SqlType)> AllColumns { get; } =
        [("text", "VARCHAR"), ("integer", "INTEGER"), ("big", "BIGINT"), ("money", "DECIMAL(18,4)"), ("time", "TIMESTAMP WITH TIME ZONE")];

    public IReadOnlyList<(string Name, string SqlType)> Columns => AllColumns;

    public int Fill(RowChunk chunk)
    {
        var count = Math.Min(Math.Clamp(atOnce(), 1, RowChunk.Capacity), rows.Count - next);
        for (var i = 0; i < count; i++)
        {
            var row = rows[next + i];
            if (row.Text is { } text) chunk.Values<TextCell>(0)[i] = Cell(text);
            else Null(chunk, 0, i);
            Set(chunk, 1, i, row.Integer);
            Set(chunk, 2, i, row.Big);
            Set<long>(chunk, 3, i, row.Money is { } money ? (long)(money * 10_000) : null);
            Set<long>(chunk, 4, i, row.Time is { } time ? (time - DateTime.UnixEpoch).Ticks / 10 : null);
        }
        next += count;
        return count;
    }

    public void Dispose()
    {
        foreach (var at in memory) NativeMemory.Free((void*)at);
    }

    private static void Set<T>(RowChunk chunk, int column, int row, T? value) where T : unmanaged
    {
        if (value is { } known) chunk.Values<T>(column)[row] = known;
        else Null(chunk, column, row);
    }

    private static void Null(RowChunk chunk, int column, int row) => chunk.Validity(column)[row >> 6] &= ~(1UL << (row & 63));

    private TextCell Cell(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var at = (byte*)NativeMemory.Alloc((nuint)bytes.Length + 16);
        memory.Add((nint)at);
        bytes.CopyTo(new Span<byte>(at, bytes.Length));
        return TextCell.At(at, bytes.Length);
    }
}
