using Weir.DuckDb;

namespace Weir.Lake;

/// <summary>A snapshot in SQL: schema <c>lake</c> with a view per table over exactly that snapshot's files.</summary>
public static class LakeViews
{
    /// <summary>In an <see cref="AddFile"/>'s tags: how many of the table's data columns, from the first on, the file has.</summary>
    internal const string ColumnsTag = "weir.columns";

    /// <summary>A database of its own, in memory, with the views of a snapshot.</summary>
    public static DuckDBConnection Open(Snapshot snapshot, LakeFilter? filter = null)
    {
        var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Create(connection, snapshot, filter);
        return connection;
    }

    /// <summary>
    /// Makes or replaces the views, all in one transaction: <c>events</c>, <c>quarantine</c>, <c>ledger</c>, and for each entity <c>&lt;entity&gt;</c> (the latest version per key)
    /// and <c>&lt;entity&gt;_history</c> (every row). Call it outside of a transaction, and not from two threads at once on one database. What lies on an object store is fetched when a query
    /// that reads the view begins.
    /// </summary>
    public static void Create(DuckDBConnection connection, Snapshot snapshot, LakeFilter? filter = null)
    {
        if (snapshot.Tables.Values.Any(t => t.Disk is { IsLocal: false })) Fetching.Enable(connection);
        using var declaring = Fetching.Declare();
        Create(connection, snapshot, filter, FetchingSql);
    }

    /// <summary>Makes the views for other programs, which can fetch nothing: all files of the snapshot are fetched now. On an object store they stay for as long as nobody needs their place.</summary>
    public static void CreateForOthers(DuckDBConnection connection, Snapshot snapshot)
    {
        foreach (var table in snapshot.Tables.Values) table.Disk?.Fetch([.. table.Files.Values.Select(f => LakeFiles.Stored(table, f))]);
        Create(connection, snapshot, null, SelectSql);
    }

    private static void Create(DuckDBConnection connection, Snapshot snapshot, LakeFilter? filter, Func<TableSnapshot, IEnumerable<AddFile>, string> selectSql)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute("CREATE SCHEMA IF NOT EXISTS lake");
        foreach (var table in snapshot.Tables.Values.OrderBy(t => t.Definition.Name, StringComparer.Ordinal))
        {
            var name = table.Definition.Name;
            var select = selectSql(table, table.Files.Values.Where(f => filter?.Keeps(table.Definition, f) ?? true));
            if (!table.Definition.IsEntity)
            {
                connection.Execute($"CREATE OR REPLACE VIEW lake.{Sql.Name(name)} AS {select}");
                continue;
            }
            var history = Sql.Name($"{name}_history");
            connection.Execute($"CREATE OR REPLACE VIEW lake.{history} AS {select}");
            connection.Execute($"CREATE OR REPLACE VIEW lake.{Sql.Name(name)} AS {LatestSql($"lake.{history}", table.Definition.Key!)}");
        }
        transaction.Commit();
    }

    /// <summary>A SELECT over files of a table: all of its columns, in its order and types. The files are where SQL can read them.</summary>
    internal static string SelectSql(TableSnapshot table, IEnumerable<AddFile> files) =>
        SelectSql(table, files, list => $"[{string.Join(", ", list.Select(f => Sql.FilePattern(LakeFiles.PathOf(table, f))))}]");

    /// <summary>The same for databases with such views: files that are elsewhere are fetched when it is bound.</summary>
    internal static string FetchingSql(TableSnapshot table, IEnumerable<AddFile> files) =>
        table.Disk is { IsLocal: false } disk ? SelectSql(table, files, list => Fetching.ListSql(disk, table, list)) : SelectSql(table, files);

    private static string SelectSql(TableSnapshot table, IEnumerable<AddFile> files, Func<IReadOnlyList<AddFile>, string> listSql)
    {
        var all = table.Definition.DataColumns.Select(c => c.Name).ToList();
        var parts = files.GroupBy(f => ColumnsIn(f, all.Count)).OrderByDescending(g => g.Key)
            .Select(g => SelectSql(table, all.Skip(g.Key).ToHashSet(StringComparer.Ordinal), [.. g.OrderBy(f => f.ModificationTime).ThenBy(f => f.Path, StringComparer.Ordinal)], listSql)).ToList();
        return parts.Count > 0
            ? string.Join(" UNION ALL ", parts)
            : $"SELECT {string.Join(", ", table.Definition.Columns.Select(c => $"NULL::{c.SqlType} AS {Sql.Name(c.Name)}"))} WHERE false";
    }

    private static string SelectSql(TableSnapshot table, HashSet<string> missing, IReadOnlyList<AddFile> files, Func<IReadOnlyList<AddFile>, string> listSql)
    {
        var definition = table.Definition;
        var columns = definition.Columns.Select(c => missing.Contains(c.Name) ? $"NULL::{c.SqlType} AS {Sql.Name(c.Name)}" : Sql.Name(c.Name));
        var types = string.Join(", ", definition.Columns.Where(c => definition.PartitionColumns.Contains(c.Name)).Select(c => $"{Sql.Text(c.Name)}: {c.SqlType}"));
        var hive = types.Length == 0 ? "hive_partitioning = false" : $"hive_partitioning = true, hive_types = {{{types}}}";
        return $"SELECT {string.Join(", ", columns)} FROM read_parquet({listSql(files)}, {hive})";
    }

    /// <summary>Of equal receive times the stream decides, so that the result does not hang on the order of commits; within a stream the position.</summary>
    internal static string LatestSql(string history, IReadOnlyList<string> key) => key.Count == 0
        ? $"SELECT * FROM {history}"
        : $"SELECT * FROM {history} QUALIFY row_number() OVER (PARTITION BY {string.Join(", ", key.Select(Sql.Name))} ORDER BY received_at DESC, _stream DESC, _position DESC) = 1";

    private static int ColumnsIn(AddFile file, int all) =>
        file.Tags is not null && file.Tags.TryGetValue(ColumnsTag, out var text) && int.TryParse(text, out var count) ? Math.Min(count, all) : all;
}
