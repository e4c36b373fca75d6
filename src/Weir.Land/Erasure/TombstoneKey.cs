using System.Security.Cryptography;
using System.Text;

namespace Weir.Land.Erasure;

/// <summary>The key under which erased ids are remembered: who has the tombstones without it cannot tell, nor try, whose they are.</summary>
internal sealed class TombstoneKey(byte[] secret)
{
    private readonly byte[] key = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "weir tombstones 1"u8.ToArray());

    /// <summary>Tells whether tombstones were made with this key.</summary>
    public string Fingerprint => Hash("fingerprint")[..16];

    public string Of(PersonIdKind kind, string value) => Hash($"{kind}:{PersonId.Normal(kind, value)}");

    private string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}
