using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>What stands behind FROM: tables, CTEs, queries, joins, table functions, lists of values, pivots.</summary>
internal sealed class FromReader
{
    private readonly Expressions expressions;
    private readonly Func<JsonElement, NameScope, Shape> query;
    private readonly Func<string, string, string, Shape> relation;
    private readonly Joins joins;
    private readonly Pivots pivots;
    private readonly TableFunctions tableFunctions;

    public FromReader(Expressions expressions, Functions functions, Func<JsonElement, NameScope, Shape> query, Func<string, string, string, Shape> relation)
    {
        (this.expressions, this.query, this.relation) = (expressions, query, relation);
        joins = new Joins(expressions, Read);
        pivots = new Pivots(expressions, Read);
        tableFunctions = new TableFunctions(expressions, functions, query);
    }

    /// <param name="outer">What a lateral query, or the argument of a table function, sees.</param>
    public From Read(JsonElement node, NameScope outer)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var names = node.Texts("column_name_alias");
        var alias = node.Text("alias");
        return node.Text("type") switch
        {
            "EMPTY" => From.Nothing,
            "BASE_TABLE" => BaseTable(node, alias, names, outer),
            "SUBQUERY" => From.Of(query(node.GetProperty("subquery").GetProperty("node"), outer).Named(names), alias),
            "JOIN" => joins.Read(node, outer),
            "TABLE_FUNCTION" => From.Of(tableFunctions.Read(node, outer).Named(names), alias.Length > 0 ? alias : node.GetProperty("function").Text("function_name")),
            "EXPRESSION_LIST" => From.Of(Values(node, outer).Named(names), alias),
            "PIVOT" => From.Of(pivots.Read(node, outer).Named(names), alias),
            var kind => From.Of(Shape.Unknown($"a table of kind {kind} is not known"), alias),
        };
    }

    private From BaseTable(JsonElement node, string alias, IReadOnlyList<string> names, NameScope outer)
    {
        var (catalog, schema, table) = (node.Text("catalog_name"), node.Text("schema_name"), node.Text("table_name"));
        var shape = catalog.Length == 0 && outer.Ctes.GetValueOrDefault(schema.Length == 0 ? table : $"{schema}.{table}") is { } cte ? cte : relation(catalog, schema, table);
        return alias.Length > 0 ? From.Of(shape.Named(names), alias) : From.Of(shape.Named(names), catalog, schema, table);
    }

    private Shape Values(JsonElement node, NameScope outer)
    {
        var scope = new NameScope(outer, outer.Ctes);
        var rows = node.GetProperty("values").EnumerateArray().Select(row => row.EnumerateArray().Select(value => expressions.Read(value, scope)).ToList()).ToList();
        var columns = Enumerable.Range(0, rows[0].Count).Select(at => new Column($"col{at}", Origins.All(rows.Select(row => row[at])))).ToList();
        return new Shape(columns, scope.Influences);
    }
}
