using Weir.Land.Evaluate;

namespace Weir.Land.Replay;

/// <summary>Adds up what became of events, by source and former reason.</summary>
internal sealed class ReplayTally
{
    private readonly SortedDictionary<(string Source, string Reason), ReplayCount> counts = [];
    private readonly SortedDictionary<string, long> unreadable = new(StringComparer.Ordinal);

    public int Commits { get; set; }

    public long Tried { get; private set; }

    public void CountUnreadable(Replayable row)
    {
        unreadable[row.Unreadable!] = unreadable.GetValueOrDefault(row.Unreadable!) + 1;
        Update(row, c => c with { Unreadable = c.Unreadable + 1 });
    }

    public void CountStays(Replayable row) => Update(row, c => c with { Stays = c.Stays + 1 });

    public void CountMoved(Replayable row, Verdict now) => Update(row, c => now switch
    {
        Verdict.Duplicate => c with { Duplicate = c.Duplicate + 1 },
        Verdict.Quarantined => c with { Quarantined = c.Quarantined + 1 },
        Verdict.Dropped => c with { Dropped = c.Dropped + 1 },
        _ => c with { Landed = c.Landed + 1 },
    });

    public ReplayReport Report() => new([.. counts.Values], Commits, unreadable);

    private void Update(Replayable row, Func<ReplayCount, ReplayCount> change)
    {
        var key = (row.Source, row.WasDropped ? $"dropped: {row.Reason}" : row.Reason);
        counts[key] = change(counts.GetValueOrDefault(key) ?? new ReplayCount(key.Source, key.Item2, 0, 0, 0, 0, 0, 0));
        Tried++;
    }
}
