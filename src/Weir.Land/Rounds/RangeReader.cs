using System.Runtime.CompilerServices;
using Weir.Events;

namespace Weir.Land.Rounds;

/// <summary>
/// Reads one stream's part of a round: from the ledger's position, not beyond the head as it was when landing began, and not more than its
/// share of the round. What a stream cannot read ends its range before it; the other streams go on.
/// </summary>
internal sealed class RangeReader(IEventStream stream, long from, long head, long budget)
{
    /// <summary>An event counts at least this much: its row costs memory however few bytes were sent.</summary>
    public const int LeastCost = 512;

    public IEventStream Stream => stream;

    public long From { get; } = from;

    /// <summary>The ordinal after the last event read.</summary>
    public long To { get; private set; } = from;

    /// <summary>What was read, in bytes of events.</summary>
    public long Cost { get; private set; }

    /// <summary>Why reading ended early, if it did.</summary>
    public WeirException? Fault { get; private set; }

    public async IAsyncEnumerable<Frame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var frames = stream.ReadAsync(From, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (To < head && Cost < budget)
        {
            Frame frame;
            try
            {
                if (!await frames.MoveNextAsync()) throw Short();
                frame = Cut(frames.Current);
            }
            catch (Exception e) when (LandErrors.IsOfFiles(e))
            {
                Fault = LandErrors.CannotRead(stream, e);
                break;
            }
            foreach (var bytes in frame.Events) Cost += Math.Max(LeastCost, bytes.Length);
            To = frame.NextOrdinal;
            yield return frame;
        }
    }

    private WeirException Short() => new(LandErrors.FrameGap,
        $"Stream '{stream.Id}' of source '{stream.Source}' says that it holds ordinals up to {head - 1}, but its frames end before {To}. Its landing waits there; "
        + "check that no file of it was cut or removed by hand.");

    private Frame Cut(Frame frame)
    {
        if (frame.FirstOrdinal != To)
            throw new WeirException(LandErrors.FrameGap,
                $"Stream '{stream.Id}' of source '{stream.Source}' was read from ordinal {To}, but gave a frame that begins at {frame.FirstOrdinal}. Its landing waits there; "
                + "check that no segment of its journal was removed by hand.");
        if (frame.NextOrdinal <= head) return frame;
        var count = (int)(head - frame.FirstOrdinal);
        return frame with { Events = [.. frame.Events.Take(count)], Lines = frame.Lines is null ? null : [.. frame.Lines.Take(count)] };
    }
}
