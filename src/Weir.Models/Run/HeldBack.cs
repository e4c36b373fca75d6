using Weir.Models.Graph;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>
/// Finds what keeps its published version: what failed or whose test failed, everything downstream, and every table that a published view
/// reads which itself is kept (it would show the new rows through the old view).
/// </summary>
internal static class HeldBack
{
    /// <param name="outcomes">Every node of the build that was tried or skipped, by id.</param>
    /// <param name="isPublishedView">Whether a node is published as a view now.</param>
    /// <returns>Why, by id of each node that was made aside and must not be published.</returns>
    public static IReadOnlyDictionary<string, string> Find(NodeGraph graph, IReadOnlyDictionary<string, Outcome> outcomes, Func<Node, bool> isPublishedView)
    {
        var held = new Dictionary<string, string>();
        var open = new Queue<Node>();
        foreach (var outcome in outcomes.Values)
        {
            if (outcome.Node.HasRelation && outcome.Failed)
                Hold(outcome.Node, "");
            else if (outcome.Node.IsTest && outcome.Status is NodeStatus.Fail or NodeStatus.Error)
            {
                foreach (var tested in TestedBy(graph, outcome.Node))
                    Hold(tested, $"the test {outcome.Node.Name} {(outcome.Status == NodeStatus.Fail ? "failed" : "could not run")}");
            }
        }

        while (open.TryDequeue(out var node))
        {
            foreach (var child in Readers(graph, node))
                Hold(child, $"{node.Name}, which it reads, keeps its previous version");
            if (!isPublishedView(node))
                continue;
            foreach (var parent in Read(graph, node))
                Hold(parent, $"the view {node.Name}, which reads it, keeps its previous version");
        }

        return held;

        void Hold(Node node, string why)
        {
            if (outcomes.ContainsKey(node.UniqueId) && held.TryAdd(node.UniqueId, why))
                open.Enqueue(node);
        }
    }

    /// <summary>A generic test judges the node it stands under; a singular test everything it reads.</summary>
    public static IEnumerable<Node> TestedBy(NodeGraph graph, Node test)
    {
        if (test.AttachedTo is null)
            return Read(graph, test);
        var attached = graph[test.AttachedTo];
        return attached.IsEphemeral ? Read(graph, attached) : [attached];
    }

    /// <summary>The seeds, tables and views a node reads, through ephemeral models.</summary>
    private static IEnumerable<Node> Read(NodeGraph graph, Node node) =>
        node.DependsOn.Select(id => graph[id]).SelectMany(parent => parent.IsEphemeral ? Read(graph, parent) : parent.HasRelation ? [parent] : []).Distinct();

    private static IEnumerable<Node> Readers(NodeGraph graph, Node node) =>
        graph.Children(node.UniqueId).Select(id => graph[id]).SelectMany(child => child.IsEphemeral ? Readers(graph, child) : child.HasRelation ? [child] : []).Distinct();
}
