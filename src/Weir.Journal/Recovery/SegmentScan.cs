using System.Security.Cryptography;
using Weir.Journal.Format;
using Weir.Journal.Reading;

namespace Weir.Journal.Recovery;

/// <summary>Bytes of a segment that are no frames, and the ordinals that should be there.</summary>
internal readonly record struct Gap(long FromByte, long ToByte, long FromOrdinal, long ToOrdinal);

/// <summary>What an unclosed segment holds.</summary>
/// <param name="NextOrdinal">The ordinal after the last event that counts.</param>
/// <param name="Hash">The chain's hash there.</param>
/// <param name="LastMicros">The last receive time; null without a frame.</param>
/// <param name="CutAt">Where the torn tail begins; null if there is none, or something is damaged, for then nothing is cut.</param>
/// <param name="Damaged">What was acknowledged and cannot be read.</param>
/// <param name="Frames">Whole frames up to there.</param>
internal sealed record SegmentScan(long NextOrdinal, byte[] Hash, long? LastMicros, long? CutAt, IReadOnlyList<Gap> Damaged, int Frames)
{
    /// <summary>
    /// Reads every frame. A bad one is damage if it was acknowledged: the head is beyond it, or a whole frame after it was written when it
    /// was durable already. Otherwise it belongs to a write that never ended, as does all after it: the torn tail.
    /// </summary>
    /// <param name="file">The segment.</param>
    /// <param name="first">Its first ordinal.</param>
    /// <param name="head">What the head file says was acknowledged.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<SegmentScan> RunAsync(SegmentFile file, long first, long head, CancellationToken cancellationToken)
    {
        if (file.Header is not { } header) return await WithoutHeaderAsync(file, first, head, cancellationToken);
        var at = new State(header.Length, first, header.PreviousHash, null, 0);
        var gaps = new List<(Gap Gap, State Before)>();
        var durable = head;
        var length = file.Length;
        while (true)
        {
            using var frame = await file.ReadFrameAsync(at.Offset, cancellationToken);
            if (frame is not null && frame.Header.FirstOrdinal == at.Ordinal)
            {
                durable = Math.Max(durable, frame.Header.DurableOrdinal);
                at = at.After(frame);
                continue;
            }
            if (at.Offset == length || await FindAsync(file, at, cancellationToken) is not { } next) break;
            gaps.Add((new(at.Offset, next.Offset, at.Ordinal, next.Header.FirstOrdinal), at));
            at = at with { Offset = next.Offset, Ordinal = next.Header.FirstOrdinal };
        }
        if (at.Offset < length || at.Ordinal < durable)
            gaps.Add((new(at.Offset, length, at.Ordinal, Math.Max(at.Ordinal, durable)), at));

        Gap[] damaged = [.. gaps.Select(g => g.Gap).Where(g => g.FromOrdinal < durable)];
        var torn = gaps.FirstOrDefault(g => g.Gap.FromOrdinal >= durable);
        var end = torn.Before ?? at;
        var cut = torn.Before is not null && damaged.Length == 0 ? torn.Before.Offset : (long?)null;
        return new(Math.Max(end.Ordinal, durable), end.Hash, end.LastMicros, cut, damaged, end.Frames);
    }

    private static async ValueTask<(long Offset, FrameHeader Header)?> FindAsync(SegmentFile file, State at, CancellationToken cancellationToken)
    {
        var offset = at.Offset + 1;
        while (await file.FindFrameAsync(offset, cancellationToken) is { } found)
        {
            if (found.Header.FirstOrdinal >= at.Ordinal) return found;
            offset = found.Offset + 1;
        }
        return null;
    }

    /// <summary>Without the segment's header nothing in it can be decrypted: all of it is damage if any of it was acknowledged.</summary>
    private static async Task<SegmentScan> WithoutHeaderAsync(SegmentFile file, long first, long head, CancellationToken cancellationToken)
    {
        var (durable, next, offset) = (head, first, 0L);
        while (await file.FindFrameAsync(offset, cancellationToken) is { } found)
        {
            durable = Math.Max(durable, found.Header.DurableOrdinal);
            next = Math.Max(next, found.Header.NextOrdinal);
            offset = found.Offset + found.Header.TotalLength;
        }
        if (durable <= first) return new(first, HashChain.Start, null, 0, [], 0);
        next = Math.Max(next, durable);
        return new(next, HashChain.Start, null, null, [new(0, file.Length, first, next)], 0);
    }

    private sealed record State(long Offset, long Ordinal, byte[] Hash, long? LastMicros, int Frames)
    {
        public State After(StoredFrame frame) => new(
            frame.End, frame.Header.NextOrdinal, HashChain.Next(Hash, frame.Header, SHA256.HashData(frame.Body.Span)), frame.Header.ReceivedMicros, Frames + 1);
    }
}
