using System.Text.Json;
using Weir.Accounting;

namespace Weir.Land.Accounting;

/// <summary>The ledger's rows added up: as many sums as there are hours of sources and streams, however many commits there are.</summary>
internal sealed class LedgerSums
{
    private readonly Dictionary<(string Source, DateTime Hour), AccountRow> fates = [];
    private readonly Dictionary<(string Source, string Reason), long> quarantined = [], dropped = [];
    private readonly Dictionary<(string Stream, DateTime Hour), long> received = [];
    private readonly Dictionary<string, (long LastFrom, long End)> streams = new(StringComparer.Ordinal);
    private readonly List<LedgerFault> unbalanced = [], discontinuous = [];

    /// <summary>The fates by source and receive hour.</summary>
    public IEnumerable<AccountRow> Fates => fates.Values;

    /// <summary>What was received by stream and hour, as the ledger noted it when it landed.</summary>
    public IEnumerable<LandedHour> LandedHours => received.Select(r => new LandedHour(r.Key.Stream, r.Key.Hour, r.Value));

    /// <summary>Rows whose fates are not what was received, or not as many as their range has positions.</summary>
    public IEnumerable<LedgerFault> Unbalanced => InOrder(unbalanced);

    /// <summary>Where a stream's ranges leave a gap or overlap: the row, and the position it should begin at.</summary>
    public IEnumerable<LedgerFault> Discontinuous => InOrder(discontinuous);

    /// <summary>The position after a stream's last range; 0 if it has none.</summary>
    public long EndOf(string stream) => streams.GetValueOrDefault(stream).End;

    public IReadOnlyList<QuarantineCount> Quarantined() => InOrder(quarantined);

    public IReadOnlyList<QuarantineCount> Dropped() => InOrder(dropped);

    /// <summary>False, and nothing is added, if the row does not lie after those of its stream that were added before.</summary>
    public bool TryAdd(in AccountedRow row)
    {
        if (row.IsLanding && !TryAddLanding(row)) return false;
        var sum = fates.GetValueOrDefault((row.Source, row.Hour)) ?? new AccountRow(row.Source, row.Hour, 0, 0, 0, 0, 0, 0, 0);
        fates[(row.Source, row.Hour)] = sum with
        {
            Landed = sum.Landed + row.Landed, Duplicate = sum.Duplicate + row.Duplicate, Quarantined = sum.Quarantined + row.Quarantined,
            Dropped = sum.Dropped + row.Dropped, WithoutTime = sum.WithoutTime + row.WithoutTime,
        };
        Add(quarantined, row.Source, row.QuarantinedByReason);
        Add(dropped, row.Source, row.DroppedByReason);
        return true;
    }

    private static void Add(Dictionary<(string Source, string Reason), long> reasons, string source, string countsJson)
    {
        if (countsJson == "{}") return;
        using var counts = JsonDocument.Parse(countsJson);
        foreach (var count in counts.RootElement.EnumerateObject())
            reasons[(source, count.Name)] = reasons.GetValueOrDefault((source, count.Name)) + count.Value.GetInt64();
    }

    private static IReadOnlyList<QuarantineCount> InOrder(Dictionary<(string Source, string Reason), long> reasons) =>
    [
        .. reasons.Where(r => r.Value != 0).Select(r => new QuarantineCount(r.Key.Source, r.Key.Reason, r.Value))
            .OrderBy(r => r.Source, StringComparer.Ordinal).ThenBy(r => r.Reason, StringComparer.Ordinal),
    ];

    private bool TryAddLanding(in AccountedRow row)
    {
        var (lastFrom, end) = streams.TryGetValue(row.Stream, out var before) ? before : (-1, 0);
        if (row.From < lastFrom) return false;
        if (row.From != end) discontinuous.Add(new LedgerFault(row.Stream, row.Source, row.From, row.To, end, 0));
        if (row.Received != row.Fates || row.Received != row.To - row.From)
            unbalanced.Add(new LedgerFault(row.Stream, row.Source, row.From, row.To, row.Received, row.Fates));
        streams[row.Stream] = (row.From, Math.Max(end, row.To));
        received[(row.Stream, row.Hour)] = received.GetValueOrDefault((row.Stream, row.Hour)) + row.Received;
        return true;
    }

    private static IEnumerable<LedgerFault> InOrder(List<LedgerFault> faults) => faults.OrderBy(f => f.Stream, StringComparer.Ordinal).ThenBy(f => f.From);
}

/// <summary>What the ledger says was received by a stream in an hour.</summary>
internal readonly record struct LandedHour(string Stream, DateTime Hour, long Received);

/// <summary>A row of the ledger that is wrong.</summary>
/// <param name="Stream">Its stream.</param>
/// <param name="Source">Its source.</param>
/// <param name="From">Its first position.</param>
/// <param name="To">The position after its last.</param>
/// <param name="Expected">What it should be.</param>
/// <param name="Actual">What it is.</param>
internal readonly record struct LedgerFault(string Stream, string Source, long From, long To, long Expected, long Actual);
