using System.Text.Json;
using Weir.DuckDb;

namespace Weir.Lake;

/// <summary>What became of the rows of one view between two versions, as two SELECTs with the view's columns.</summary>
/// <param name="Added">Rows that are there now and were not.</param>
/// <param name="Removed">Rows that were there and are not.</param>
public sealed record LakeRows(string Added, string Removed)
{
    /// <summary>More commits than this are not read one by one to find the files: those of the snapshot are asked for their positions.</summary>
    private const long MostCommits = 1_000;

    /// <summary>
    /// The change of a view of schema <c>lake</c> since an earlier version of the ledger. A row that landed since is known by its stream and position, in whatever file it lies now:
    /// compaction is no change. Nor is expiry: what was made of the rows is kept.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="snapshot">The version until which is asked; <see cref="LakeViews"/> were made of it.</param>
    /// <param name="view">The view: <c>events</c>, <c>orders</c>, <c>orders_history</c>.</param>
    /// <param name="since">The earlier version.</param>
    /// <returns>Null when it is not known: rows came or went otherwise than by landing (erasure), or it is another lake, or an older state of it.</returns>
    public static LakeRows? Since(LakeStore lake, Snapshot snapshot, string view, LakeMark since)
    {
        var history = view.EndsWith("_history", StringComparison.Ordinal) && snapshot.Tables.ContainsKey(view[..^"_history".Length]);
        if (!snapshot.Tables.TryGetValue(history ? view[..^"_history".Length] : view, out var table))
            return null;
        var name = table.Definition.Name;
        if (since.Lake != (lake.Id ?? "") || since.Version > snapshot.LedgerVersion || snapshot.Restated.GetValueOrDefault(name, -1) > since.Version
            || since.Positions.Any(then => snapshot.Positions.GetValueOrDefault(then.Key) < then.Value))
            return null;
        var nothing = LakeViews.SelectSql(table, []);
        if (name == LakeTables.Ledger.Name) // its rows come from no stream
            return lake.FilesAddedAfter(since.Version, name, snapshot) is { } news ? new LakeRows(LakeViews.FetchingSql(table, news), nothing) : null;

        var moved = snapshot.Positions.Select(now => (Stream: now.Key, From: since.Positions.GetValueOrDefault(now.Key), To: now.Value)).Where(s => s.From < s.To).ToList();
        var present = (snapshot.LedgerVersion - since.Version <= MostCommits ? lake.FilesHoldingRowsAfter(since.Version, name, snapshot) : null) ?? table.Files.Values;
        var first = moved.Count == 0 ? long.MaxValue : moved.Min(s => s.From);
        var files = present.Where(file => MayHold(file, first)).ToList();
        if (files.Count == 0)
            return new LakeRows(nothing, nothing);
        var landed = string.Join(" OR ", moved.Select(s => $"(_stream = {Sql.Text(s.Stream)} AND _position >= {s.From} AND _position < {s.To})"));
        var rows = $"SELECT * FROM ({LakeViews.FetchingSql(table, files)}) WHERE {landed}";
        return table.Definition is { IsEntity: true, Key.Count: > 0 } && !history ? OfLatest(table.Definition, rows) : new LakeRows(rows, nothing);
    }

    /// <summary>Whether a file may hold a row at a position or after it, as its statistics say.</summary>
    private static bool MayHold(AddFile file, long position)
    {
        if (file.Stats is null)
            return true;
        using var stats = JsonDocument.Parse(file.Stats);
        return !stats.RootElement.TryGetProperty("maxValues", out var most) || !most.TryGetProperty("_position", out var last) || last.GetInt64() >= position;
    }

    /// <summary>A new version of a key takes the place of the one that was the latest before.</summary>
    private static LakeRows OfLatest(TableDefinition definition, string rows)
    {
        var history = $"lake.{Sql.Name($"{definition.Name}_history")}";
        var key = string.Join(" AND ", definition.Key!.Select(column => $"weir_new.{Sql.Name(column)} IS NOT DISTINCT FROM weir_all.{Sql.Name(column)}"));
        // A CTE, because in a join's right side DuckDB takes the type in hive_types for the column `date` of its left.
        var touched = $"WITH weir_new AS ({rows}) SELECT weir_all.* FROM {history} AS weir_all SEMI JOIN weir_new ON {key}";
        var before = $"{touched} ANTI JOIN weir_new AS weir_same ON weir_same._stream = weir_all._stream AND weir_same._position = weir_all._position";
        return new LakeRows(LakeViews.LatestSql($"({touched})", definition.Key!), LakeViews.LatestSql($"({before})", definition.Key!));
    }
}
