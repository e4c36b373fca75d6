using Weir.DuckDb;
using Weir.Events;
using Weir.Land.Accounting.Verify;
using Weir.Land.Rounds;

namespace Weir.Land.Accounting;

/// <summary>What replays changed of one row of the ledger: their rows name the same stream and range. Counts are signed.</summary>
internal sealed record Restatement(long Landed, long Duplicate, long Quarantined, long Dropped, string DuplicateRuns, string DroppedRuns, string UndroppedRuns)
{
    public static Restatement None { get; } = new(0, 0, 0, 0, "", "", "");

    /// <summary>The dropped positions of the row as they are now, as runs: an event may be dropped, tried again, and dropped again.</summary>
    public string DroppedNow(string landed)
    {
        if (ReferenceEquals(this, None)) return landed;
        var times = new SortedDictionary<long, int>();
        Count(landed, 1);
        Count(DroppedRuns, 1);
        Count(UndroppedRuns, -1);
        var runs = new PositionRuns();
        // One that is listed more often than taken back has as many fates too many: a proof must see each.
        var all = new List<string>();
        for (var n = 1; times.Values.Any(t => t >= n); n++)
        {
            foreach (var (position, _) in times.Where(t => t.Value >= n)) runs.Add(position);
            all.Add(runs.ToString());
            runs = new PositionRuns();
        }
        return string.Join(',', all);

        void Count(string text, int by)
        {
            foreach (var run in Fates.Parse(text))
                for (var at = run.From; at < run.To; at++) times[at] = times.GetValueOrDefault(at) + by;
        }
    }

    /// <summary>The duplicates' positions of the row as they are now, as runs.</summary>
    public string DuplicatesNow(string landed) => Join(landed, DuplicateRuns);

    private static string Join(string one, string other) => one.Length == 0 ? other : other.Length == 0 ? one : $"{one},{other}";
}

/// <summary>Reads the replays' rows of the ledger.</summary>
internal static class Restatements
{
    /// <summary>By stream and range.</summary>
    /// <param name="connection">Has the view <c>lake.ledger</c>.</param>
    /// <param name="stream">Only of this stream; null: of all.</param>
    public static IReadOnlyDictionary<(string Stream, long From, long To), Restatement> Read(DuckDBConnection connection, string? stream = null)
    {
        // The ledger of an older Weir has no such column, and no replays.
        if (connection.Scalar<long>("SELECT count(*) FROM duckdb_columns() WHERE schema_name = 'lake' AND table_name = 'ledger' AND column_name = 'undropped_runs'") == 0)
            return new Dictionary<(string, long, long), Restatement>();
        return connection.Query($"""
            SELECT stream, from_position, to_position, sum(landed)::BIGINT, sum(duplicate)::BIGINT, sum(quarantined)::BIGINT, sum(dropped)::BIGINT,
                   {Runs("duplicate_runs")}, {Runs("dropped_runs")}, {Runs("undropped_runs")}
            FROM lake.ledger WHERE movement = '{Replay.Replayer.Movement}' AND (?::VARCHAR IS NULL OR stream = ?) GROUP BY stream, from_position, to_position
            """, r => (Key: (r.GetString(0), r.GetInt64(1), r.GetInt64(2)), What: new Restatement(r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), r.GetInt64(6), r.GetString(7), r.GetString(8), r.GetString(9))), stream, stream)
            .ToDictionary(r => r.Key, r => r.What);
    }

    private static string Runs(string column) => $"coalesce(string_agg({column}, ',') FILTER ({column} <> ''), '')";
}
