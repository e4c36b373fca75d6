using Weir.DuckDb;
using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Materialize;
using Weir.Models.Materialize.Changes;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Swaps what passed into place, all in one transaction, together with what <c>weir.nodes</c> says about it.</summary>
internal sealed class Publisher(Warehouse warehouse, NodeGraph graph, Action<Node> runPostHooks)
{
    /// <param name="outcomes">All outcomes in the order of the graph: a view comes after what it reads.</param>
    /// <returns>The node whose part was refused, and why: then nothing was published. Null when all was.</returns>
    public (Node Node, Exception Why)? Publish(IReadOnlyList<Outcome> outcomes, long? lakeVersion, string? lakeMark, DateTimeOffset now)
    {
        var table = new NodesTable(warehouse);
        table.Create();
        ChangeLog.Create(warehouse);
        var log = ChangeLog.Load(warehouse);
        var relations = warehouse.Relations();
        var checks = Checks.Count(graph, outcomes);
        var attempts = new List<(Outcome, bool)>();
        Node? at = null;
        using var transaction = warehouse.Begin();
        try
        {
            foreach (var outcome in outcomes.Where(outcome => outcome.Node.HasRelation))
            {
                var publish = outcome.Status == NodeStatus.Success;
                if (publish)
                {
                    at = outcome.Node;
                    Swap(warehouse, outcome, relations.GetValueOrDefault($"{outcome.Node.Schema}.{outcome.Node.Alias}"));
                    runPostHooks(outcome.Node);
                    log.Publish(warehouse, $"{outcome.Node.Schema}.{outcome.Node.Alias}", outcome.Change, warehouse.ChangesOf(outcome.Node));
                    at = null;
                }

                attempts.Add((outcome, publish));
            }

            table.Write(attempts, checks, now, lakeVersion);

            foreach (var outcome in outcomes.Where(outcome => outcome.Node.HasRelation && outcome.Status == NodeStatus.Success))
            {
                log.Write(warehouse, outcome.Node.UniqueId, outcome.Reads);
                if (outcome.Vars is { } vars)
                    RecordedVars.Write(warehouse, outcome.Node, vars);
            }

            if (lakeVersion is { } version && lakeMark is not null)
                ChangeLog.Keep(warehouse, version, lakeMark);
            log.Prune(warehouse, graph);
            var built = outcomes.Select(outcome => outcome.Node.UniqueId).ToHashSet();
            foreach (var (id, found) in checks.Where(pair => !built.Contains(pair.Key)))
                table.WriteChecks(id, found);
            table.Forget(graph);
            transaction.Commit();
            return null;
        }
        catch (Exception wrong) when (at is not null && wrong is DuckDBException or WeirException or Jinja.JinjaException)
        {
            return (at!, wrong);
        }
        catch (DuckDBException wrong)
        {
            throw new WeirException("WEIR7030", $"the build could not be published, and everything keeps its previous version: {wrong.Message}\n"
                + "Build again; if it stays, look for another program that changes the warehouse's tables at the same time.", wrong);
        }
    }

    /// <summary>Makes what lies aside the published version, inside the caller's transaction.</summary>
    /// <param name="published"><c>table</c> or <c>view</c>; null when nothing is published yet.</param>
    public static void Swap(Warehouse warehouse, Outcome outcome, string? published)
    {
        var node = outcome.Node;
        if (outcome.Made is not { } made)
            return;
        if (made.Delta is { IsCopied: false } delta)
        {
            warehouse.Execute($"drop view {warehouse.Aside(node)}");
            foreach (var statement in delta.Apply(warehouse.Published(node)))
                warehouse.Execute(statement);
        }
        else
        {
            if (published is not null)
                warehouse.Execute($"drop {published} {warehouse.Published(node)}");
            if (made.ViewSql is { } sql)
            {
                // The view's SQL names what it reads as made aside; under the final names it is the same SQL.
                warehouse.Execute($"drop view {warehouse.Aside(node)}");
                warehouse.Execute($"create view {warehouse.Published(node)} as (\n{sql.Replace(Node.AsideSuffix, "", StringComparison.Ordinal)}\n)");
            }
            else
            {
                warehouse.Execute($"alter table {warehouse.Aside(node)} rename to {RelationValue.Quoted(node.Alias)}");
            }
        }

        if (node.Materialized == "incremental" || node.ResourceType == "snapshot")
            warehouse.Execute($"drop table if exists {warehouse.Given(node)}; drop table if exists {warehouse.DeltaOf(node)}");
    }
}
