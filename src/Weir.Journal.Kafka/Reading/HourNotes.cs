using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>The hours of what a stream gave to its last reader.</summary>
internal sealed class HourNotes
{
    private readonly Lock gate = new();
    private List<ReceivedHour> hours = [];
    private long from = -1, to = -1;

    public void Begin(long at)
    {
        lock (gate) (hours, from, to) = ([], at, at);
    }

    public void Note(Frame frame)
    {
        lock (gate)
        {
            if (frame.FirstOrdinal != to) return; // of another reader
            to = frame.NextOrdinal;
            Add(hours, frame.ReceivedAt.UtcDateTime, frame.FirstOrdinal, frame.Events.Count);
        }
    }

    /// <summary>Null: not all of it was read.</summary>
    public IReadOnlyList<ReceivedHour>? Within(long first, long end)
    {
        lock (gate) return from >= 0 && from <= first && end <= to ? [.. hours] : null;
    }

    public static void Add(List<ReceivedHour> hours, DateTime time, long first, long count)
    {
        var hour = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));
        if (hours.Count > 0 && hours[^1] is var last && last.Hour == hour && last.FirstOrdinal + last.Count == first) hours[^1] = last with { Count = last.Count + count };
        else hours.Add(new ReceivedHour(hour, first, count));
    }
}
