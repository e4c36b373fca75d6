using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>The warehouse as a build uses it: one connection, for one thread at a time.</summary>
internal sealed class Warehouse(DuckDBConnection connection)
{
    private static readonly string[] Suffixes = [Node.AsideSuffix, GivenSuffix, DeltaSuffix, ChangesSuffix, TouchedSuffix];

    private const string GivenSuffix = Node.AsideSuffix + "_given";
    private const string DeltaSuffix = Node.AsideSuffix + "_delta";
    private const string ChangesSuffix = Node.AsideSuffix + "_changes";
    private const string TouchedSuffix = Node.AsideSuffix + "_touched";

    private HashSet<string>? aggregates;

    public string Database { get; } = connection.Scalar<string>("select current_database()")!;

    public Task ExecuteAsync(string sql, CancellationToken cancellation) => connection.ExecuteAsync(sql, cancellation);

    /// <summary>The first row, or the default when there is none.</summary>
    public async Task<T?> FirstAsync<T>(string sql, Func<DuckDBDataReader, T> row, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? row(reader) : default;
    }

    /// <summary>The first row; the token interrupts the query.</summary>
    public async Task<T> SingleAsync<T>(string sql, Func<DuckDBDataReader, T> row, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = (DuckDBDataReader)await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return row(reader);
    }

    public long Execute(string sql, params object?[] parameters) => connection.Execute(sql, parameters);

    public DuckDBTransaction Begin() => connection.BeginTransaction();

    public string Published(Node node) => new RelationValue(Database, node.Schema, node.Alias).ToString();

    public string Aside(Node node) => new RelationValue(Database, node.Schema, node.AsideAlias).ToString();

    /// <summary>What an incremental model returned.</summary>
    public string Given(Node node) => new RelationValue(Database, node.Schema, node.Alias + GivenSuffix).ToString();

    /// <summary>The same rows in the shape of the published table.</summary>
    public string DeltaOf(Node node) => new RelationValue(Database, node.Schema, node.Alias + DeltaSuffix).ToString();

    /// <summary>The rows that come and go when what is aside is published, marked by <c>weir_added</c>.</summary>
    public string ChangesOf(Node node) => new RelationValue(Database, node.Schema, node.Alias + ChangesSuffix).ToString();

    /// <summary>The keys of the units a model restates.</summary>
    public string TouchedOf(Node node) => new RelationValue(Database, node.Schema, node.Alias + TouchedSuffix).ToString();

    /// <summary>The names of DuckDB's aggregate functions.</summary>
    public IReadOnlySet<string> Aggregates => aggregates ??= [.. connection.Query("select distinct function_name from duckdb_functions() where function_type = 'aggregate'", row => row.GetString(0))];

    public IReadOnlyList<T> Query<T>(string sql, Func<DuckDBDataReader, T> row, params object?[] parameters) => connection.Query(sql, row, parameters);

    /// <summary>Another connection to the same database, with the same time zone.</summary>
    public Warehouse Fork()
    {
        var other = connection.Duplicate();
        other.Execute($"set timezone = '{connection.Scalar<string>("select current_setting('TimeZone')")}'");
        return new Warehouse(other);
    }

    /// <summary>Ends a fork; the connection a build was given stays open.</summary>
    public void Close() => connection.Dispose();

    /// <summary>Tables and views by <c>schema.name</c>, without regard to case: <c>table</c> or <c>view</c>.</summary>
    public IReadOnlyDictionary<string, string> Relations()
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, kind) in connection.Query(
            "select schema_name || '.' || table_name, 'table' from duckdb_tables() where database_name = current_database() and not internal "
            + "union all select schema_name || '.' || view_name, 'view' from duckdb_views() where database_name = current_database() and not internal",
            row => (row.GetString(0), row.GetString(1))))
            found[name] = kind;
        return found;
    }

    /// <summary>The columns of a relation in order.</summary>
    public IReadOnlyList<TableColumn> Columns(string relation) =>
        connection.Query($"select column_name, column_type from (describe {relation})", row => new TableColumn(row.GetString(0), row.GetString(1)));

    /// <summary>A number that other rows of a small table change, in whatever order they lie.</summary>
    public long Fingerprint(string relation) =>
        connection.Query($"select coalesce(sum(hash(weir_row) % 4294967291), 0)::bigint + count(*) from {relation} as weir_row", row => row.GetInt64(0)).Single();

    /// <summary>The columns of a select in parentheses, without running it.</summary>
    public Task<IReadOnlyList<TableColumn>> DescribeAsync(string select, CancellationToken cancellation) =>
        Task.Run(() => connection.Query($"describe {select}", row => new TableColumn(row.GetString(0), row.GetString(1))), cancellation);

    /// <summary>DuckDB's own name of a type: <c>int</c> is <c>INTEGER</c>.</summary>
    public string TypeName(string type) => connection.Query($"select column_type from (describe select cast(null as {type}) as x)", row => row.GetString(0)).Single();

    /// <summary>Whether every value of a number's or a time's type is one of the wider type too.</summary>
    public bool Widens(string narrow, string wide)
    {
        if (IsText(narrow) != IsText(wide))
            return false;
        return connection.Query($"select column_type from (describe select cast(null as {narrow}) as x union all select cast(null as {wide}))", row => row.GetString(0)).Single() == wide;
    }

    private static bool IsText(string type) => type == "VARCHAR";

    /// <summary>Removes what an earlier build that was killed, or this one, left aside.</summary>
    public void DropAside()
    {
        foreach (var (name, kind) in Relations().Where(pair => Array.Exists(Suffixes, suffix => pair.Key.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))).OrderByDescending(pair => pair.Value))
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            connection.Execute($"drop {kind} if exists {new RelationValue(Database, name[..dot], name[(dot + 1)..])}");
        }
    }
}
