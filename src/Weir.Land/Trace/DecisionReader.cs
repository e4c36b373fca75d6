using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Land.Trace;

/// <summary>Finds the ledger's row for a position, and the commit that wrote it while the log still has it.</summary>
internal sealed class DecisionReader(DuckDBConnection connection, LakeStore lake, Snapshot snapshot)
{
    private readonly List<LedgerCommit> commits = []; // newest first, as far as they were read

    public TracedDecision? Find(string stream, long position)
    {
        var rows = connection.Query(
            "SELECT from_position, to_position, epoch_us(committed_at) FROM lake.ledger WHERE stream = ? AND movement = 'land' AND from_position <= ? AND to_position > ?",
            r => (r.GetInt64(0), r.GetInt64(1), LakeSearch.Time(r.GetInt64(2))), stream, position, position);
        return rows is [var (from, to, at), ..] ? new TracedDecision(from, to, at, VersionOf(stream, position)) : null;
    }

    /// <summary>How many duplicates a stream has before a position.</summary>
    public long CountDuplicates(string stream, long before) =>
        connection.Scalar<long>("SELECT coalesce(sum(duplicate), 0)::BIGINT FROM lake.ledger WHERE stream = ? AND movement = 'land' AND to_position <= ?", stream, before);

    /// <summary>The first commit that took the stream beyond the position; null: it was cleaned away, or that it is the first cannot be told any more.</summary>
    private long? VersionOf(string stream, long position)
    {
        long? candidate = null;
        for (var i = 0; ; i++)
        {
            if (i == commits.Count)
            {
                var next = commits.Count == 0 ? snapshot.LedgerVersion : commits[^1].Version - 1;
                if (next < 0 || lake.ReadCommit(next) is not { } commit) return next < 0 ? candidate : null;
                commits.Add(commit);
            }
            if (!commits[i].NextPositions.TryGetValue(stream, out var to)) continue;
            if (to <= position) return candidate;
            candidate = commits[i].Version;
        }
    }
}
