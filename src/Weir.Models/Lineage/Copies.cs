using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Lineage;

/// <summary>An empty copy of every relation, in a database of its own: there DuckDB describes the SQL as it is now, whatever was built before.</summary>
internal sealed class Copies : IDisposable
{
    private readonly DuckDBConnection connection = new("Data Source=:memory:");
    private readonly Warehouse warehouse;
    private readonly Warehouse original;

    public Copies(DuckDBConnection of)
    {
        original = new Warehouse(of);
        connection.Open();
        if (original.Database != "memory")
            connection.Execute($"attach ':memory:' as {RelationValue.Quoted(original.Database)}; use {RelationValue.Quoted(original.Database)}");
        connection.Execute($"set timezone = '{of.Scalar<string>("select current_setting('TimeZone')")}'");
        warehouse = new Warehouse(connection);
    }

    /// <summary>Parses; knows the empty copies.</summary>
    public DuckDBConnection Connection => connection;

    /// <summary>The columns of a relation that is there, copied; null when it is not.</summary>
    public IReadOnlyList<TableColumn>? Existing(string? database, string schema, string name) =>
        Try(() => original.Columns(new RelationValue(database ?? original.Database, schema, name).ToString())) is { } columns ? Add(database, schema, name, columns) : null;

    /// <summary>The columns of a seed as its file and settings say; null when the file is not right.</summary>
    public IReadOnlyList<TableColumn>? Seed(Node node, string folder) => Try(() =>
    {
        connection.Execute($"create schema if not exists {RelationValue.Quoted(node.Schema)}");
        new SeedMaker(warehouse, folder).MakeAsync(node, empty: true, CancellationToken.None).GetAwaiter().GetResult();
        return Add(null, node.Schema, node.Alias, warehouse.Columns(warehouse.Aside(node)));
    });

    /// <summary>The columns of a node's SQL; where it reads what is not known here, as the warehouse has them; null when neither can say.</summary>
    public IReadOnlyList<TableColumn>? Describe(Node node, string sql)
    {
        var columns = Try(() => warehouse.Columns($"(\n{sql}\n)")) ?? Try(() => original.Columns($"(\n{sql}\n)")) ?? (node.HasRelation ? Try(() => original.Columns(original.Published(node))) : null);
        return columns is null || !node.HasRelation ? columns : Add(null, node.Schema, node.Alias, columns);
    }

    public void Dispose() => connection.Dispose();

    private IReadOnlyList<TableColumn> Add(string? database, string schema, string name, IReadOnlyList<TableColumn> columns)
    {
        if (database is not null && database != warehouse.Database)
            connection.Execute($"attach if not exists ':memory:' as {RelationValue.Quoted(database)}");
        var place = RelationValue.Quoted(database ?? warehouse.Database);
        // A type of the warehouse's own is not known here: what reads the column is then described by the warehouse.
        Try(() =>
        {
            connection.Execute($"create schema if not exists {place}.{RelationValue.Quoted(schema)}");
            connection.Execute($"create or replace table {place}.{RelationValue.Quoted(schema)}.{RelationValue.Quoted(name)} ({string.Join(", ", columns.Select(column => $"{RelationValue.Quoted(column.Name)} {column.Type}"))})");
            return columns;
        });
        return columns;
    }

    private static IReadOnlyList<TableColumn>? Try(Func<IReadOnlyList<TableColumn>> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is DuckDBException or WeirException or IOException)
        {
            return null;
        }
    }
}
