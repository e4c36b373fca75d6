using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Weir.Identifiers;

namespace Weir.Land.Dedupe;

/// <summary>What is remembered of the event that holds an id.</summary>
/// <param name="Print">A fingerprint of its name and its client time: a copy has the same, a reused id another.</param>
/// <param name="ReceivedMicros">When it was received, for events without a time of their own; otherwise 0. UTC microseconds since 1970.</param>
internal readonly record struct Mark(ulong Print, long ReceivedMicros)
{
    /// <summary>Names whose hash is known; a shop has dozens, and whoever sends ever new ones only has them hashed each time.</summary>
    private static readonly ConcurrentDictionary<string, ulong> Names = new(StringComparer.Ordinal);

    private const int MostNames = 10_000;

    /// <summary>
    /// Names go in by 64 bits of SHA-256, times by a bijection: under one name two times never share a fingerprint.
    /// </summary>
    public static ulong PrintOf(string name, long? clientMicros)
    {
        if (!Names.TryGetValue(name, out var print))
        {
            print = Hash(name);
            if (Names.Count < MostNames) Names[name] = print; // counting locks, but only for names that are new
        }
        return clientMicros is { } micros ? print ^ Mixing.Mix(unchecked((ulong)micros)) : print;
    }

    private static ulong Hash(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(name.Length);
        var text = length <= 512 ? stackalloc byte[512] : new byte[length];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(name, text)], hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
