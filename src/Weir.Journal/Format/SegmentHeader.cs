using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Weir.Identifiers;

namespace Weir.Journal.Format;

/// <summary>A segment's beginning: whose it is, which hour and key, and the hash of all that came before.</summary>
internal sealed record SegmentHeader(Guid StreamId, string Source, long FirstOrdinal, DateTime Hour, byte[] KeyFingerprint, byte[] NoncePrefix, byte[] PreviousHash)
{
    public const int MaxLength = FixedLength + 100 + 4;
    public const int FingerprintLength = 8, NoncePrefixLength = 8;
    private const int FixedLength = 94;
    private const ushort Version = 1;
    private static ReadOnlySpan<byte> Magic => "WEIRSEGM"u8;

    public DateOnly KeyDay => DateOnly.FromDateTime(Hour);

    public int Length => FixedLength + Encoding.UTF8.GetByteCount(Source) + 4;

    /// <summary>Tells keys apart without telling anything about them.</summary>
    public static byte[] Fingerprint(ReadOnlySpan<byte> key) => SHA256.HashData([.. "weir key"u8, .. key])[..FingerprintLength];

    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        var span = bytes.AsSpan();
        Magic.CopyTo(span);
        BinaryPrimitives.WriteUInt16LittleEndian(span[8..], Version);
        BinaryPrimitives.WriteUInt16LittleEndian(span[10..], (ushort)Length);
        StreamId.TryWriteBytes(span[12..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(span[28..], FirstOrdinal);
        BinaryPrimitives.WriteInt64LittleEndian(span[36..], Micros.From(Hour));
        KeyFingerprint.CopyTo(span[44..]);
        NoncePrefix.CopyTo(span[52..]);
        PreviousHash.CopyTo(span[60..]);
        BinaryPrimitives.WriteUInt16LittleEndian(span[92..], (ushort)(Length - FixedLength - 4));
        Encoding.UTF8.GetBytes(Source, span[FixedLength..]);
        BinaryPrimitives.WriteUInt32LittleEndian(span[^4..], Crc32C.Compute(span[..^4]));
        return bytes;
    }

    /// <summary>Reads a header from a file's beginning; null if it is torn or damaged.</summary>
    /// <exception cref="WeirException">WEIR2008: undamaged, of another format version.</exception>
    public static SegmentHeader? TryRead(ReadOnlySpan<byte> bytes, string path)
    {
        if (bytes.Length < FixedLength + 4 || !bytes.StartsWith(Magic)) return null;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        if (length is < FixedLength + 4 or > MaxLength || length > bytes.Length) return null;
        bytes = bytes[..length];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Crc32C.Compute(bytes[..^4])) return null;
        var version = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        if (version != Version) throw JournalErrors.UnknownFormat(path, $"segment format {version}, known is {Version}");
        return new(
            new Guid(bytes.Slice(12, 16), bigEndian: true),
            Encoding.UTF8.GetString(bytes[FixedLength..^4]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[28..]),
            Micros.ToDateTime(BinaryPrimitives.ReadInt64LittleEndian(bytes[36..])),
            bytes.Slice(44, FingerprintLength).ToArray(),
            bytes.Slice(52, NoncePrefixLength).ToArray(),
            bytes.Slice(60, 32).ToArray());
    }
}
