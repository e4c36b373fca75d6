using System.Collections.Immutable;
using Weir.Accounting;
using Weir.DuckDb;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Rounds;

namespace Weir.Land.Accounting.Verify;

/// <summary>Questions to the ledger of a snapshot.</summary>
internal static class LedgerView
{
    /// <summary>The streams with something in scope, by id. In a whole scope each begins at 0 and ends at its position, whatever rows there are.</summary>
    public static IReadOnlyList<LedgerStream> Streams(DuckDBConnection connection, Snapshot snapshot, VerifyScope scope)
    {
        var sources = connection.Query("SELECT stream, any_value(source) FROM lake.ledger GROUP BY stream", r => (r.GetString(0), r.GetString(1)))
            .ToDictionary(r => r.Item1, r => r.Item2, StringComparer.Ordinal);
        var rows = connection.Query($"""
            SELECT stream, min(from_position), max(to_position) FROM lake.ledger
            WHERE movement = 'land' AND hour >= {Time(scope.From ?? DateTime.UnixEpoch)} AND hour < {Time(scope.To ?? DateTime.MaxValue)} GROUP BY stream
            """, r => (Stream: r.GetString(0), From: r.GetInt64(1), To: r.GetInt64(2))).ToDictionary(r => r.Stream, r => (r.From, r.To), StringComparer.Ordinal);
        var streams = new List<LedgerStream>();
        foreach (var id in snapshot.Positions.Keys.Union(rows.Keys).Order(StringComparer.Ordinal))
        {
            var source = sources.GetValueOrDefault(id, "");
            if (scope.Source is not null && scope.Source != source) continue;
            var position = snapshot.Positions.GetValueOrDefault(id);
            if (scope.IsWhole) streams.Add(new(id, source, 0, Math.Max(position, rows.GetValueOrDefault(id).To), position));
            else if (rows.TryGetValue(id, out var part)) streams.Add(new(id, source, part.From, part.To, position));
            else streams.Add(new(id, source, position, position, position)); // what waits may be in scope
        }
        return streams;
    }

    /// <summary>Up to where one pass can look at a stream: to the end of a row.</summary>
    public static long PassEnd(DuckDBConnection connection, LedgerStream stream, long from, long ordinals) => stream.To - from <= ordinals
        ? stream.To
        : connection.Scalar<long?>("""
            SELECT coalesce(max(to_position) FILTER (WHERE to_position <= ?), min(to_position)) FROM lake.ledger WHERE movement = 'land' AND stream = ? AND to_position > ?
            """, from + ordinals, stream.Id, from) ?? stream.To;

    /// <summary>What is recorded as removed of a stream, in order.</summary>
    public static IReadOnlyList<RemovedSegment> Removed(LakeStore lake, string stream)
    {
        var snapshot = lake.ReadLedgerSnapshot();
        var ledger = snapshot[LakeTables.Ledger.Name];
        if (ledger.Definition.Columns.All(c => c.Name != "chain_hash")) return []; // of a Weir that recorded none
        // A file that is lost was told as such; what it recorded counts as not recorded.
        var present = ledger.Files.Values.Where(f => LakeFiles.LengthOf(ledger, f) is not null);
        using var connection = LakeViews.Open(snapshot.Only(LakeTables.Ledger, present));
        return connection.Query($"""
            SELECT DISTINCT epoch_us(hour), from_position, to_position, chain_hash FROM lake.ledger
            WHERE movement = '{Removals.Movement}' AND stream = ? ORDER BY from_position
            """, r => new RemovedSegment(DateTime.UnixEpoch.AddMicroseconds(r.GetInt64(0)), r.GetInt64(1), r.GetInt64(2) - r.GetInt64(1), r.GetString(3)), stream);
    }

    private static string Time(DateTime time) => $"TIMESTAMPTZ '{time:yyyy-MM-dd HH:mm:ss}+00'";
}
