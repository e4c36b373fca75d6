using System.Runtime.InteropServices;
using Weir.DuckDb;
using Weir.Identifiers;

namespace Weir.Lake.Parquet;

/// <summary>The distinct texts of a column, numbered as they come. For one thread.</summary>
internal sealed unsafe class TextDictionary : IDisposable
{
    /// <summary>The most texts; one more is not taken.</summary>
    public const int Most = 8192;

    private readonly TextCell* cells = (TextCell*)NativeMemory.Alloc((nuint)(Most * sizeof(TextCell)));
    private readonly ushort[] places = new ushort[4 * Most]; // of a hash: number + 1; 0: free

    private int last;

    ~TextDictionary() => NativeMemory.Free(cells);

    public int Count { get; private set; }

    public TextCell* this[int number] => cells + number;

    /// <summary>The number of a text, new or known; -1: there is no more room.</summary>
    public int NumberOf(TextCell* text)
    {
        if (Count > 0 && TextCell.AreEqual(cells + last, text)) return last; // often many of a kind follow each other
        var at = TextHash.Of(TextCell.Bytes(text)) & (uint)(places.Length - 1);
        for (; places[at] != 0; at = (at + 1) & (uint)(places.Length - 1))
            if (TextCell.AreEqual(cells + places[at] - 1, text)) return last = places[at] - 1;
        if (Count == Most) return -1;
        cells[Count] = *text;
        places[at] = (ushort)++Count;
        return last = Count - 1;
    }

    public void Clear()
    {
        if (Count == 0) return;
        Array.Clear(places);
        Count = 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(cells);
        GC.SuppressFinalize(this);
    }
}
