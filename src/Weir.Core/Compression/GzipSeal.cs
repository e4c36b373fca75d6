using System.IO.Compression;
using System.Security.Cryptography;

namespace Weir.Compression;

/// <summary>
/// Finds gzip data that ends too early: .NET's decompressor takes a cut one, and bytes after a whole one, without a word. A member of its own with random bytes
/// is put behind the data; it comes out at the end only if what is before it was whole.
/// </summary>
public sealed class GzipSeal
{
    private readonly byte[] expected = RandomNumberGenerator.GetBytes(Length);

    /// <summary>How many bytes come out behind the data's own.</summary>
    public const int Length = 32;

    /// <summary>The decompressed data with the seal behind it.</summary>
    /// <param name="compressed">The data; read to its end.</param>
    /// <param name="leaveOpen">Whether it stays open when the result is closed.</param>
    public Stream Open(Stream compressed, bool leaveOpen = false)
    {
        var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(expected);
        return new GZipStream(new ChainedStream(compressed, member.ToArray()), CompressionMode.Decompress, leaveOpen);
    }

    /// <summary>Whether these, the last <see cref="Length"/> bytes that came out, are the seal.</summary>
    public bool IsWhole(ReadOnlySpan<byte> end) => end.SequenceEqual(expected);

    /// <summary>A stream, then some bytes.</summary>
    private sealed class ChainedStream(Stream first, byte[] then) : Stream
    {
        private int at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer) => first.Read(buffer) is var read and > 0 ? read : TakeThen(buffer);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await first.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is var read and > 0 ? read : TakeThen(buffer.Span);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing) first.Dispose();
            base.Dispose(disposing);
        }

        private int TakeThen(Span<byte> buffer)
        {
            var take = Math.Min(buffer.Length, then.Length - at);
            then.AsSpan(at, take).CopyTo(buffer);
            at += take;
            return take;
        }
    }
}
