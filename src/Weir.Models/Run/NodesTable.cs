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

    /// <summary>Notes an attempt; rows, published_at and lake_version stay those of the published version unless this one is published.</summary>
    public void Write(Outcome outcome, bool published, Checks checks, DateTimeOffset now, long? lakeVersion)
    {
        var node = outcome.Node;
        var relation = $"{node.Schema}.{node.Alias}";
        if (warehouse.Execute("update weir.nodes set relation = ? where unique_id = ?", relation, node.UniqueId) == 0)
            warehouse.Execute("insert into weir.nodes (relation, unique_id, resource_type) values (?, ?, ?)", relation, node.UniqueId, node.ResourceType);
        warehouse.Execute(
            "update weir.nodes set status = ?, message = ?, built_at = ?, seconds = ?, checks_passed = ?, checks_failed = ?, checks_warned = ? where unique_id = ?",
            outcome.Status.ToString().ToLowerInvariant(), outcome.Message, now.UtcDateTime, outcome.Duration.TotalSeconds, checks.Passed, checks.Failed, checks.Warned, node.UniqueId);
        if (published)
            warehouse.Execute("update weir.nodes set published_at = ?, rows = ?, lake_version = ? where unique_id = ?", now.UtcDateTime, outcome.Made?.Rows, lakeVersion, node.UniqueId);
    }

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
