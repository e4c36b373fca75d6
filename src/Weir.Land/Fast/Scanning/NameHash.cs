using System.Runtime.InteropServices;

namespace Weir.Land.Fast.Scanning;

/// <summary>A hash of a member's name. Only within one process: it may differ between machines.</summary>
internal static class NameHash
{
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    public static uint Of(ReadOnlySpan<byte> name)
    {
        var hash = (ulong)name.Length * Multiplier;
        if (name.Length >= 8)
        {
            for (var rest = name; rest.Length > 8; rest = rest[8..]) hash = Mix(hash, MemoryMarshal.Read<ulong>(rest));
            return (uint)(Mix(hash, MemoryMarshal.Read<ulong>(name[^8..])) >> 32);
        }
        if (name.Length >= 4) return (uint)(Mix(hash, MemoryMarshal.Read<uint>(name) | (ulong)MemoryMarshal.Read<uint>(name[^4..]) << 32) >> 32);
        var few = 0UL;
        foreach (var value in name) few = few << 8 | value;
        return (uint)(Mix(hash, few) >> 32);
    }

    private static ulong Mix(ulong hash, ulong next)
    {
        hash = (hash ^ next) * Multiplier;
        return hash ^ hash >> 29;
    }
}
