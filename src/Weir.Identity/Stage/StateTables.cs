using System.Text.Json;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Identity.Stage;

/// <summary>The tables of schema <c>identity</c> in the warehouse (<c>docs/formats/identity.md</c>).</summary>
internal static class StateTables
{
    private const int Format = 2;

    public static void Create(DuckDBConnection connection)
    {
        // An earlier format had other tables; all of it can be made anew.
        if (Exist(connection) && !HasChanges(connection)) connection.Execute("DROP SCHEMA identity CASCADE");
        connection.Execute($"""
            CREATE SCHEMA IF NOT EXISTS identity;
            CREATE TABLE IF NOT EXISTS identity.evidence (
                evidence VARCHAR, left_kind VARCHAR, left_value VARCHAR, left_id VARCHAR, right_kind VARCHAR, right_value VARCHAR, right_id VARCHAR,
                seen_at TIMESTAMPTZ, source VARCHAR, _stream VARCHAR, _position BIGINT);
            CREATE TABLE IF NOT EXISTS identity.sightings (
                evidence VARCHAR, kind VARCHAR, id_value VARCHAR, strong_id VARCHAR, seen_at TIMESTAMPTZ, source VARCHAR, _stream VARCHAR, _position BIGINT);
            CREATE TABLE IF NOT EXISTS identity.junk (evidence VARCHAR, kind VARCHAR, id_value VARCHAR, row_count BIGINT);
            CREATE TABLE IF NOT EXISTS identity.strong_ids (id VARCHAR, kind VARCHAR, id_value VARCHAR, customer_id VARCHAR, cluster BIGINT, first_seen_at TIMESTAMPTZ, partners BIGINT);
            CREATE TABLE IF NOT EXISTS identity.weak_ids (
                id VARCHAR, kind VARCHAR, id_value VARCHAR, customer_id VARCHAR, valid_from TIMESTAMPTZ, valid_to TIMESTAMPTZ, first_seen_at TIMESTAMPTZ, customers BIGINT,
                strong_id VARCHAR, evidence VARCHAR, source VARCHAR, _stream VARCHAR, _position BIGINT);
            CREATE TABLE IF NOT EXISTS identity.merges (
                retired_id VARCHAR, survivor_id VARCHAR, left_id VARCHAR, right_id VARCHAR, merged_at TIMESTAMPTZ, evidence VARCHAR, source VARCHAR, _stream VARCHAR, _position BIGINT);
            CREATE TABLE IF NOT EXISTS identity.state (format INTEGER, mark VARCHAR, rules VARCHAR, splits VARCHAR, run BIGINT, known_from BIGINT);
            CREATE TABLE IF NOT EXISTS identity.map_changes (
                run BIGINT, is_added BOOLEAN, id VARCHAR, kind VARCHAR, id_value VARCHAR, customer_id VARCHAR, valid_from TIMESTAMPTZ, valid_to TIMESTAMPTZ, is_strong BOOLEAN, first_seen_at TIMESTAMPTZ);
            CREATE OR REPLACE VIEW identity.customer_map AS {MapSql("identity.strong_ids", "identity.weak_ids")};
            CREATE OR REPLACE VIEW identity.customer_merges AS
                SELECT m.retired_id, m.survivor_id, i.customer_id, l.kind AS left_kind, l.id_value AS left_value, m.left_id, r.kind AS right_kind, r.id_value AS right_value, m.right_id,
                    m.merged_at, m.evidence, m.source, m._stream, m._position
                FROM identity.merges AS m JOIN identity.strong_ids AS i ON i.id = m.retired_id JOIN identity.strong_ids AS l ON l.id = m.left_id JOIN identity.strong_ids AS r ON r.id = m.right_id;
            CREATE OR REPLACE VIEW identity.refused_ids AS
                SELECT kind, id_value, 'junk' AS reason, sum(row_count)::BIGINT AS how_many FROM identity.junk GROUP BY kind, id_value HAVING sum(row_count) > 0
                UNION ALL SELECT kind, id_value, 'partners', partners FROM identity.strong_ids WHERE customer_id IS NULL
                UNION ALL SELECT kind, id_value, 'customers', customers FROM identity.weak_ids WHERE customer_id IS NULL;
            """);
    }

    /// <summary>The rows of the map out of strong and weak ids.</summary>
    public static string MapSql(string strong, string weak) => $"""
        SELECT id, kind, id_value, customer_id, TIMESTAMPTZ '0001-01-01 00:00:00+00' AS valid_from, TIMESTAMPTZ '9999-12-31 00:00:00+00' AS valid_to, true AS is_strong, first_seen_at
        FROM {strong} WHERE customer_id IS NOT NULL
        UNION ALL
        SELECT id, kind, id_value, customer_id, valid_from, valid_to, false, first_seen_at FROM {weak} WHERE customer_id IS NOT NULL
        """;

    public static bool Exist(DuckDBConnection connection) => IsTable(connection, "state");

    /// <summary>Whether they are of this format.</summary>
    public static bool HasChanges(DuckDBConnection connection) => IsTable(connection, "map_changes");

    private static bool IsTable(DuckDBConnection connection, string name) =>
        connection.Scalar<long>("SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() AND schema_name = 'identity' AND table_name = ?", name) > 0;

    /// <returns>What the tables were made of; null: they were never.</returns>
    public static RunState? Read(DuckDBConnection connection) =>
        connection.Query("SELECT mark, rules, splits FROM identity.state WHERE format = ?", r => (Mark: r.GetString(0), Rules: r.GetString(1), Splits: r.GetString(2)), Format) is [var state] && LakeMark.Parse(state.Mark) is { } mark
            ? new RunState(mark, state.Rules, JsonSerializer.Deserialize<Split[]>(state.Splits) ?? []) : null;

    public static void Write(DuckDBConnection connection, RunState state, MapChanges changes) =>
        connection.Execute($"DELETE FROM identity.state; INSERT INTO identity.state VALUES ({Format}, {Sql.Text(state.Mark.ToText())}, {Sql.Text(state.Rules)}, {Sql.Text(JsonSerializer.Serialize(state.Splits))}, {changes.Version}, {changes.KnownFrom})");

    /// <summary>What the steps made aside: the connection may be asked for more, and its memory is needed.</summary>
    public static void DropTemporary(DuckDBConnection connection)
    {
        connection.Execute("DROP VIEW IF EXISTS temp.weir_clean");
        foreach (var table in connection.Query("SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name LIKE 'weir\\_%' ESCAPE '\\'", r => r.GetString(0))) connection.Execute($"DROP TABLE temp.{Sql.Name(table)}");
    }

    public static void Clear(DuckDBConnection connection) => connection.Execute("""
        DELETE FROM identity.evidence; DELETE FROM identity.sightings; DELETE FROM identity.junk; DELETE FROM identity.strong_ids; DELETE FROM identity.weak_ids; DELETE FROM identity.merges;
        """);
}

/// <summary>What the tables were made of.</summary>
/// <param name="Mark">How far the lake was read.</param>
/// <param name="Rules">By which rules.</param>
/// <param name="Splits">With which splits.</param>
internal sealed record RunState(LakeMark Mark, string Rules, IReadOnlyList<Split> Splits);
