using Weir.Identifiers;

namespace Weir.Generate;

/// <summary>A small deterministic generator (SplitMix64, Steele et al. 2014): the same key gives the same numbers on every machine and version.</summary>
internal sealed class Rng(ulong key)
{
    private ulong state = key;

    /// <summary>A generator for a part of the whole, independent of how much the others draw.</summary>
    public static Rng For(int seed, string part, long number)
    {
        var hash = 14695981039346656037UL ^ (ulong)seed;
        foreach (var c in part) hash = (hash ^ c) * 1099511628211UL;
        return new Rng(hash ^ ((ulong)number * 0x9E3779B97F4A7C15UL));
    }

    public ulong NextUInt64()
    {
        var next = Mixing.Mix(state);
        state += 0x9E3779B97F4A7C15UL;
        return next;
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Uniform in [0, <paramref name="below"/>).</summary>
    public int Next(int below) => (int)(NextDouble() * below);

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>Exponential with a mean, in the mean's unit.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - NextDouble());

    /// <summary>Poisson (Knuth's product; a normal approximation above 60).</summary>
    public int Poisson(double mean)
    {
        if (mean <= 0) return 0;
        if (mean > 60) return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        var limit = Math.Exp(-mean);
        var product = NextDouble();
        var count = 0;
        for (; product > limit; product *= NextDouble()) count++;
        return count;
    }

    /// <summary>Standard normal (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A random UUID, version 4.</summary>
    public Guid Guid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, NextUInt64());
        BitConverter.TryWriteBytes(bytes[8..], NextUInt64());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
