using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Audit;

/// <summary>
/// Runs a model's SQL on the rows a unit test gives and compares what comes out with what it expects, order aside. Types come from the relations that the rows stand for, so
/// these must be built (with <c>--empty</c> is enough), or the rows be SQL.
/// </summary>
/// <param name="built">The relation that holds a node in this build, aside or published; null when there is none.</param>
internal sealed class UnitTestRunner(NodeGraph graph, Compiler compiler, Warehouse warehouse, Func<Node, string?> built)
{
    /// <summary>How many rows of a difference are shown.</summary>
    private const int Shown = 5;

    public async Task<(TestOutcome Outcome, string Sql)> RunAsync(Node test, CancellationToken cancellation)
    {
        var model = graph[test.DependsOn[0]];
        var links = new GivenLinks(test, model, graph);
        var own = links.This is null ? null : new RelationValue(null, null, null, "cte", GivenLinks.CteOf(model));
        var sql = compiler.CompileForUnitTest(test.UnitTest!, model, links, own);
        var ctes = links.Named.Select(named => (named.Key, Rows(named.Value.Given, named.Value.Node))).ToList();
        if (links.This is { } @this)
            ctes.Add((GivenLinks.CteOf(model), Rows(@this, model)));
        sql = EphemeralCtes.Prepend(sql, ctes);

        var returned = await warehouse.DescribeAsync($"(\n{sql}\n)", cancellation);
        var expect = test.UnitTest!.Expect;
        var compared = expect.Format == "sql"
            ? await warehouse.DescribeAsync($"({expect.Text})", cancellation)
            : [.. returned.Where(column => expect.Rows.Count == 0 || expect.Rows.Any(row => row.Keys.Contains(column.Name, StringComparer.OrdinalIgnoreCase)))];
        var expected = FixtureSql.Of(expect, expect.Format == "sql" || expect.Rows.Count == 0 ? compared : returned, $"what {model.Name} returns");
        var list = string.Join(", ", compared.Select(column => RelationValue.Quoted(column.Name)));
        var actual = $"select {list} from (\n{sql}\n)";
        expected = $"select {list} from (\n{expected}\n)";
        var differences = warehouse.Query(
            $"select '+ ' || row({list})::varchar from (({actual}) except all ({expected})) limit {Shown}", row => row.GetString(0))
            .Concat(warehouse.Query($"select '- ' || row({list})::varchar from (({expected}) except all ({actual})) limit {Shown}", row => row.GetString(0))).ToList();
        return (differences.Count == 0
            ? new TestOutcome(NodeStatus.Pass, 0, "", null)
            : new TestOutcome(NodeStatus.Fail, 1, $"what {model.Name} returns ({list}) is not what '{test.Name}' expects: + is returned, - is missing\n  {string.Join("\n  ", differences.Order(StringComparer.Ordinal))}", null), sql);
    }

    private string Rows(UnitTestInput given, Node node)
    {
        if (given.Rows.Format == "sql")
            return FixtureSql.Of(given.Rows, [], given.Input);
        var relation = built(node) ?? throw new WeirException("WEIR7077", $"the types of {given.Input} are not known, because "
            + (node.IsEphemeral ? "it is ephemeral: give its rows as SQL (`format: sql`)." : $"{node.Schema}.{node.Alias} does not exist: build it first (`--empty` is enough), or give its rows as SQL (`format: sql`)."));
        return FixtureSql.Of(given.Rows, warehouse.Columns(relation), given.Input);
    }
}
