namespace Weir.Land.Rounds;

/// <summary>The fates of a range's events that were received in one hour.</summary>
internal sealed class HourTally
{
    public long Landed { get; private set; }
    public long Duplicate { get; private set; }
    public long Quarantined { get; private set; }
    public long Dropped { get; private set; }

    /// <summary>Of these: events without a time of their own.</summary>
    public long WithoutTime { get; private set; }

    public PositionRuns Duplicates { get; } = new();
    public PositionRuns DroppedPositions { get; } = new();
    public SortedDictionary<string, long> DropReasons { get; } = new(StringComparer.Ordinal);
    public SortedDictionary<string, long> Reasons { get; } = new(StringComparer.Ordinal);

    public long Total => Landed + Duplicate + Quarantined + Dropped;

    public void CountLanded() => Landed++;

    public void CountDuplicate(long position)
    {
        Duplicate++;
        Duplicates.Add(position);
    }

    public void CountQuarantined(string reason)
    {
        Quarantined++;
        Reasons[reason] = Reasons.GetValueOrDefault(reason) + 1;
    }

    public void CountDropped(long position, string reason)
    {
        Dropped++;
        DroppedPositions.Add(position);
        DropReasons[reason] = DropReasons.GetValueOrDefault(reason) + 1;
    }

    public void CountWithoutTime() => WithoutTime++;
}
