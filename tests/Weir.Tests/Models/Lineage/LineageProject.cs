using Weir.DuckDb;
using Weir.Models.Lineage;

namespace Weir.Tests.Models.Lineage;

/// <summary>A project with the sources t and u, and the model q over them.</summary>
internal sealed class LineageProject : IDisposable
{
    private readonly SmallProject project = new();

    public LineageProject(string sql)
    {
        Connection.Execute("create schema raw");
        Connection.Execute("create table raw.t (id integer, a integer, b integer, c varchar, d integer, l integer[], s struct(p integer, q struct(r integer)))");
        Connection.Execute("create table raw.u (id integer, x integer, y integer)");
        project.Write("models/sources.yml", "sources: [{name: raw, tables: [{name: t}, {name: u}]}]").Model("q", Over(sql, table => $"{{{{ source('raw', '{table}') }}}}"));
    }

    public DuckDBConnection Connection => project.Connection;

    /// <summary>The query with its tables named.</summary>
    public static string Over(string sql, Func<string, string> name) => sql.Replace("$t.", "t.", StringComparison.Ordinal).Replace("$t", name("t"), StringComparison.Ordinal).Replace("$u", name("u"), StringComparison.Ordinal);

    public NodeLineage Read() => project.Lineage().Find("q")!;

    /// <summary>A node's lineage as the cases write it.</summary>
    public static string Write(NodeLineage node)
    {
        var columns = node.Columns.Select(column => string.Join(' ', [column.Name, .. column.Inputs.Select(input => (input.IsDirect ? "=" : "<") + Short(input.Column)), .. column.Unresolved is { } why ? new[] { $"({why})" } : []]));
        return $"{string.Join("; ", columns)} | {string.Join(' ', node.Influences.Select(Short))}".TrimEnd() + (node.Unresolved is { } problem ? $" ({problem})" : "");
    }

    public void Dispose() => project.Dispose();

    private static string Short(ColumnId column) => $"{column.Node.Split('.')[^1]}.{column.Column}";
}
