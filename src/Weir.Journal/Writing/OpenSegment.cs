using System.Security.Cryptography;
using Weir.Journal.Format;
using Weir.Leases;
using Weir.Storage;

namespace Weir.Journal.Writing;

/// <summary>The segment a stream is written to. Knows up to where it is durable, and can be cut back to there.</summary>
internal sealed class OpenSegment : IDisposable
{
    private readonly StreamLocation stream;
    private readonly IDiskFile file;
    private readonly SegmentCipher cipher;
    private readonly Lease lease;
    private long durableLength;
    private uint nonce;

    private OpenSegment(StreamLocation stream, SegmentHeader header, IDiskFile file, SegmentCipher cipher, Lease lease) =>
        (this.stream, First, Hour, this.file, this.cipher, this.lease) = (stream, header.FirstOrdinal, header.Hour, file, cipher, lease);

    public long First { get; }
    public DateTime Hour { get; }
    public long Length => file.Length;

    public static OpenSegment Create(StreamLocation stream, long first, DateTime hour, byte[] previousHash, Lease lease)
    {
        var key = stream.Keys.GetOrCreate(stream.Source, DateOnly.FromDateTime(hour));
        var prefix = RandomNumberGenerator.GetBytes(SegmentHeader.NoncePrefixLength);
        var header = new SegmentHeader(stream.Id, stream.Source, first, hour, SegmentHeader.Fingerprint(key), prefix, previousHash);
        var path = Layout.Segment(stream.Folder, first, lease.Number);
        // A file of this name is what a failed beginning of this writer left: had anything in it been acknowledged, the next ordinal would be higher.
        stream.Disk.Delete(path);
        var segment = new OpenSegment(stream, header, stream.Disk.Create(path), new SegmentCipher(key, prefix), lease);
        try
        {
            segment.file.Append(header.ToBytes());
            return segment;
        }
        catch
        {
            segment.Dispose();
            throw;
        }
    }

    /// <summary>A counter for the next frame. A cut does not give it back: the same nonce never encrypts two texts.</summary>
    public uint NextNonce() => nonce == uint.MaxValue ? throw new IOException("The segment has used all its nonces.") : nonce++;

    public void Seal(uint counter, ReadOnlySpan<byte> body, Span<byte> frame) => cipher.Seal(counter, body, frame);

    public void Append(ReadOnlySpan<byte> frames) => file.Append(frames);

    /// <summary>Makes all that was appended durable; the first time the file's name too.</summary>
    /// <exception cref="WeirException">WEIR2004: another writer has taken over.</exception>
    public void Sync()
    {
        file.Sync();
        if (durableLength == 0) stream.Disk.SyncFolder(stream.Folder);
        // Whoever takes over recovers after its lease is durable: if there is none by now, it will find what was just synced.
        if (!lease.IsCurrent) throw JournalErrors.LeaseLost(lease.Number);
        durableLength = file.Length;
    }

    /// <summary>Cuts what is not durable, synced; false if the segment cannot be used any more.</summary>
    public bool TryCutBack()
    {
        if (durableLength == 0) return false;
        try
        {
            file.Truncate(durableLength);
            file.Sync();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Ends the segment with its footer. If that fails it has none, and ends where the next one begins.</summary>
    public void Close(long next, long lastMicros, byte[] hash)
    {
        try
        {
            if (durableLength == 0) return;
            if (file.Length != durableLength) file.Truncate(durableLength);
            file.Append(new SegmentFooter(next - First, next, lastMicros, hash).ToBytes());
            file.Sync();
        }
        catch (IOException)
        {
            // Nothing acknowledged depends on the footer; but one that is shown and not on the disk must not be moved with the segment.
            TryCutBack();
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        cipher.Dispose();
        file.Dispose();
    }
}
