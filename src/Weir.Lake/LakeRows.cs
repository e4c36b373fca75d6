using Weir.Lake.Writing;

namespace Weir.Lake;

/// <summary>What became of the rows of one view between two versions, as two SELECTs with the view's columns.</summary>
/// <param name="Added">Rows that are there now and were not.</param>
/// <param name="Removed">Rows that were there and are not.</param>
public sealed record LakeRows(string Added, string Removed)
{
    /// <summary>More commits than this are not read one by one: whoever was away so long reads everything.</summary>
    private const long MostCommits = 10_000;

    /// <summary>
    /// The change of a view of schema <c>lake</c> since an earlier version of the ledger. Rows that were only moved to other files (compaction) are no change, nor are those that
    /// expired: what was made of them is kept.
    /// </summary>
    /// <param name="lake">The lake.</param>
    /// <param name="snapshot">The version until which is asked; <see cref="LakeViews"/> were made of it.</param>
    /// <param name="view">The view: <c>events</c>, <c>orders</c>, <c>orders_history</c>.</param>
    /// <param name="since">The earlier version.</param>
    /// <returns>Null when it is not known: a commit or a file since then has been cleaned away, or rows were rewritten (erasure).</returns>
    public static LakeRows? Since(LakeStore lake, Snapshot snapshot, string view, long since)
    {
        var history = view.EndsWith("_history", StringComparison.Ordinal) && snapshot.Tables.ContainsKey(view[..^"_history".Length]);
        if (since > snapshot.LedgerVersion || snapshot.LedgerVersion - since > MostCommits || !snapshot.Tables.TryGetValue(history ? view[..^"_history".Length] : view, out var table))
            return null;
        var files = new List<AddFile>();
        for (var version = since + 1; version <= snapshot.LedgerVersion; version++)
        {
            if (lake.ReadCommit(version) is not { } commit || commit.Rewritten.Contains(table.Definition.Name))
                return null;
            files.AddRange(commit.Adds.GetValueOrDefault(table.Definition.Name) ?? []);
        }

        if (!files.TrueForAll(file => File.Exists(Path.Combine(table.Folder, LogPaths.Decode(file.Path)))))
            return null;
        var rows = LakeViews.SelectSql(table, files);
        return table.Definition is { IsEntity: true, Key.Count: > 0 } && !history && files.Count > 0
            ? OfLatest(table.Definition, rows)
            : new LakeRows(rows, LakeViews.SelectSql(table, []));
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
