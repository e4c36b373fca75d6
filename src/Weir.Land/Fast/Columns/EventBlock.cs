using System.Runtime.InteropServices;
using Weir.DuckDb;
using Weir.Identifiers;
using Weir.Land.Evaluate;

namespace Weir.Land.Fast.Columns;

/// <summary>
/// Some thousand rows of <c>lake.events</c>, column by column as DuckDB wants them, in memory that the garbage collector does not see and that is used again.
/// One thread fills a block; later others may read it.
/// </summary>
internal sealed unsafe class EventBlock : IDisposable
{
    /// <summary>The most rows.</summary>
    public const int Capacity = 4096;

    private readonly nint[] texts = new nint[EventColumns.TextCount];
    private readonly long* numbers = (long*)NativeMemory.Alloc((nuint)(EventColumns.NumberCount * Capacity * sizeof(long)));
    private readonly UInt128[] ids = new UInt128[Capacity];
    private readonly string[] names = new string[Capacity];
    private ulong used; // a bit a text column
    private int rows;

    ~EventBlock() => Free();

    /// <summary>Where texts of this block's rows lie that are in it.</summary>
    public NativeText Memory { get; } = new();

    /// <summary>Changes with each <see cref="Begin"/>: what was put into <see cref="Memory"/> before is gone.</summary>
    public int Generation { get; private set; }

    /// <summary>Its place in the store that has rows of it; -1: it is free.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Empties it for so many rows.</summary>
    public void Begin(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Capacity);
        (rows, used, Place) = (count, 0, -1);
        Generation++;
        Memory.Reset();
    }

    /// <summary>A row's id, its 128 bits in the order of its text.</summary>
    public ref UInt128 Id(int row) => ref ids[row];

    /// <summary>A row's event name.</summary>
    public ref string Name(int row) => ref names[row];

    public ref long Number(EventNumber column, int row) => ref numbers[(int)column * Capacity + row];

    /// <summary>Whether the id of a row was made up.</summary>
    public bool HasImputedId(int row) => Text(EventText.Imputed, row).StartsWith("event_id"u8);

    /// <summary>A row's text in a column; empty where it has none.</summary>
    public ReadOnlySpan<byte> Text(EventText column, int row)
    {
        if (!Has(column, row)) return default;
        return TextCell.Bytes((TextCell*)texts[(int)column] + row);
    }

    /// <summary>Whether a row has a text in a column.</summary>
    public bool Has(EventText column, int row) => IsUsed(column) && !((TextCell*)texts[(int)column])[row].IsNull;

    /// <summary>Whether any row has a text in a column.</summary>
    public bool IsUsed(EventText column) => (used & (1UL << (int)column)) != 0;

    /// <summary>A column's texts, a cell a row.</summary>
    public TextCell* Cells(EventText column)
    {
        if (IsUsed(column)) return (TextCell*)texts[(int)column];
        if (texts[(int)column] == 0) texts[(int)column] = (nint)NativeMemory.Alloc((nuint)(Capacity * sizeof(TextCell)));
        var cells = (TextCell*)texts[(int)column];
        new Span<TextCell>(cells, rows).Fill(TextCell.Null);
        used |= 1UL << (int)column;
        return cells;
    }

    /// <summary>Sets a text of a row in which nothing was set yet.</summary>
    public void Set(EventText column, int row, in TextCell text) => Cells(column)[row] = text;

    /// <summary>Sets all of a row, whatever was set before.</summary>
    public void Put(int row, EventRow values)
    {
        Clear(row);
        for (var i = 0; i < EventColumns.TextCount; i++)
            if (EventColumns.Texts[i].Of(values) is { } text) Cells((EventText)i)[row] = Memory.Add(text);
        for (var i = 0; i < EventColumns.NumberCount; i++) Number((EventNumber)i, row) = EventColumns.Numbers[i].Of(values);
        (ids[row], names[row]) = (UuidV5.ToUInt128(values.Id), values.Event);
    }

    public void Dispose()
    {
        Memory.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Clear(int row)
    {
        for (var i = 0; i < EventColumns.TextCount; i++)
            if (IsUsed((EventText)i)) Cells((EventText)i)[row] = TextCell.Null;
    }

    private void Free()
    {
        NativeMemory.Free(numbers);
        foreach (var column in texts) NativeMemory.Free((void*)column);
        Array.Clear(texts);
    }
}
