using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Identifiers;

/// <summary>Name-based UUIDs, version 5 (RFC 9562, section 5.5).</summary>
public static class UuidV5
{
    /// <summary>Weir's own name space, itself a UUIDv5 of <c>weir</c> in RFC 9562's DNS name space.</summary>
    public static readonly Guid Weir = Create(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "weir");

    /// <summary>The UUID of a name within a name space.</summary>
    /// <param name="space">The name space.</param>
    /// <param name="name">The name, taken as UTF-8.</param>
    public static Guid Create(Guid space, string name)
    {
        var length = Encoding.UTF8.GetByteCount(name);
        Span<byte> input = length <= 496 ? stackalloc byte[16 + length] : new byte[16 + length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input[16..]);
        Span<byte> hash = stackalloc byte[20];
        SHA1.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>A UUID's 128 bits in the order of its text.</summary>
    public static UInt128 ToUInt128(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>The UUID of 128 bits in the order of its text.</summary>
    public static Guid FromUInt128(UInt128 bits)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new Guid(bytes, bigEndian: true);
    }
}
