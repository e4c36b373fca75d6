using System.Numerics;

namespace Weir.Land.Accounting.Verify;

/// <summary>A set of ordinals of <c>[from, to)</c>: a bit each, in blocks that are made when the first of them is added.</summary>
internal sealed class PositionSet(long from, long to)
{
    private const int BlockBits = 16, WordsPerBlock = 1 << (BlockBits - 6);
    private readonly ulong[]?[] blocks = new ulong[]?[(int)(((to - from) >> BlockBits) + 1)];

    /// <summary>False if it was there already.</summary>
    public bool Add(long position)
    {
        var bit = position - from;
        ref var block = ref blocks[bit >> BlockBits];
        block ??= new ulong[WordsPerBlock];
        ref var word = ref block[(bit >> 6) & (WordsPerBlock - 1)];
        var mask = 1UL << (int)(bit & 63);
        if ((word & mask) != 0) return false;
        word |= mask;
        return true;
    }

    public bool Contains(long position) => (Word(position) & (1UL << (int)((position - from) & 63))) != 0;

    /// <summary>The 64 positions of which this is one, aligned to the set's beginning.</summary>
    public ulong Word(long position) => blocks[(position - from) >> BlockBits] is { } block ? block[((position - from) >> 6) & (WordsPerBlock - 1)] : 0;

    /// <summary>How many of a range are in it.</summary>
    public long Count(long first, long end)
    {
        var count = 0L;
        foreach (var (word, mask) in Words(first, end)) count += BitOperations.PopCount(Word(word) & mask);
        return count;
    }

    /// <summary>Of each word that a range touches: a position in it, and the bits that belong to the range.</summary>
    public IEnumerable<(long Position, ulong Mask)> Words(long first, long end)
    {
        for (var at = first; at < end;)
        {
            var bit = (int)((at - from) & 63);
            var length = (int)Math.Min(64 - bit, end - at);
            yield return (at, (length == 64 ? ulong.MaxValue : (1UL << length) - 1) << bit);
            at += length;
        }
    }
}
