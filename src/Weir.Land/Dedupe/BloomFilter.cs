using Weir.Identifiers;

namespace Weir.Land.Dedupe;

/// <summary>Says surely not, or perhaps: 10 bits a key and 7 probes, about 1 false "perhaps" in 120.</summary>
internal sealed class BloomFilter(ulong[] words)
{
    private const int BitsPerKey = 10;
    private const int Probes = 7;

    public static BloomFilter For(long keys) => new(new ulong[Math.Max(1, (keys * BitsPerKey + 63) / 64)]);

    public ReadOnlySpan<ulong> Words => words;

    public void Add(ulong hash)
    {
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = BitOf(hash, probe);
            words[bit >> 6] |= 1UL << (int)(bit & 63);
        }
    }

    public bool MayContain(ulong hash)
    {
        for (var probe = 0; probe < Probes; probe++)
        {
            var bit = BitOf(hash, probe);
            if ((words[bit >> 6] & (1UL << (int)(bit & 63))) == 0) return false;
        }
        return true;
    }

    /// <summary>Double hashing; the high half of the product maps 64 bits evenly onto any length, without a division.</summary>
    private long BitOf(ulong hash, int probe) =>
        (long)Math.BigMul(unchecked(hash + (ulong)probe * (Mixing.Mix(hash) | 1)), (ulong)words.Length * 64, out _);
}
