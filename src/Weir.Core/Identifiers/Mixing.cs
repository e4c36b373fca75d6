namespace Weir.Identifiers;

/// <summary>A step of SplitMix64 (Steele et al. 2014): a bijection of 64 bits in which every input bit moves half of the output bits.</summary>
public static class Mixing
{
    /// <param name="x">Any number.</param>
    public static ulong Mix(ulong x)
    {
        unchecked
        {
            x += 0x9E3779B97F4A7C15;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
            return x ^ (x >> 31);
        }
    }
}
