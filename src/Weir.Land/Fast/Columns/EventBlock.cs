using System.Runtime.InteropServices;
using Weir.DuckDb;
using Weir.Identifiers;
using Weir.Land.Evaluate;

namespace Weir.Land.Fast.Columns;

/// <summary>
/// Up to 2,048 rows of <c>lake.events</c> in memory that the garbage collector does not see and that is used again. The cells of a row lie together: events of one file are
/// scattered over many rows. One thread fills a block; later others may read it.
/// </summary>
internal sealed unsafe class EventBlock : IDisposable
{
    /// <summary>The most rows.</summary>
    public const int Capacity = 2048;

    private readonly TextCell* texts = (TextCell*)NativeMemory.Alloc((nuint)(EventColumns.TextCount * Capacity * sizeof(TextCell)));
    private readonly long* numbers = (long*)NativeMemory.Alloc((nuint)(EventColumns.NumberCount * Capacity * sizeof(long)));
    private readonly ulong[] present = new ulong[Capacity]; // a bit a text column
    private readonly UInt128[] ids = new UInt128[Capacity];
    private readonly string[] names = new string[Capacity];

    ~EventBlock() => Free();

    /// <summary>Where texts of this block's rows lie that are in it.</summary>
    public NativeText Memory { get; } = new();

    /// <summary>Changes with each <see cref="Begin"/>: what was put into <see cref="Memory"/> before is gone.</summary>
    public int Generation { get; private set; }

    /// <summary>Its place in the store that has rows of it; -1: it is free.</summary>
    public int Place { get; set; } = -1;

    /// <summary>Empties it.</summary>
    public void Begin()
    {
        Place = -1;
        Generation++;
        Memory.Reset();
    }

    /// <summary>Empties a row, whose numbers are set one by one.</summary>
    public void BeginRow(int row) => present[row] = 0;

    /// <summary>A row's id, its 128 bits in the order of its text.</summary>
    public ref UInt128 Id(int row) => ref ids[row];

    /// <summary>A row's event name.</summary>
    public ref string Name(int row) => ref names[row];

    public ref long Number(EventNumber column, int row) => ref numbers[row * EventColumns.NumberCount + (int)column];

    /// <summary>A row's numbers, by <see cref="EventNumber"/>.</summary>
    public long* Numbers(int row) => numbers + row * EventColumns.NumberCount;

    /// <summary>Whether the id of a row was made up.</summary>
    public bool HasImputedId(int row) => Text(EventText.Imputed, row).StartsWith("event_id"u8);

    /// <summary>A row's text in a column; empty where it has none.</summary>
    public ReadOnlySpan<byte> Text(EventText column, int row) => Has(column, row) ? TextCell.Bytes(Texts(row) + (int)column) : default;

    /// <summary>Whether a row has a text in a column.</summary>
    public bool Has(EventText column, int row) => (present[row] & (1UL << (int)column)) != 0;

    /// <summary>Which text columns a row has, a bit each.</summary>
    public ulong Present(int row) => present[row];

    /// <summary>A row's texts, by <see cref="EventText"/>; only those that are <see cref="Present"/> mean something.</summary>
    public TextCell* Texts(int row) => texts + row * EventColumns.TextCount;

    /// <summary>Sets a text of a row.</summary>
    public void Set(EventText column, int row, in TextCell text)
    {
        Texts(row)[(int)column] = text;
        present[row] |= 1UL << (int)column;
    }

    /// <summary>Takes a text of a row away.</summary>
    public void Clear(EventText column, int row) => present[row] &= ~(1UL << (int)column);

    /// <summary>Sets all of a row, whatever was set before.</summary>
    public void Put(int row, EventRow values)
    {
        BeginRow(row);
        for (var i = 0; i < EventColumns.TextCount; i++)
            if (EventColumns.Texts[i].Of(values) is { } text) Set((EventText)i, row, Memory.Add(text));
        for (var i = 0; i < EventColumns.NumberCount; i++) Number((EventNumber)i, row) = EventColumns.Numbers[i].Of(values);
        (ids[row], names[row]) = (UuidV5.ToUInt128(values.Id), values.Event);
    }

    public void Dispose()
    {
        Memory.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(numbers);
        NativeMemory.Free(texts);
    }
}
