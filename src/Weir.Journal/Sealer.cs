using System.Security.Cryptography;

namespace Weir.Journal;

/// <summary>
/// AES-256-GCM for single values, such as the original bytes of a quarantined row: <c>nonce (12) ‖ cipher ‖ tag (16)</c>, the nonce random.
/// Safe for several threads.
/// </summary>
public sealed class Sealer : IDisposable
{
    private const int NonceLength = 12, TagLength = 16;
    private readonly AesGcm aes;
    private readonly Lock gate = new();

    /// <summary>Seals and opens with a key of <see cref="KeyStore"/>.</summary>
    /// <param name="key">32 bytes.</param>
    public Sealer(ReadOnlySpan<byte> key) => aes = new AesGcm(key, TagLength);

    /// <summary>How many bytes sealing adds.</summary>
    public const int Overhead = NonceLength + TagLength;

    /// <summary>Encrypts; the same bytes never give the same result twice.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        var result = new byte[plain.Length + Overhead];
        var nonce = result.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        lock (gate) aes.Encrypt(nonce, plain, result.AsSpan(NonceLength, plain.Length), result.AsSpan(NonceLength + plain.Length));
        return result;
    }

    /// <summary>Decrypts what <see cref="Seal"/> gave.</summary>
    /// <exception cref="WeirException">WEIR2011: the bytes were changed, or were sealed with another key.</exception>
    public byte[] Open(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < Overhead) throw JournalErrors.SealBroken(sealedBytes.Length, null);
        var plain = new byte[sealedBytes.Length - Overhead];
        try
        {
            lock (gate) aes.Decrypt(sealedBytes[..NonceLength], sealedBytes[NonceLength..^TagLength], sealedBytes[^TagLength..], plain);
        }
        catch (CryptographicException e)
        {
            throw JournalErrors.SealBroken(sealedBytes.Length, e);
        }
        return plain;
    }

    /// <inheritdoc/>
    public void Dispose() => aes.Dispose();
}
