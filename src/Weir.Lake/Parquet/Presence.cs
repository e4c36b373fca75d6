using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Lake.Parquet;

/// <summary>Which rows of a column have a value: its definition levels.</summary>
internal sealed class Presence
{
    private ulong[] bits = new ulong[64];

    public int Rows { get; private set; }

    public int Nulls { get; private set; }

    public void Clear() => (Rows, Nulls) = (0, 0);

    /// <summary>Takes rows.</summary>
    /// <param name="validity">A bit a row, the first lowest; empty: all have a value.</param>
    /// <param name="count">How many.</param>
    public void Add(ReadOnlySpan<ulong> validity, int count)
    {
        var needed = (Rows + count + 63) / 64;
        if (needed > bits.Length) Array.Resize(ref bits, Math.Max(needed, 2 * bits.Length));
        for (var done = 0; done < count; done += 64)
        {
            var many = Math.Min(64, count - done);
            var word = (validity.IsEmpty ? ulong.MaxValue : validity[done / 64]) & (ulong.MaxValue >> (64 - many));
            Nulls += many - BitOperations.PopCount(word);
            Add(word, many);
        }
    }

    /// <summary>The levels as a data page has them: their length, then runs of one level, or eight levels a byte.</summary>
    public void Write(ByteBuffer to)
    {
        var lengthAt = to.Length;
        to.AddInt32(0);
        if (Nulls == 0 || Nulls == Rows)
        {
            to.AddVarint((ulong)Rows << 1);
            to.Add(Nulls == 0 ? (byte)1 : (byte)0);
        }
        else
        {
            var bytes = (Rows + 7) / 8;
            to.AddVarint((ulong)bytes << 1 | 1);
            to.Add(MemoryMarshal.AsBytes(bits.AsSpan())[..bytes]);
        }
        to.SetInt32(lengthAt, to.Length - lengthAt - sizeof(int));
    }

    private void Add(ulong word, int count)
    {
        var (at, shift) = (Rows / 64, Rows % 64);
        if (shift == 0) bits[at] = word;
        else
        {
            bits[at] |= word << shift;
            if (shift + count > 64) bits[at + 1] = word >> (64 - shift);
        }
        Rows += count;
    }
}
