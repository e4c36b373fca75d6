using Weir.Models.Project;

namespace Weir.Models.Graph;

/// <summary>Who reads whom. Order is by name where the graph leaves it open, so that builds are repeatable.</summary>
internal sealed class NodeGraph
{
    private readonly Dictionary<string, Node> nodes;
    private readonly Dictionary<string, List<string>> children = [];

    public NodeGraph(IEnumerable<Node> all)
    {
        nodes = all.ToDictionary(node => node.UniqueId);
        foreach (var node in nodes.Values.OrderBy(node => node.UniqueId, StringComparer.Ordinal))
        {
            foreach (var parent in node.DependsOn.Distinct())
                (children.TryGetValue(parent, out var list) ? list : children[parent] = []).Add(node.UniqueId);
        }
    }

    public IEnumerable<Node> Nodes => nodes.Values.OrderBy(node => node.UniqueId, StringComparer.Ordinal);

    public Node this[string id] => nodes[id];

    public bool Contains(string id) => nodes.ContainsKey(id);

    public IReadOnlyList<string> Children(string id) => children.TryGetValue(id, out var list) ? list : [];

    public IReadOnlySet<string> Ancestors(string id, int depth = int.MaxValue) => Reach(id, depth, node => nodes[node].DependsOn);

    public IReadOnlySet<string> Descendants(string id, int depth = int.MaxValue) => Reach(id, depth, Children);

    /// <summary>Parents before children; tests as early as possible, so that what they guard waits for them, but those of sources after the seeds, which may be these sources.</summary>
    public IReadOnlyList<Node> InOrder()
    {
        var waiting = nodes.Values.ToDictionary(node => node.UniqueId, node => node.DependsOn.Distinct().Count(nodes.ContainsKey));
        var ready = new SortedSet<(int Rank, string Id)>(waiting.Where(pair => pair.Value == 0).Select(pair => Ranked(pair.Key)));
        var order = new List<Node>();
        while (ready.Count > 0)
        {
            var next = ready.Min;
            ready.Remove(next);
            order.Add(nodes[next.Id]);
            foreach (var child in Children(next.Id))
            {
                if (--waiting[child] == 0)
                    ready.Add(Ranked(child));
            }
        }

        return order;
    }

    /// <summary>The ids of a cycle, in the order in which each reads the next; empty when there is none.</summary>
    public IReadOnlyList<string> FindCycle()
    {
        var left = nodes.Keys.Except(InOrder().Select(node => node.UniqueId)).ToHashSet();
        if (left.Count == 0)
            return [];
        var path = new List<string>();
        var at = left.Order(StringComparer.Ordinal).First();
        while (!path.Contains(at))
        {
            path.Add(at);
            at = nodes[at].DependsOn.First(left.Contains);
        }

        return path[path.IndexOf(at)..];
    }

    private (int Rank, string Id) Ranked(string id) => (nodes[id].ResourceType switch { "source" => 0, "test" when nodes[id].DependsOn.Exists(parent => !nodes[parent].IsSource) => 1, "seed" => 2, "test" => 3, _ => 4 }, id);

    private HashSet<string> Reach(string id, int depth, Func<string, IEnumerable<string>> step)
    {
        var seen = new HashSet<string>();
        var edge = new List<string> { id };
        for (var i = 0; i < depth && edge.Count > 0; i++)
            edge = [.. edge.SelectMany(step).Where(next => nodes.ContainsKey(next) && seen.Add(next))];
        return seen;
    }
}
