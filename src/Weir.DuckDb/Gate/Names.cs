namespace Weir.DuckDb.Gate;

/// <summary>What a name in FROM or in a cast may mean: the database's own tables, views and types, and information_schema.</summary>
internal sealed class Names
{
    private static readonly string[] FileMarks = ["/", "\\", ":", ".", "*"];

    private readonly string database;
    private readonly HashSet<(string Schema, string Table)> tables;
    private readonly Lazy<HashSet<string>> types;

    public Names(DuckDBConnection connection)
    {
        database = Ascii.Lower(connection.Scalar<string>("select current_database()")!);
        tables = [.. connection.Query(
            """
            select schema_name, table_name from duckdb_tables() where database_name = current_database() and not internal
            union all select schema_name, view_name from duckdb_views() where database_name = current_database() and not internal
            union all select schema_name, view_name from duckdb_views() where schema_name = 'information_schema' and view_name <> 'views'
            """, r => (Ascii.Lower(r.GetString(0)), Ascii.Lower(r.GetString(1))))];
        types = new(() => [.. connection.Query("select type_name from duckdb_types()", r => Ascii.Lower(r.GetString(0)))]);
    }

    public void CheckTable(string catalog, string schema, string table)
    {
        var (c, s, t) = (Ascii.Lower(catalog), Ascii.Lower(schema), Ascii.Lower(table));
        if ((c.Length == 0 || c == database) && tables.Contains((s.Length == 0 ? "main" : s, t))) return;
        // warehouse.table: the database's name where a schema could stand.
        if (c.Length == 0 && s == database && tables.Contains(("main", t))) return;
        throw Refuse(string.Join('.', new[] { catalog, schema, table }.Where(p => p.Length > 0)), c, s, t);
    }

    public void CheckType(string name)
    {
        if (!types.Value.Contains(Ascii.Lower(name))) throw Refusals.Type(name);
    }

    private static WeirException Refuse(string name, string catalog, string schema, string table)
    {
        if (catalog is "system" or "temp" || schema is "pg_catalog" or "information_schema" || table.StartsWith("duckdb_", StringComparison.Ordinal)
            || table.StartsWith("pragma_", StringComparison.Ordinal) || table.StartsWith("sqlite_", StringComparison.Ordinal) || table.StartsWith("pg_", StringComparison.Ordinal))
            return Refusals.EngineTable(name);
        var isFile = FileMarks.Any(mark => table.Contains(mark, StringComparison.Ordinal)) || table is "csv" or "tsv" or "parquet" or "json" or "jsonl" or "ndjson" or "gz" or "zst" or "txt" or "db" or "duckdb";
        return isFile ? Refusals.File(name) : Refusals.NoTable(name);
    }
}
