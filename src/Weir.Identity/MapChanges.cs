using Weir.DuckDb;
using Weir.Identity.Stage;

namespace Weir.Identity;

/// <summary>Which rows of <c>identity.customer_map</c> came and went, run by run, so that who reads the map need not read all of it. As it was when this was read.</summary>
/// <param name="Version">The number of the last run.</param>
/// <param name="KnownFrom">The run since which changes are known: the last one that made everything anew, or one a hundred runs ago.</param>
public sealed record MapChanges(long Version, long KnownFrom)
{
    private const int RunsKept = 100;
    private const string Columns = "id, kind, id_value, customer_id, valid_from, valid_to, is_strong, first_seen_at";

    /// <returns>Null: there is no map.</returns>
    public static MapChanges? Read(DuckDBConnection connection) =>
        StateTables.HasChanges(connection) && connection.Query("SELECT run, known_from FROM identity.state", r => new MapChanges(r.GetInt64(0), r.GetInt64(1))) is [var changes] ? changes : null;

    /// <summary>The rows that came and went since a run, as two SELECTs with the columns of the map.</summary>
    /// <returns>Null: that is not known.</returns>
    public (string Added, string Removed)? Since(long run)
    {
        string Rows(string which) => $"SELECT {Columns} FROM identity.map_changes WHERE {which} AND run > {run}";
        return run < KnownFrom || run > Version ? null : (Rows("is_added"), Rows("NOT is_added"));
    }

    /// <summary>The run after this one: notes what it changed, inside its transaction.</summary>
    internal static MapChanges Next(DuckDBConnection connection, bool isWhole)
    {
        var last = Read(connection) ?? new MapChanges(0, 0);
        var run = last.Version + 1;
        var knownFrom = isWhole ? run : Math.Max(last.KnownFrom, run - RunsKept);
        connection.Execute($"DELETE FROM identity.map_changes WHERE run <= {knownFrom}");
        if (!isWhole)
        {
            var (before, after) = ($"SELECT {Columns} FROM ({StateTables.MapSql("weir_ids_before", "weir_weak_before")})", $"SELECT {Columns} FROM ({StateTables.MapSql("weir_ids", "(SELECT * FROM identity.weak_ids SEMI JOIN weir_weak USING (kind, id_value))")})");
            connection.Execute($"INSERT INTO identity.map_changes SELECT {run}, true, * FROM ({after} EXCEPT {before}) UNION ALL SELECT {run}, false, * FROM ({before} EXCEPT {after})");
        }
        return new MapChanges(run, knownFrom);
    }
}
