using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Weir.Connect.Files;

/// <summary>
/// The layout of raw copies (<c>docs/formats/raw-files.md</c>): a header of 32 bytes, then chunks, each <see cref="ChunkBytes"/> of plain bytes (the last one fewer)
/// under AES-256-GCM, its tag after it.
/// </summary>
internal static class RawFormat
{
    public const int HeaderBytes = 32, ChunkBytes = 1 << 18, TagBytes = 16, NonceBytes = 12;

    private const int SaltBytes = 16;

    private static ReadOnlySpan<byte> Magic => "WEIRRAW1"u8;

    /// <summary>A new file's header: magic, the key's day as <c>yyyyMMdd</c>, the chunk's size, salt.</summary>
    public static byte[] CreateHeader(DateOnly day)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), day.Year * 10000 + day.Month * 100 + day.Day);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), ChunkBytes);
        RandomNumberGenerator.Fill(header.AsSpan(HeaderBytes - SaltBytes));
        return header;
    }

    /// <summary>The day of the key; null: this is no such header.</summary>
    public static DateOnly? ReadDay(ReadOnlySpan<byte> header)
    {
        if (!header.StartsWith(Magic) || BinaryPrimitives.ReadInt32LittleEndian(header[12..]) != ChunkBytes) return null;
        var digits = BinaryPrimitives.ReadInt32LittleEndian(header[8..]).ToString(CultureInfo.InvariantCulture);
        return DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    /// <summary>A file's own key, so that counters can be its nonces.</summary>
    public static AesGcm OpenCipher(byte[] dayKey, ReadOnlySpan<byte> header)
    {
        Span<byte> key = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, dayKey, key, header[^SaltBytes..], "weir raw file 1"u8);
        return new AesGcm(key, TagBytes);
    }

    /// <summary>A chunk's nonce: its number, and whether it is the last, so that no chunk can be moved, lost or added unnoticed.</summary>
    public static void WriteNonce(Span<byte> nonce, long chunk, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce, chunk);
        nonce[11] = last ? (byte)1 : (byte)0;
    }
}
