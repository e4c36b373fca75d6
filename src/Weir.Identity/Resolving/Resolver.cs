namespace Weir.Identity.Resolving;

/// <summary>
/// Decides which strong ids are one customer. The evidence is taken in the order of its time, not of its arrival; what would unite two ids that a person has split unites nothing;
/// ids with too many partners unite nothing either. So the result is a function of what is in the graph.
/// </summary>
internal static class Resolver
{
    /// <param name="graph">The ids, and what was seen together.</param>
    /// <param name="splits">Pairs that are not one customer; ids that the graph has not are passed over.</param>
    /// <param name="mostPartners">An id that was seen with more others is refused.</param>
    public static Resolution Resolve(EvidenceGraph graph, IEnumerable<(IdKey One, IdKey Other)> splits, int mostPartners)
    {
        var partners = graph.CountPartners();
        var (clusters, customers) = (new Groups(graph.Keys), new Groups(graph.Keys));
        foreach (var (one, other) in splits)
            if (graph.Find(one) is { } left && graph.Find(other) is { } right && left != right) customers.KeepApart(left, right);
        var merges = new List<Merge>();
        foreach (var edge in graph.InOrder())
        {
            clusters.Unite(edge.Left, edge.Right, out _, out _);
            if (partners[edge.Left] > mostPartners || partners[edge.Right] > mostPartners) continue;
            if (customers.Unite(edge.Left, edge.Right, out var retired, out var survivor)) merges.Add(new Merge(retired, survivor, edge));
        }
        return new Resolution(
            [.. partners.Select((count, id) => count > mostPartners ? -1 : customers.HeadOf(id))], [.. partners.Select((_, id) => clusters.HeadOf(id))], partners, merges);
    }
}
