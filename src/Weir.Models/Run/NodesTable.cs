using Weir.Models.Graph;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary><c>weir.nodes</c> in the warehouse: what became of each seed and model last, and what is published. Written by the publishing transaction.</summary>
internal sealed class NodesTable(Warehouse warehouse)
{
    private const string Definition = """
        create schema if not exists weir;
        create table if not exists weir.nodes (
            relation varchar, unique_id varchar, resource_type varchar, status varchar, message varchar, built_at timestamptz, published_at timestamptz,
            checks_passed integer, checks_failed integer, checks_warned integer, rows bigint, seconds double, lake_version bigint)
        """;

    public void Create() => warehouse.Execute(Definition);

    /// <summary>Forgets nodes the project no longer has.</summary>
    public void Forget(NodeGraph graph)
    {
        var known = string.Join(", ", graph.Nodes.Where(node => node.HasRelation).Select(node => "'" + node.UniqueId.Replace("'", "''", StringComparison.Ordinal) + "'"));
        warehouse.Execute($"delete from weir.nodes where {(known.Length == 0 ? "true" : $"unique_id not in ({known})")}");
    }

    /// <summary>Notes attempts; rows, published_at and lake_version stay those of the published version unless this one is published. Two statements for all: each costs as much as a small model.</summary>
    public void Write(IReadOnlyList<(Outcome Outcome, bool Published)> attempts, IReadOnlyDictionary<string, Checks> checks, DateTimeOffset now, long? lakeVersion)
    {
        if (attempts.Count == 0)
            return;
        warehouse.Execute(
            $"insert into weir.nodes (unique_id, resource_type) select id, type from (values {Rows(1, attempts.Count, 2)}) as v(id, type) where id not in (select unique_id from weir.nodes)",
            [.. attempts.SelectMany(attempt => new object?[] { attempt.Outcome.Node.UniqueId, attempt.Outcome.Node.ResourceType })]);
        warehouse.Execute(
            $"""
            update weir.nodes as n set relation = v.relation, status = v.status, message = v.message, built_at = $1, seconds = v.seconds,
                checks_passed = v.passed, checks_failed = v.failed, checks_warned = v.warned,
                published_at = if(v.published, $1, n.published_at), rows = if(v.published, v.rows, n.rows), lake_version = if(v.published, $2, n.lake_version)
            from (values {Rows(3, attempts.Count, 10)}) as v(id, relation, status, message, seconds, passed, failed, warned, published, rows)
            where n.unique_id = v.id
            """,
            [now.UtcDateTime, lakeVersion, .. attempts.SelectMany(attempt => Values(attempt.Outcome, attempt.Published, checks))]);
    }

    private static object?[] Values(Outcome outcome, bool published, IReadOnlyDictionary<string, Checks> all)
    {
        var (node, checks) = (outcome.Node, all.GetValueOrDefault(outcome.Node.UniqueId));
        return [node.UniqueId, $"{node.Schema}.{node.Alias}", outcome.Status.ToString().ToLowerInvariant(), outcome.Message, outcome.Duration.TotalSeconds, checks.Passed, checks.Failed, checks.Warned, published, outcome.Made?.Rows];
    }

    /// <summary>Parameters by number: of a statement with a FROM, DuckDB counts those first.</summary>
    private static string Rows(int first, int count, int columns) =>
        string.Join(", ", Enumerable.Range(0, count).Select(row => $"({string.Join(", ", Enumerable.Range(first + (row * columns), columns).Select(number => $"${number}"))})"));

    /// <summary>Notes what tests found about tables that were not built.</summary>
    public void WriteChecks(string uniqueId, Checks checks) =>
        warehouse.Execute("update weir.nodes set checks_passed = ?, checks_failed = ?, checks_warned = ? where unique_id = ?", checks.Passed, checks.Failed, checks.Warned, uniqueId);
}

/// <summary>How many tests of one relation passed, failed (or could not run) and warned.</summary>
internal readonly record struct Checks(int Passed, int Failed, int Warned)
{
    public static IReadOnlyDictionary<string, Checks> Count(NodeGraph graph, IEnumerable<Outcome> outcomes)
    {
        var counts = new Dictionary<string, Checks>();
        foreach (var test in outcomes.Where(outcome => outcome.Node.IsTest))
        {
            foreach (var id in HeldBack.TestedBy(graph, test.Node).Select(node => node.UniqueId))
            {
                var before = counts.GetValueOrDefault(id);
                counts[id] = test.Status switch
                {
                    NodeStatus.Pass => before with { Passed = before.Passed + 1 },
                    NodeStatus.Warn => before with { Warned = before.Warned + 1 },
                    NodeStatus.Skipped => before,
                    _ => before with { Failed = before.Failed + 1 },
                };
            }
        }

        return counts;
    }
}
