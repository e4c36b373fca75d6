using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Jinja;
using Weir.Models.Lineage.Sql;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Lineage;

/// <summary>Follows the columns of a project, parents before children.</summary>
internal sealed class LineageReader : IDisposable
{
    private readonly LoadedProject project;
    private readonly Copies copies;
    private readonly Compiler compiler;
    private readonly SqlReader reader;
    private readonly string database;
    private readonly Dictionary<string, Shape> shapes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Shape> ephemerals = new(StringComparer.OrdinalIgnoreCase);

    public LineageReader(LoadedProject project, DuckDBConnection warehouse, TimeProvider clock)
    {
        this.project = project;
        database = warehouse.Scalar<string>("select current_database()")!;
        copies = new Copies(warehouse);
        compiler = new Compiler(project, warehouse, new Invocation("compile", _ => { }, clock), _ => false);
        reader = new SqlReader(copies.Connection, new Queries(new Functions(warehouse), Relation, ephemerals.GetValueOrDefault));
    }

    public IReadOnlyList<NodeLineage> Read() => [.. project.Graph.InOrder().Where(node => node.IsSource || node.IsReferable).Select(Read)];

    public void Dispose()
    {
        compiler.Close();
        copies.Dispose();
    }

    private NodeLineage Read(Node node)
    {
        if (node.IsSource || node.ResourceType == "seed")
        {
            var columns = node.IsSource ? copies.Existing(node.Database, node.Schema, node.Alias) : copies.Seed(node, project.Folder) ?? copies.Existing(null, node.Schema, node.Alias);
            return Keep(node, columns?.Select(column => new ColumnLineage(column.Name, [])).ToList(), Origins.None, columns is null ? "its columns are not known: it is not in the warehouse" : null);
        }

        string sql;
        try
        {
            sql = compiler.Compile(node, new CompileFor());
        }
        catch (Exception error) when (error is JinjaException or WeirException or DuckDBException)
        {
            var published = node.HasRelation ? copies.Existing(null, node.Schema, node.Alias) : null;
            var why = $"it cannot be compiled: {error.Message}";
            return Keep(node, published?.Select(column => Tables(node, column.Name, why)).ToList(), Origins.None, why);
        }

        if (node.ResourceType == "snapshot")
            sql = new Snapshot(node, "timestamp '2000-01-01'").First(sql);
        return Follow(node, reader.Read(sql), copies.Describe(node, sql));
    }

    private NodeLineage Follow(Node node, Shape shape, IReadOnlyList<TableColumn>? described)
    {
        if (described is null && (shape.Rest is not null || shape.Columns.Any(column => column.Name is null)))
            return Keep(node, null, shape.Influences, shape.Influences.Problem ?? shape.Rest?.Invoke(ColumnId.AnyColumn).Problem ?? "its columns are not known: DuckDB cannot describe its SQL, and it is not in the warehouse");
        var names = described?.Select(column => column.Name).ToList() ?? shape.Columns.Select(column => column.Name!).ToList();
        return Keep(node, [.. names.Select((name, at) => ToColumn(node, name, OriginsOf(shape, names, at)))], shape.Influences, shape.Influences.Problem);
    }

    /// <summary>By position; by name where a star hides how many columns there are before it.</summary>
    private static Origins OriginsOf(Shape shape, List<string> names, int at) => shape.Rest is not null
        ? shape.Find(names[at]) ?? shape.Rest(names[at])
        : shape.Columns.Count == names.Count ? shape.Columns[at].Origins : Origins.Unknown($"the SQL gives {names.Count} columns, and {shape.Columns.Count} were followed");

    private static ColumnLineage ToColumn(Node node, string name, Origins origins) => origins.Problem is { } why
        ? Tables(node, name, why)
        : new ColumnLineage(name, [.. Sorted(origins.Columns.Keys).Select(column => new ColumnInput(column, origins.Columns[column]))]);

    private static ColumnLineage Tables(Node node, string name, string why) =>
        new(name, [.. node.DependsOn.Distinct().Order(StringComparer.Ordinal).Select(id => new ColumnInput(new ColumnId(id, ColumnId.AnyColumn), false))], why);

    private NodeLineage Keep(Node node, IReadOnlyList<ColumnLineage>? columns, Origins influences, string? problem)
    {
        Func<string, Origins>? rest = columns is null ? name => Origins.Of(new ColumnId(node.UniqueId, name)) : null;
        var shape = new Shape([.. (columns ?? []).Select(column => new Column(column.Name, Origins.Of(new ColumnId(node.UniqueId, column.Name))))], Origins.None, rest);
        if (node.IsEphemeral)
            ephemerals[EphemeralCtes.NameOf(node)] = shape;
        else
            shapes[Key(node.Database ?? database, node.Schema, node.Alias)] = shape;
        return new NodeLineage(node.UniqueId, node.IsSource ? $"{node.Fqn[^2]}.{node.Name}" : node.Name, columns ?? [], [.. Sorted(influences.Columns.Keys)], problem);
    }

    /// <summary>A table as SQL names it: a node's, or one that the project does not know.</summary>
    private Shape Relation(string catalog, string schema, string table)
    {
        var (inCatalog, inSchema) = (catalog.Length == 0 ? database : catalog, schema.Length == 0 ? "main" : schema);
        if (shapes.GetValueOrDefault(Key(inCatalog, inSchema, table)) is { } known)
            return known;
        var id = $"{(inCatalog == database ? "" : inCatalog + ".")}{inSchema}.{table}";
        var columns = copies.Existing(inCatalog, inSchema, table);
        return shapes[Key(inCatalog, inSchema, table)] = new Shape(
            [.. (columns ?? []).Select(column => new Column(column.Name, Origins.Of(new ColumnId(id, column.Name))))], Origins.None, columns is null ? name => Origins.Of(new ColumnId(id, name)) : null);
    }

    private static string Key(string database, string schema, string name) => $"{database}\n{schema}\n{name}";

    private static IEnumerable<ColumnId> Sorted(IEnumerable<ColumnId> columns) => columns.OrderBy(column => column.Node, StringComparer.Ordinal).ThenBy(column => column.Column, StringComparer.Ordinal);
}
