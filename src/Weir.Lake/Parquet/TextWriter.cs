using System.Numerics;
using Weir.DuckDb;

namespace Weir.Lake.Parquet;

/// <summary>A column of texts: by their numbers in a dictionary while texts repeat, otherwise one after the other.</summary>
internal sealed unsafe class TextWriter(ParquetType type) : ColumnWriter(type), IDisposable
{
    /// <summary>After so many texts it shows whether they repeat.</summary>
    private const int Sample = 1024;

    /// <summary>What did not repeat is looked at again after so many row groups.</summary>
    private const int Patience = 16;

    /// <summary>Longer texts are no minimum or maximum.</summary>
    private const int LongestBound = 64;

    /// <summary>So many texts before it is read, a text is sent for.</summary>
    private const int Ahead = 6;

    private readonly TextDictionary dictionary = new();
    private readonly ByteBuffer texts = new(), page = new();
    private ushort[] numbers = new ushort[RowChunk.Capacity];
    private int count, groupsUntilDictionary;
    private bool isPlain;

    public override void Add(RowBuffer rows, int? column, int rowCount)
    {
        AddPresence(rows, column, rowCount);
        if (column is not { } known) return;
        var from = rows.Values<TextCell>(known);
        var validity = rows.Validity(known);
        for (var i = 0; i < rowCount; i++)
        {
            if (i + Ahead < rowCount && Has(validity, i + Ahead)) TextCell.Prefetch(from + i + Ahead);
            if (Has(validity, i)) Add(from + i);
        }
        if (!isPlain && count >= Sample && !Repeats) GoPlain();
    }

    public override ColumnChunk Flush(ByteBuffer file, long offset, PageWriter pages)
    {
        if (!isPlain && !Repeats) GoPlain();
        var (rows, nulls, start) = (Presence.Rows, Presence.Nulls, offset + file.Length);
        long plain = 0, packed = 0;
        byte[]? min = null, max = null;
        page.Clear();
        if (!isPlain)
        {
            for (var i = 0; i < dictionary.Count; i++) Write(dictionary[i], page);
            (plain, packed) = pages.WriteDictionary(page, dictionary.Count, file);
            (min, max) = Bounds();
            page.Clear();
        }
        var data = offset + file.Length;
        Presence.Write(page);
        if (isPlain) page.Add(texts.Written);
        else WriteNumbers();
        var (dataPlain, dataPacked) = pages.WriteData(page, rows, isPlain ? Plain : DictionaryIndices, file);
        int[] encodings = isPlain ? [Plain, Rle] : [Plain, Rle, DictionaryIndices];
        var chunk = new ColumnChunk(encodings, rows, plain + dataPlain, packed + dataPacked, isPlain ? null : start, data, nulls, min, max);
        Begin();
        return chunk;
    }

    public void Dispose() => dictionary.Dispose();

    private bool Repeats => count > 0 && dictionary.Count * 2 <= count;

    private static bool Has(ReadOnlySpan<ulong> validity, int row) => validity.IsEmpty || (validity[row >> 6] >> row & 1) != 0;

    private void Begin()
    {
        if (!isPlain) groupsUntilDictionary = 0;
        else if (groupsUntilDictionary == 0) groupsUntilDictionary = Patience;
        else groupsUntilDictionary--;
        isPlain = groupsUntilDictionary > 0;
        dictionary.Clear();
        texts.Clear();
        Presence.Clear();
        count = 0;
    }

    private void Add(TextCell* text)
    {
        if (!isPlain)
        {
            if (dictionary.NumberOf(text) is var number and >= 0)
            {
                if (count == numbers.Length) Array.Resize(ref numbers, 2 * count);
                numbers[count++] = (ushort)number;
                return;
            }
            GoPlain();
        }
        Write(text, texts);
        count++;
    }

    private void GoPlain()
    {
        for (var i = 0; i < count; i++) Write(dictionary[numbers[i]], texts);
        isPlain = true;
    }

    private static void Write(TextCell* text, ByteBuffer to)
    {
        var bytes = TextCell.Bytes(text);
        to.AddInt32(bytes.Length);
        to.Add(bytes);
    }

    /// <summary>The width of the numbers, then either one run of the only one, or all of them side by side, eight at a time.</summary>
    private void WriteNumbers()
    {
        var width = dictionary.Count == 1 ? 1 : BitOperations.Log2((uint)dictionary.Count - 1) + 1;
        page.Add((byte)width);
        if (dictionary.Count == 1)
        {
            page.AddVarint((ulong)count << 1);
            page.Add(0);
            return;
        }
        var groups = (count + 7) / 8;
        page.AddVarint((ulong)groups << 1 | 1);
        var (bits, filled) = (0UL, 0);
        for (var i = 0; i < groups * 8; i++)
        {
            bits |= (i < count ? (ulong)numbers[i] : 0) << filled;
            for (filled += width; filled >= 8; filled -= 8, bits >>= 8) page.Add((byte)bits);
        }
    }

    private (byte[]? Min, byte[]? Max) Bounds()
    {
        TextCell* min = dictionary[0], max = min;
        for (var i = 1; i < dictionary.Count; i++)
        {
            var text = TextCell.Bytes(dictionary[i]);
            if (text.SequenceCompareTo(TextCell.Bytes(min)) < 0) min = dictionary[i];
            else if (text.SequenceCompareTo(TextCell.Bytes(max)) > 0) max = dictionary[i];
        }
        return min->Length > LongestBound || max->Length > LongestBound ? (null, null) : (TextCell.Bytes(min).ToArray(), TextCell.Bytes(max).ToArray());
    }
}
