using System.Text.Json;
using Weir.Lake;
using Weir.Land.Rounds;

namespace Weir.Land.Replay;

/// <summary>What a replay changes of one of the ledger's rows: the fates that events lose, and those they get.</summary>
internal sealed class RestatedRange(string stream, string source, long from, long to, DateTime hour)
{
    private readonly SortedDictionary<string, long> quarantined = new(StringComparer.Ordinal), dropped = new(StringComparer.Ordinal);
    private readonly PositionRuns undropped = new();

    public long To => to;

    /// <summary>The fates they get; in order of positions.</summary>
    public HourTally Now { get; } = new();

    public void Leave(Replayable row)
    {
        var reasons = row.WasDropped ? dropped : quarantined;
        reasons[row.Reason] = reasons.GetValueOrDefault(row.Reason) - 1;
        if (row.WasDropped) undropped.Add(row.Position);
    }

    public LedgerRow ToRow() => new(
        stream, source, from, to, hour, Replayer.Movement, Received: 0, Now.Landed, Now.Duplicate, Now.Quarantined + quarantined.Values.Sum(), Now.Dropped + dropped.Values.Sum(), Now.WithoutTime,
        Json(dropped, Now.DropReasons), Now.Duplicates.ToString(), Now.DroppedPositions.ToString(), Json(quarantined, Now.Reasons), UndroppedRuns: undropped.ToString());

    private static string Json(IReadOnlyDictionary<string, long> left, IReadOnlyDictionary<string, long> got) => JsonSerializer.Serialize(new SortedDictionary<string, long>(
        left.Concat(got).GroupBy(r => r.Key).Select(g => KeyValuePair.Create(g.Key, g.Sum(r => r.Value))).Where(r => r.Value != 0).ToDictionary(), StringComparer.Ordinal));
}
