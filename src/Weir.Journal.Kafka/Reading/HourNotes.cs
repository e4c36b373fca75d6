using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>The hours of what a stream gave to one reader.</summary>
internal sealed class HourNotes(long from)
{
    private readonly Lock gate = new();
    private readonly List<ReceivedHour> hours = [];
    private readonly long from = from;
    private long to = from;

    public void Note(Frame frame)
    {
        lock (gate)
        {
            Add(hours, frame.ReceivedAt.UtcDateTime, frame.FirstOrdinal, frame.Events.Count);
            to = frame.NextOrdinal;
        }
    }

    /// <summary>Null: not all of it was read.</summary>
    public IReadOnlyList<ReceivedHour>? Within(long first, long end)
    {
        lock (gate) return from <= first && end <= to ? [.. hours] : null;
    }

    public static void Add(List<ReceivedHour> hours, DateTime time, long first, long count)
    {
        var hour = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerHour));
        if (hours.Count > 0 && hours[^1] is var last && last.Hour == hour && last.FirstOrdinal + last.Count == first) hours[^1] = last with { Count = last.Count + count };
        else hours.Add(new ReceivedHour(hour, first, count));
    }
}

/// <summary>Those of the last readers: one lands while another only looks.</summary>
internal sealed class RecentNotes
{
    private const int Kept = 4;
    private readonly Lock gate = new();
    private readonly Queue<HourNotes> recent = new();

    public HourNotes Begin(long from)
    {
        var notes = new HourNotes(from);
        lock (gate)
        {
            recent.Enqueue(notes);
            if (recent.Count > Kept) recent.Dequeue();
        }
        return notes;
    }

    /// <summary>Null: nobody has read all of it.</summary>
    public IReadOnlyList<ReceivedHour>? Within(long first, long end)
    {
        lock (gate) return recent.Select(n => n.Within(first, end)).LastOrDefault(h => h is not null);
    }
}
