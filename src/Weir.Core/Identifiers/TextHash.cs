using System.Runtime.InteropServices;

namespace Weir.Identifiers;

/// <summary>A fast hash of a short text. Only within one process: it may differ between machines.</summary>
public static class TextHash
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    /// <param name="text">The text, UTF-8.</param>
    public static uint Of(ReadOnlySpan<byte> text)
    {
        var hash = (ulong)text.Length * Multiplier;
        if (text.Length >= 8)
        {
            for (var rest = text; rest.Length > 8; rest = rest[8..]) hash = Mix(hash, MemoryMarshal.Read<ulong>(rest));
            return (uint)(Mix(hash, MemoryMarshal.Read<ulong>(text[^8..])) >> 32);
        }
        if (text.Length >= 4) return (uint)(Mix(hash, MemoryMarshal.Read<uint>(text) | (ulong)MemoryMarshal.Read<uint>(text[^4..]) << 32) >> 32);
        var few = 0UL;
        foreach (var value in text) few = few << 8 | value;
        return (uint)(Mix(hash, few) >> 32);
    }

    private static ulong Mix(ulong hash, ulong next)
    {
        hash = (hash ^ next) * Multiplier;
        return hash ^ hash >> 29;
    }
}
