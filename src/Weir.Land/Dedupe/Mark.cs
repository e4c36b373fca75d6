using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Land.Dedupe;

/// <summary>What is remembered of the event that holds an id.</summary>
/// <param name="Print">A fingerprint of its name and its client time: a copy has the same, a reused id another.</param>
/// <param name="ReceivedMicros">When it was received, for events without a time of their own; otherwise 0. UTC microseconds since 1970.</param>
internal readonly record struct Mark(ulong Print, long ReceivedMicros)
{
    /// <summary>
    /// Names go in by 64 bits of SHA-256, times by a bijection: under one name two times never share a fingerprint.
    /// </summary>
    public static ulong PrintOf(string name, long? clientMicros)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(name.Length);
        var text = length <= 512 ? stackalloc byte[512] : new byte[length];
        SHA256.HashData(text[..Encoding.UTF8.GetBytes(name, text)], hash);
        var print = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        return clientMicros is { } micros ? print ^ Mixing.Mix(unchecked((ulong)micros)) : print;
    }
}
