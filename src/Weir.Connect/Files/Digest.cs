using System.Security.Cryptography;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>The hash of a file, and of its beginning.</summary>
/// <param name="Sha256">Of all of it, lower-case hexadecimal.</param>
/// <param name="Prefix">Of its first bytes, as many as were asked for; null: it has fewer.</param>
internal sealed record Digest(string Sha256, string? Prefix)
{
    /// <summary>Reads a file once.</summary>
    /// <param name="disk">The file system.</param>
    /// <param name="path">The file.</param>
    /// <param name="prefix">The length of the beginning, in bytes.</param>
    /// <param name="tail">Is given what follows the beginning.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Digest> ReadAsync(IDisk disk, string path, long prefix, Action<ReadOnlySpan<byte>>? tail, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var file = disk.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 18];
            string? prefixHash = null;
            for (long at = 0; ;)
            {
                if (at == prefix) prefixHash = Text(hash.GetCurrentHash());
                var want = at < prefix ? (int)Math.Min(buffer.Length, prefix - at) : buffer.Length;
                var read = await file.ReadAsync(buffer.AsMemory(0, want), cancellationToken).ConfigureAwait(false);
                if (read == 0) return new Digest(Text(hash.GetHashAndReset()), prefixHash);
                hash.AppendData(buffer, 0, read);
                if (at >= prefix) tail?.Invoke(buffer.AsSpan(0, read));
                at += read;
            }
        }
    }

    private static string Text(byte[] hash) => Convert.ToHexStringLower(hash);
}
