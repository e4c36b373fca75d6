using System.Buffers;
using System.Collections.Concurrent;
using Weir.Journal.Format;
using Weir.Journal.Reading;
using Weir.Journal.Recovery;
using Weir.Leases;

namespace Weir.Journal.Writing;

/// <summary>
/// Writes one stream, on a thread of its own: all that waits becomes one write and one sync, then the head moves, then the batches complete.
/// </summary>
internal sealed class StreamAppender : IAsyncDisposable
{
    private const long GroupBytes = 32 << 20;
    private static readonly TimeSpan IdleCheck = TimeSpan.FromSeconds(1);
    private readonly BlockingCollection<PendingBatch> queue = [];
    private readonly StreamLocation stream;
    private readonly JournalOptions options;
    private readonly Admission admission;
    private readonly TimeProvider time;
    private readonly HeadFile head;
    private readonly Lease lease;
    private readonly Task loop;
    private OpenSegment? segment;
    private Cursor durable;
    private bool headLags;

    public StreamAppender(StreamLocation stream, StreamPosition position, JournalOptions options, Admission admission, TimeProvider time, Lease lease)
    {
        (this.stream, this.options, this.admission, this.time, this.lease) = (stream, options, admission, time, lease);
        durable = new(position.NextOrdinal, position.LastMicros, position.Hash);
        head = new HeadFile(stream.Disk, stream.Folder, lease.Number);
        headLags = !head.TryAdvance(durable.Next);
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <exception cref="InvalidOperationException">The stream is being closed.</exception>
    public void Enqueue(PendingBatch batch) => queue.Add(batch);

    /// <summary>Writes what waits, closes the segment and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.CompleteAdding();
        await loop;
        queue.Dispose();
        head.Dispose();
    }

    private void Run()
    {
        var group = new List<PendingBatch>();
        while (!queue.IsCompleted)
        {
            if (queue.TryTake(out var batch, IdleCheck))
            {
                group.Add(batch);
                for (long bytes = batch.FrameLength; bytes < GroupBytes && queue.TryTake(out var next); bytes += next.FrameLength) group.Add(next);
                Commit(group);
                group.Clear();
            }
            if (headLags) headLags = !head.TryAdvance(durable.Next);
            // A full journal closes what it has, so that it can be moved once it has landed.
            if (segment is not null && (segment.Hour != HourAt(Now()) || admission.Full)) CloseSegment();
        }
        CloseSegment();
    }

    private void Commit(List<PendingBatch> group)
    {
        var first = durable.Next;
        try
        {
            durable = Write(group);
        }
        catch (Exception e) // whatever it was: its batches must hear of it, and the stream goes on
        {
            Undo();
            foreach (var batch in group)
            {
                admission.GivenUp(batch.FrameLength);
                batch.Fail(e is WeirException lost ? lost : JournalErrors.AppendFailed(stream.Source, stream.Folder, e));
            }
            return;
        }
        headLags = !head.TryAdvance(durable.Next);
        foreach (var batch in group)
        {
            admission.Written(batch.FrameLength);
            batch.Complete(new(stream.IdText, first));
            first += batch.Count;
        }
    }

    private Cursor Write(List<PendingBatch> group)
    {
        var micros = Now();
        if (segment is not null && (segment.Hour != HourAt(micros) || segment.Length >= options.SegmentBytes)) CloseSegment();
        segment ??= OpenSegment.Create(stream, durable.Next, HourAt(micros), durable.Hash, lease);
        var length = group.Sum(b => b.FrameLength);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var at = durable;
        try
        {
            var offset = 0;
            foreach (var batch in group)
            {
                var header = new FrameHeader(batch.BodyLength, batch.Count, at.Next, micros, durable.Next, segment.NextNonce(), batch.Crc);
                var frame = buffer.AsSpan(offset, batch.FrameLength);
                header.Write(frame);
                segment.Seal(header.Nonce, batch.Body, frame);
                at = new(header.NextOrdinal, micros, HashChain.Next(at.Hash, header, batch.Hash));
                offset += batch.FrameLength;
            }
            segment.Append(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        Sync(segment);
        return at;
    }

    private void Sync(OpenSegment target)
    {
        try
        {
            target.Sync();
        }
        catch
        {
            // After a failed sync nobody knows what of the file is on the disk, and after a lost lease what of it counts: never written to again.
            CloseSegment();
            throw;
        }
    }

    private void Undo()
    {
        if (segment is null || segment.TryCutBack()) return;
        CloseSegment();
    }

    private void CloseSegment()
    {
        segment?.Close(durable.Next, durable.Micros, durable.Hash);
        segment = null;
    }

    /// <summary>Receive times never go back, so that a segment's hour does not either: while the clock is behind, the last time stands.</summary>
    private long Now() => Math.Max(Micros.From(time.GetUtcNow().UtcDateTime), durable.Micros);

    private static DateTime HourAt(long micros) => Micros.Hour(micros);

    /// <summary>Where the stream stands: the next ordinal, the last receive time, the chain's hash.</summary>
    private readonly record struct Cursor(long Next, long Micros, byte[] Hash);
}
