using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Materialize;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Swaps what passed into place, all in one transaction, together with what <c>weir.nodes</c> says about it.</summary>
internal sealed class Publisher(Warehouse warehouse, NodeGraph graph)
{
    /// <param name="outcomes">All outcomes in the order of the graph: a view comes after what it reads.</param>
    public void Publish(IReadOnlyList<Outcome> outcomes, long? lakeVersion, DateTimeOffset now)
    {
        var table = new NodesTable(warehouse);
        table.Create();
        var relations = warehouse.Relations();
        var checks = Checks.Count(graph, outcomes);
        using var transaction = warehouse.Begin();
        try
        {
            foreach (var outcome in outcomes.Where(outcome => outcome.Node.HasRelation))
            {
                var publish = outcome.Status == NodeStatus.Success;
                if (publish)
                    Swap(outcome, relations.GetValueOrDefault($"{outcome.Node.Schema}.{outcome.Node.Alias}"));
                table.Write(outcome, publish, checks.GetValueOrDefault(outcome.Node.UniqueId), now, lakeVersion);
            }

            var built = outcomes.Select(outcome => outcome.Node.UniqueId).ToHashSet();
            foreach (var (id, found) in checks.Where(pair => !built.Contains(pair.Key)))
                table.WriteChecks(id, found);
            table.Forget(graph);
            transaction.Commit();
        }
        catch (DuckDBException wrong)
        {
            throw new WeirException("WEIR7030", $"the build could not be published, and everything keeps its previous version: {wrong.Message}\n"
                + "Build again; if it stays, look for another program that changes the warehouse's tables at the same time.", wrong);
        }
    }

    private void Swap(Outcome outcome, string? published)
    {
        var node = outcome.Node;
        if (published is not null)
            warehouse.Execute($"drop {published} {warehouse.Published(node)}");
        if (outcome.Made!.ViewSql is not { } sql)
        {
            warehouse.Execute($"alter table {warehouse.Aside(node)} rename to {RelationValue.Quoted(node.Alias)}");
            return;
        }

        // The view's SQL names what it reads as made aside; under the final names it is the same SQL.
        warehouse.Execute($"drop view {warehouse.Aside(node)}");
        warehouse.Execute($"create view {warehouse.Published(node)} as (\n{sql.Replace(Node.AsideSuffix, "", StringComparison.Ordinal)}\n)");
    }
}
