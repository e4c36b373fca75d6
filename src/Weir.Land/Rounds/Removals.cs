using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;

namespace Weir.Land.Rounds;

/// <summary>Records in the ledger what is about to be removed of a stream, so that a segment which is missing without a row is a fault.</summary>
internal sealed class Removals(LakeStore lake)
{
    public const string Movement = "remove";

    private Dictionary<string, long>? recorded; // by stream: the ordinal after the last one that is recorded

    /// <summary>Records what is not recorded yet; when this returns, it is durable. What a crash left recorded and present is not recorded twice.</summary>
    public void Record(IEventStream stream, IReadOnlyList<RemovedSegment> removed)
    {
        var ends = recorded ?? ReadEnds();
        recorded = ends;
        var known = ends.GetValueOrDefault(stream.Id);
        LedgerRow[] rows = [.. removed.Where(r => r.First >= known).Select(r => Row(stream, r))];
        if (rows.Length == 0) return;
        recorded = null; // whatever happens now is read back from the ledger
        lake.Commit(new LakeChange("WRITE", rows, new Dictionary<string, IReadOnlyList<AddFile>>(), new Dictionary<string, IReadOnlyList<RemoveFile>>()));
        ends[stream.Id] = removed[^1].End;
        recorded = ends;
    }

    private static LedgerRow Row(IEventStream stream, RemovedSegment removed) =>
        new(stream.Id, stream.Source, removed.First, removed.End, removed.Hour, Movement, 0, 0, 0, 0, 0, 0, ChainHash: removed.Hash);

    private Dictionary<string, long> ReadEnds()
    {
        using var connection = LakeViews.Open(lake.ReadLedgerSnapshot());
        return connection.Query($"SELECT stream, max(to_position) FROM lake.ledger WHERE movement = '{Movement}' GROUP BY stream", r => (r.GetString(0), r.GetInt64(1)))
            .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
    }
}
