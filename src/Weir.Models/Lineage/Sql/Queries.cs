using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>What a query gives, from DuckDB's parse tree: a SELECT, a set operation or a recursion.</summary>
internal sealed class Queries
{
    private readonly Expressions expressions;
    private readonly SelectList selectList;
    private readonly FromReader from;
    private readonly Modifiers modifiers;
    private readonly Func<string, Shape?> ephemeral;

    /// <param name="relation">What a table gives, by catalog, schema and name; the first two may be empty.</param>
    /// <param name="ephemeral">What a CTE gives that stands for a node of its own; null for any other.</param>
    public Queries(Functions functions, Func<string, string, string, Shape> relation, Func<string, Shape?> ephemeral)
    {
        this.ephemeral = ephemeral;
        expressions = new Expressions(functions, Read);
        selectList = new SelectList(expressions);
        modifiers = new Modifiers(expressions);
        from = new FromReader(expressions, functions, Read, relation);
    }

    /// <param name="outer">The scope around it, from which it takes names that are none of its own.</param>
    public Shape Read(JsonElement node, NameScope outer)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        outer = WithCtes(node, outer);
        return node.Text("type") switch
        {
            "SELECT_NODE" => Select(node, outer),
            "SET_OPERATION_NODE" => Ordered(node, SetOperation.Of(node.Text("setop_type"), node.Flag("setop_all"), Read(node.GetProperty("left"), outer), Read(node.GetProperty("right"), outer)), outer),
            "RECURSIVE_CTE_NODE" => Recursion(node, outer),
            var kind => Shape.Unknown($"a query of kind {kind} is not known"),
        };
    }

    private Shape Select(JsonElement node, NameScope outer)
    {
        var tables = node.Part("from_table") is { } table ? from.Read(table, outer) : From.Nothing;
        var scope = new NameScope(outer, outer.Ctes) { From = tables };
        scope.Influence(tables.Influences);
        var shape = selectList.Read(node, scope);
        foreach (var clause in new[] { "where_clause", "having", "qualify" })
        {
            if (node.Part(clause) is { } condition)
                scope.Influence(expressions.Read(condition, scope));
        }

        foreach (var key in node.Parts("group_expressions"))
            scope.Influence(key.Position() is { } position && position <= shape.Columns.Count ? shape.Columns[position - 1].Origins : expressions.Read(key, scope));
        if (node.Text("aggregate_handling") == "FORCE_AGGREGATES")
            scope.Influence(Origins.All(node.Parts("select_list").Where(item => !expressions.Aggregates(item)).Select(item => Key(item, scope))));
        scope.Influence(modifiers.Read(node, shape, scope));
        return shape with { Influences = scope.Influences.Derived() };
    }

    /// <summary>A column that GROUP BY ALL groups by; a star is all of its columns.</summary>
    private Origins Key(JsonElement item, NameScope scope) => item.Text("class") == "STAR" && StarColumns.Source(item, scope) is { } source
        ? Origins.All(StarColumns.Kept(item, source).Select(column => column.Origins))
        : expressions.Read(item, scope);

    private Shape Ordered(JsonElement node, Shape shape, NameScope outer)
    {
        var scope = new NameScope(outer, outer.Ctes) { From = From.Of(shape) };
        scope.Influence(modifiers.Read(node, shape, scope));
        return shape with { Influences = shape.Influences.And(scope.Influences).Derived() };
    }

    /// <summary>The step is read until it adds nothing: each reading carries origins one step further.</summary>
    private Shape Recursion(JsonElement node, NameScope outer)
    {
        var name = node.Text("cte_name");
        var shape = Read(node.GetProperty("left"), outer).Named(node.Texts("aliases"));
        while (true)
        {
            var ctes = outer.Ctes.SetItem(name, shape).SetItem($"recurring.{name}", shape);
            var step = Read(node.GetProperty("right"), new NameScope(outer, ctes));
            var both = SetOperation.Of("UNION", node.Flag("union_all"), shape, step);
            if (Size(both) == Size(shape))
                return both;
            shape = both;
        }
    }

    private static int Size(Shape shape) => shape.Influences.Columns.Count + shape.Columns.Sum(column => column.Origins.Columns.Count + column.Origins.Columns.Values.Count(direct => !direct));

    /// <summary>A CTE sees those before it; the query sees all.</summary>
    private NameScope WithCtes(JsonElement node, NameScope outer)
    {
        if (node.Part("cte_map") is not { } map || !map.Parts("map").Any())
            return outer;
        var scope = outer;
        foreach (var entry in map.Parts("map"))
        {
            var value = entry.GetProperty("value");
            var shape = ephemeral(entry.Text("key")) ?? Read(value.GetProperty("query").GetProperty("node"), scope).Named(value.Texts("aliases"));
            scope = new NameScope(outer, scope.Ctes.SetItem(entry.Text("key"), shape));
        }

        return scope;
    }

    public static NameScope Top { get; } = new(null, ImmutableDictionary.Create<string, Shape>(StringComparer.OrdinalIgnoreCase));
}
