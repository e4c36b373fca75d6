using Weir.Events;

namespace Weir.Land.Rounds;

/// <summary>The fates of one range, in consecutive parts that were received in one hour each.</summary>
internal sealed class RangeTally(IEventStream stream)
{
    private readonly List<Part> parts = [];
    private IReadOnlyList<ReceivedHour> received = [];

    public IEventStream Stream => stream;

    public IReadOnlyList<Part> Parts => parts;

    public long Landed => parts.Sum(p => p.Tally.Landed);
    public long Duplicate => parts.Sum(p => p.Tally.Duplicate);
    public long Quarantined => parts.Sum(p => p.Tally.Quarantined);

    /// <summary>The tally for an event; called in order of positions.</summary>
    public HourTally At(DateTimeOffset receivedAt, long position)
    {
        var hour = HourOf(receivedAt);
        if (parts.Count == 0 || parts[^1].Hour != hour) parts.Add(new Part(hour, position, new HourTally()));
        return parts[^1].Tally;
    }

    /// <summary>Reads what was received of a range according to whoever appended it; null, or why that cannot be read.</summary>
    public WeirException? ReadReceived(long from, long to)
    {
        try
        {
            received = HourStretches.Within(stream.ReadReceived(from, to), from, to);
            return null;
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return LandErrors.CannotRead(stream, e);
        }
    }

    /// <summary>Throws if what was decided is not, hour by hour, what <see cref="ReadReceived"/> read.</summary>
    public void Verify(long from, long to)
    {
        var decided = parts.Select(p => new ReceivedHour(p.Hour, p.From, p.Tally.Total)).ToList();
        if (decided.SequenceEqual(received)) return;
        throw new WeirException(LandErrors.CountsDiffer,
            $"Stream '{stream.Id}' of source '{stream.Source}': of positions {from} to {to - 1} were received {Text(received)}, but {Text(decided)} were decided. "
            + "Nothing of this round was committed. Run 'weir account', and report this with the stream's files: no event is lost as long as they are kept.");
    }

    private static DateTime HourOf(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerHour));
    }

    private static string Text(IReadOnlyList<ReceivedHour> hours) =>
        hours.Count == 0 ? "none" : string.Join(", ", hours.Select(h => $"{h.Count} in {h.Hour:yyyy-MM-dd HH}h from position {h.FirstOrdinal}"));

    /// <summary>Consecutive events of one receive hour.</summary>
    internal sealed record Part(DateTime Hour, long From, HourTally Tally);
}
