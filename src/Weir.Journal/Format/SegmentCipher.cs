using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Weir.Journal.Format;

/// <summary>AES-256-GCM for the frames of one segment: nonce = the segment's random prefix and the frame's counter. For one thread.</summary>
internal sealed class SegmentCipher(ReadOnlySpan<byte> key, byte[] noncePrefix) : IDisposable
{
    private readonly AesGcm aes = new(key, FrameHeader.TagLength);

    /// <summary>The cipher of a segment, from the key its header names.</summary>
    /// <exception cref="WeirException">WEIR2006: the key is gone, or another.</exception>
    public static SegmentCipher For(SegmentHeader header, KeyStore keys)
    {
        var key = keys.TryGet(header.Source, header.KeyDay);
        if (key is null || !SegmentHeader.Fingerprint(key).AsSpan().SequenceEqual(header.KeyFingerprint))
            throw JournalErrors.KeyMissing(header.Source, header.KeyDay, keys.PathOf(header.Source, header.KeyDay));
        return new(key, header.NoncePrefix);
    }

    /// <summary>Encrypts a body behind its header, which is written already; <paramref name="frame"/> is the whole frame.</summary>
    public void Seal(uint counter, ReadOnlySpan<byte> body, Span<byte> frame)
    {
        Span<byte> nonce = stackalloc byte[12];
        Nonce(counter, nonce);
        aes.Encrypt(nonce, body, frame.Slice(FrameHeader.Length, body.Length), frame[(FrameHeader.Length + body.Length)..], frame[..FrameHeader.Length]);
    }

    /// <summary>Decrypts a frame's body; false if header, body or tag were changed.</summary>
    public bool TryOpen(uint counter, ReadOnlySpan<byte> header, ReadOnlySpan<byte> cipherAndTag, Span<byte> body)
    {
        Span<byte> nonce = stackalloc byte[12];
        Nonce(counter, nonce);
        try
        {
            aes.Decrypt(nonce, cipherAndTag[..body.Length], cipherAndTag[body.Length..], body, header);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => aes.Dispose();

    private void Nonce(uint counter, Span<byte> nonce)
    {
        noncePrefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32LittleEndian(nonce[8..], counter);
    }
}
