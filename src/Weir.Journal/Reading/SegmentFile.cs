using System.Numerics;
using Weir.Events;
using Weir.Identifiers;
using Weir.Journal.Format;
using Weir.Storage;

namespace Weir.Journal.Reading;

/// <summary>A frame that was read and found whole.</summary>
/// <param name="Offset">Where it begins in its segment.</param>
/// <param name="Header">Its header.</param>
/// <param name="Body">Its plain body.</param>
/// <param name="Memory">Where the body lies, if that is used again.</param>
internal sealed record StoredFrame(long Offset, FrameHeader Header, ReadOnlyMemory<byte> Body, FrameMemory? Memory) : IDisposable
{
    public long End => Offset + Header.TotalLength;

    /// <summary>Says that its body is not read any more.</summary>
    public void Dispose() => Memory?.Return();
}

/// <summary>Reads frames of one segment at given offsets, through a window of a megabyte, or of the largest frame. For one reader.</summary>
internal sealed class SegmentFile : IDisposable
{
    private const int WindowLength = 1 << 20;
    private readonly FileStream file;
    private byte[] window = GC.AllocateUninitializedArray<byte>(WindowLength);
    private long windowStart;
    private int windowLength;
    private SegmentCipher? cipher;

    private SegmentFile(string path, FileStream file) => (Path, this.file) = (path, file);

    public string Path { get; }

    /// <summary>Null if it is torn, damaged, or another segment's; then no body can be opened.</summary>
    public SegmentHeader? Header { get; private set; }

    /// <summary>The file's length now; an open segment grows.</summary>
    public long Length => RandomAccess.GetLength(file.SafeFileHandle);

    /// <exception cref="WeirException">The key is gone (WEIR2006), or the format is another (WEIR2008).</exception>
    public static async ValueTask<SegmentFile> OpenAsync(StreamLocation stream, SegmentPath at, CancellationToken cancellationToken)
    {
        var segment = new SegmentFile(at.Path, stream.Disk.OpenRead(at.Path));
        try
        {
            var start = await segment.ReadAsync(0, SegmentHeader.MaxLength, cancellationToken);
            var header = SegmentHeader.TryRead(start.Span, at.Path);
            if (header is null || header.StreamId != stream.Id || header.FirstOrdinal != at.First) return segment;
            segment.Header = header;
            segment.cipher = SegmentCipher.For(header, stream.Keys);
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>The header of a frame at an offset; null if there is none.</summary>
    public async ValueTask<FrameHeader?> ReadHeaderAsync(long offset, CancellationToken cancellationToken) =>
        FrameHeader.TryRead((await ReadAsync(offset, FrameHeader.Length, cancellationToken)).Span);

    /// <summary>The frame at an offset; null unless it is there, whole and unchanged.</summary>
    public async ValueTask<StoredFrame?> ReadFrameAsync(long offset, CancellationToken cancellationToken)
    {
        if (await ReadHeaderAsync(offset, cancellationToken) is not { } header || cipher is null) return null;
        if (offset + header.TotalLength > Length) return null;
        var frame = await ReadAsync(offset, (int)header.TotalLength, cancellationToken);
        if (frame.Length != header.TotalLength) return null;
        var memory = header.BodyLength < FrameMemory.LeastLength ? null : FrameMemory.Rent(header.BodyLength);
        var body = memory?.First(header.BodyLength) ?? new byte[header.BodyLength];
        if (cipher.TryOpen(header.Nonce, frame.Span[..FrameHeader.Length], frame.Span[FrameHeader.Length..], body.Span) && Crc32C.Compute(body.Span) == header.BodyCrc)
            return new(offset, header, body, memory);
        memory?.Return();
        return null;
    }

    /// <summary>The header of the first whole frame at or after an offset, and where it is; null if there is none to the end of the file.</summary>
    public async ValueTask<(long Offset, FrameHeader Header)?> FindFrameAsync(long offset, CancellationToken cancellationToken)
    {
        while (true)
        {
            var bytes = await ReadAsync(offset, WindowLength, cancellationToken);
            if (bytes.Length < FrameHeader.Length) return null;
            var at = bytes.Span.IndexOf(FrameHeader.Magic);
            if (at < 0)
            {
                offset += bytes.Length - (FrameHeader.Magic.Length - 1);
                continue;
            }
            offset += at;
            if (await IsFrameAsync(offset, cancellationToken) is { } header) return (offset, header);
            offset++;
        }
    }

    /// <summary>Without its segment's header a body cannot be opened: then an undamaged frame header must do.</summary>
    private async ValueTask<FrameHeader?> IsFrameAsync(long offset, CancellationToken cancellationToken)
    {
        if (cipher is not null)
        {
            using var frame = await ReadFrameAsync(offset, cancellationToken);
            return frame?.Header;
        }
        return await ReadHeaderAsync(offset, cancellationToken) is { } header && offset + header.TotalLength <= Length ? header : null;
    }

    /// <summary>The footer at the end of the file, or null while the segment is open.</summary>
    public static SegmentFooter? ReadFooter(FileStream file)
    {
        var length = RandomAccess.GetLength(file.SafeFileHandle);
        if (length < SegmentFooter.Length) return null;
        Span<byte> bytes = stackalloc byte[SegmentFooter.Length];
        var read = RandomAccess.Read(file.SafeFileHandle, bytes, length - SegmentFooter.Length);
        return SegmentFooter.TryRead(bytes[..read]);
    }

    public SegmentFooter? ReadFooter() => ReadFooter(file);

    /// <summary>The file's last bytes.</summary>
    public byte[] ReadTail(int count)
    {
        var bytes = new byte[count];
        var read = RandomAccess.Read(file.SafeFileHandle, bytes, Math.Max(0, Length - count));
        return bytes[..read];
    }

    public void Dispose()
    {
        cipher?.Dispose();
        file.Dispose();
    }

    /// <summary>Bytes at an offset, fewer at the end of the file; valid until the next call.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long offset, int count, CancellationToken cancellationToken)
    {
        if (offset >= windowStart && offset + count <= windowStart + windowLength)
            return window.AsMemory((int)(offset - windowStart), count);
        // What of it was read already is kept: frames rarely end where the window does.
        var kept = offset >= windowStart && offset < windowStart + windowLength ? window.AsMemory((int)(offset - windowStart), (int)(windowStart + windowLength - offset)) : default;
        windowLength = 0;
        var to = count <= window.Length ? window : GC.AllocateUninitializedArray<byte>((int)BitOperations.RoundUpToPowerOf2((uint)count));
        kept.CopyTo(to);
        window = to;
        windowLength = kept.Length + await FillAsync(window.AsMemory(kept.Length), offset + kept.Length, cancellationToken);
        windowStart = offset;
        return window.AsMemory(0, Math.Min(count, windowLength));
    }

    private async ValueTask<int> FillAsync(Memory<byte> to, long offset, CancellationToken cancellationToken)
    {
        var filled = 0;
        while (filled < to.Length)
        {
            var read = await RandomAccess.ReadAsync(file.SafeFileHandle, to[filled..], offset + filled, cancellationToken);
            if (read == 0) break;
            filled += read;
        }
        return filled;
    }
}
