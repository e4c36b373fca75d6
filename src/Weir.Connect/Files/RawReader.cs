using System.Security.Cryptography;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Connect.Files;

/// <summary>Reads a raw copy's plain bytes from its beginning, one chunk in memory at a time.</summary>
internal sealed class RawReader : Stream
{
    private readonly string path;
    private readonly FileStream file;
    private readonly byte[] header = new byte[RawFormat.HeaderBytes];
    private readonly AesGcm cipher;
    private readonly byte[] sealedChunk = new byte[RawFormat.ChunkBytes + RawFormat.TagBytes];
    private readonly byte[] plain = new byte[RawFormat.ChunkBytes];
    private int start, end;
    private long chunk;
    private bool ended;

    public RawReader(IDisk disk, KeyStore keys, string source, string path)
    {
        this.path = path;
        file = disk.OpenRead(path);
        try
        {
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || RawFormat.ReadDay(header) is not { } day)
                throw ConnectErrors.DamagedRaw(path, "it does not begin as one of version 1 does");
            cipher = RawFormat.OpenCipher(keys.TryGet(source, day) ?? throw ConnectErrors.NoKey(path, source, day), header);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (start == end && !ended) OpenChunk(file.ReadAtLeast(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false));
        return Take(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (start == end && !ended) OpenChunk(await file.ReadAtLeastAsync(sealedChunk, sealedChunk.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false));
        return Take(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Goes forward from the beginning without reading what lies between.</summary>
    public void Skip(long bytes)
    {
        (chunk, var within) = Math.DivRem(bytes, RawFormat.ChunkBytes);
        file.Position = RawFormat.HeaderBytes + chunk * (RawFormat.ChunkBytes + RawFormat.TagBytes);
        this.ReadExactly(new byte[within]);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            cipher.Dispose();
            file.Dispose();
        }
        base.Dispose(disposing);
    }

    private int Take(Span<byte> buffer)
    {
        var take = Math.Min(buffer.Length, end - start);
        plain.AsSpan(start, take).CopyTo(buffer);
        start += take;
        return take;
    }

    private void OpenChunk(int length)
    {
        ended = file.Position == file.Length;
        if (length < RawFormat.TagBytes) throw ConnectErrors.DamagedRaw(path, $"it ends after {chunk} chunks, in the middle");
        Span<byte> nonce = stackalloc byte[RawFormat.NonceBytes];
        RawFormat.WriteNonce(nonce, chunk, ended);
        (start, end) = (0, length - RawFormat.TagBytes);
        try
        {
            cipher.Decrypt(nonce, sealedChunk.AsSpan(0, end), sealedChunk.AsSpan(end, RawFormat.TagBytes), plain.AsSpan(0, end), header);
        }
        catch (CryptographicException e)
        {
            throw ConnectErrors.DamagedRaw(path, $"chunk {chunk} is not what was written", e);
        }
        chunk++;
    }
}
