using System.Security.Cryptography;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>Writes one raw copy, encrypted chunk by chunk.</summary>
internal sealed class RawWriter : IDisposable
{
    private readonly IDiskFile file;
    private readonly byte[] header;
    private readonly AesGcm cipher;
    private readonly byte[] plain = new byte[RawFormat.ChunkBytes];
    private readonly byte[] output = new byte[RawFormat.ChunkBytes + RawFormat.TagBytes];
    private int filled;
    private long chunk;

    public RawWriter(IDisk disk, string path, byte[] dayKey, DateOnly day)
    {
        header = RawFormat.CreateHeader(day);
        cipher = RawFormat.OpenCipher(dayKey, header);
        file = disk.Create(path);
        file.Append(header);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (filled == plain.Length) WriteChunk(last: false); // only now is it known not to be the last
            var take = Math.Min(bytes.Length, plain.Length - filled);
            bytes[..take].CopyTo(plain.AsSpan(filled));
            filled += take;
            bytes = bytes[take..];
        }
    }

    /// <summary>Writes the last chunk (which may be empty) and makes all durable.</summary>
    public void Complete()
    {
        WriteChunk(last: true);
        file.Sync();
    }

    public void Dispose()
    {
        cipher.Dispose();
        file.Dispose();
    }

    private void WriteChunk(bool last)
    {
        Span<byte> nonce = stackalloc byte[RawFormat.NonceBytes];
        RawFormat.WriteNonce(nonce, chunk++, last);
        cipher.Encrypt(nonce, plain.AsSpan(0, filled), output.AsSpan(0, filled), output.AsSpan(filled, RawFormat.TagBytes), header);
        file.Append(output.AsSpan(0, filled + RawFormat.TagBytes));
        filled = 0;
    }
}
