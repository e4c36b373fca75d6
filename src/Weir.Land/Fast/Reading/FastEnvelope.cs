using Weir.DuckDb;
using Weir.Events;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;

namespace Weir.Land.Fast.Reading;

/// <summary>What a frame says of all its events, read once for them. For one thread.</summary>
internal sealed class FastEnvelope(EventTimes times, JsonCheck check)
{
    private Frame? frame;
    private EventBlock? block;
    private int generation;
    private Envelope envelope = new();
    private bool sentAtIsKnown;

    /// <summary>False: its events are left to the plain reader.</summary>
    public bool IsSure { get; private set; }

    public bool IsFile => envelope.IsFile;

    public string? Type => envelope.Type;

    public long ReceivedAt { get; private set; }

    public TextCell Ip { get; private set; }

    public TextCell UserAgent { get; private set; }

    public void Take(Frame of, EventBlock to)
    {
        if (!ReferenceEquals(frame, of)) Read(of);
        else if (ReferenceEquals(block, to) && generation == to.Generation) return;
        (block, generation) = (to, to.Generation);
        Ip = envelope.Ip is { } ip ? to.Memory.Add(ip) : TextCell.Null;
        UserAgent = envelope.UserAgent is { } userAgent ? to.Memory.Add(userAgent) : TextCell.Null;
    }

    /// <summary>The batch's time of sending; false: the plain reader must say.</summary>
    public bool TrySentAt(out long micros)
    {
        micros = sentAt;
        return sentAtIsKnown;
    }

    private long sentAt;

    private void Read(Frame of)
    {
        frame = of;
        envelope = Envelope.Read(of.Envelope, check);
        var received = EventTimes.ToMicroseconds(of.ReceivedAt);
        ReceivedAt = UnixMicros.Of(received);
        // Defaults for the events' own context are merged into it: that the plain reader does.
        IsSure = envelope.Fault is null && envelope.Context.All.Count == 0;
        var faults = new Faults();
        sentAt = times.Read(envelope.SentAt, "", received, faults) is { } time ? UnixMicros.Of(time) : EventColumns.None;
        sentAtIsKnown = faults.First is null;
    }
}
