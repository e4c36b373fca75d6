using System.Security.Cryptography;
using Weir.Journal.Format;
using Weir.Journal.Reading;

namespace Weir.Journal.Proving;

/// <summary>Proves one segment: header, every frame's checksum and tag, ordinals, hours, the chain, the footer.</summary>
internal sealed class SegmentProof(SegmentFile file, SegmentPath segment, JournalProof proof)
{
    private const int FlippedBytes = 8;
    private long ordinal = segment.First, offset, lastMicros;

    /// <param name="end">Up to where to prove. What lies behind the next segment's beginning and the head was never acknowledged.</param>
    /// <param name="next">Where the next segment begins, if there is one.</param>
    /// <param name="chain">The chain up to this segment; afterwards, up to its end.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(long end, long? next, Chain chain, CancellationToken cancellationToken)
    {
        if (file.Header is not { } header)
        {
            proof.Damaged(file.Path, new(0, file.Length, ordinal, end), Layout.RawHour(file.Path), "has a damaged header: nothing in it can be decrypted");
            return;
        }
        if (!chain.Agrees(header.PreviousHash))
            proof.Fault(ordinal, end, file.Path, "does not go on from what lies before it: its hash of that is another", "Restore this file and the one before it from a copy");
        offset = header.Length;
        while (ordinal < end && await StepAsync(header, end, chain, cancellationToken)) proof.CheckMark(segment.First, file.Path);
        CheckEnd(chain, next);
    }

    /// <summary>Goes on by a frame, or over a damaged part; false at the footer.</summary>
    private async ValueTask<bool> StepAsync(SegmentHeader header, long end, Chain chain, CancellationToken cancellationToken)
    {
        using var frame = await file.ReadFrameAsync(offset, cancellationToken);
        if (frame is not null && frame.Header.FirstOrdinal == ordinal && FrameBody.TryRead(frame.Body, frame.Header.Count, out _, out _, out _))
        {
            if (Micros.Hour(frame.Header.ReceivedMicros) != header.Hour || frame.Header.ReceivedMicros < lastMicros)
                proof.Fault(ordinal, frame.Header.NextOrdinal, file.Path, $"has a frame received at {Micros.ToDateTime(frame.Header.ReceivedMicros):O}, which is not in its hour and order", "Report it with the file");
            proof.Seen(frame.Header);
            chain.Add(frame.Header, SHA256.HashData(frame.Body.Span));
            proof.Receive(header.Hour, ordinal, frame.Header.NextOrdinal);
            (ordinal, offset, lastMicros) = (frame.Header.NextOrdinal, frame.End, frame.Header.ReceivedMicros);
            proof.Advance(ordinal);
            return true;
        }
        if (offset == file.Length - SegmentFooter.Length && file.ReadFooter() is not null) return false;
        var gap = await FrameSearch.DamageAsync(file, offset, ordinal, end, cancellationToken);
        proof.Damaged(file.Path, gap, header.Hour, $"is damaged: bytes {gap.FromByte} to {gap.ToByte - 1} are not the frames that were written");
        (ordinal, offset) = (gap.ToOrdinal, gap.ToByte);
        return true;
    }

    private void CheckEnd(Chain chain, long? next)
    {
        if (file.ReadFooter() is not { } footer)
        {
            // Without one a segment ends where the next begins; but one whose footer was damaged is told.
            if ((next is null && segment.InRaw) || IsAlmost(chain))
                proof.Fault(segment.First, ordinal, file.Path, "has a damaged footer; its events are whole", "Restore the file from a copy");
            return;
        }
        if (footer.NextOrdinal == ordinal && !chain.Agrees(footer.Hash))
            proof.Fault(segment.First, ordinal, file.Path, "does not lead to the hash in its footer", "Restore the file from a copy");
        else if (footer.NextOrdinal > next)
            proof.Fault(next.Value, footer.NextOrdinal, file.Path, $"says that it ends at {footer.NextOrdinal}, but the next one begins at {next}", "Report it with both files");
    }

    /// <summary>Whether the bytes behind the last frame are the footer that belongs there, but for a few: a torn one is not.</summary>
    private bool IsAlmost(Chain chain)
    {
        if (chain.Hash is not { } hash || file.Length - offset != SegmentFooter.Length) return false;
        var expected = new SegmentFooter(ordinal - segment.First, ordinal, lastMicros, hash).ToBytes();
        return expected.Zip(file.ReadTail(SegmentFooter.Length), (a, b) => a == b).Count(same => !same) <= FlippedBytes;
    }
}
