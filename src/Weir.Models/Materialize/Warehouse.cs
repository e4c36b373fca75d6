using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>The warehouse as a build uses it.</summary>
internal sealed class Warehouse(DuckDBConnection connection)
{
    public string Database { get; } = connection.Scalar<string>("select current_database()")!;

    public Task ExecuteAsync(string sql, CancellationToken cancellation) => connection.ExecuteAsync(sql, cancellation);

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

    /// <summary>Column names in order.</summary>
    public IReadOnlyList<string> Columns(string relation) =>
        connection.Query($"select column_name from (describe {relation})", row => row.GetString(0));

    /// <summary>Removes what an earlier build that was killed, or this one, left aside.</summary>
    public void DropAside()
    {
        foreach (var (name, kind) in Relations().Where(pair => pair.Key.EndsWith(Node.AsideSuffix, StringComparison.OrdinalIgnoreCase)))
        {
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            connection.Execute($"drop {kind} if exists {new RelationValue(Database, name[..dot], name[(dot + 1)..])}");
        }
    }
}
