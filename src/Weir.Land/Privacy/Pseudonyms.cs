using System.Security.Cryptography;
using System.Text;

namespace Weir.Land.Privacy;

/// <summary>Keyed hashes that stand for values: HMAC-SHA-256 of the value without blanks around it and in lower case, its first 128 bits in hexadecimal. For several threads.</summary>
/// <param name="secret">The data folder's secret, <c>keys/secret.key</c>.</param>
public sealed class Pseudonyms(byte[] secret)
{
    private const int Bytes = 16;
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "weir pseudonyms 1"u8.ToArray());

    /// <summary>What stands for a value.</summary>
    public string Of(string value)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(value.Trim().ToLowerInvariant()), hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }
}
