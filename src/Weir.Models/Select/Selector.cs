using Weir.Models.Graph;
using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary>
/// Chooses nodes as dbt does: first what selectors name, then the tests that come with them by the mode of indirect selection. A test left out for now (its other inputs are not
/// chosen yet) may come in when parts are combined.
/// </summary>
/// <param name="standard">How tests come along where a selector does not say.</param>
/// <param name="unmatched">Gets the selectors that match nothing.</param>
internal sealed class Selector(NodeGraph graph, Matcher matcher, IndirectSelection standard, ICollection<string> unmatched)
{
    public IReadOnlySet<string> Choose(Spec spec) => Find(spec).Direct;

    private (HashSet<string> Direct, HashSet<string> Indirect) Find(Spec spec)
    {
        if (spec is One one)
            return Find(one);
        var parts = (spec switch { Union union => union.Parts, Intersection both => both.Parts, Difference less => [less.From, less.Without], _ => [] }).Select(Find).ToList();
        var direct = Combine(spec, parts.Select(part => part.Direct));
        var indirect = Combine(spec, parts.Select(part => part.Direct.Union(part.Indirect).ToHashSet()));
        if (standard is IndirectSelection.Cautious or IndirectSelection.Buildable)
        {
            var allowed = Allowed(direct, standard);
            direct.UnionWith(indirect.Where(id => graph[id].DependsOn.All(allowed.Contains)).ToList());
        }

        if (spec is Intersection { Text: { } text } && direct.Count == 0)
            unmatched.Add(text);
        return (direct, indirect);
    }

    private (HashSet<string> Direct, HashSet<string> Indirect) Find(One one)
    {
        var criterion = one.Criterion;
        var found = graph.Nodes.Where(node => matcher.Matches(node, criterion)).Select(node => node.UniqueId).ToHashSet();
        foreach (var id in found.ToList())
        {
            if (criterion.Up is { } up)
                found.UnionWith(graph.Ancestors(id, up));
            if (criterion.Down is { } down)
                found.UnionWith(graph.Descendants(id, down));
            if (!criterion.ChildrensParents)
                continue;
            foreach (var descendant in graph.Descendants(id).Append(id).ToList())
                found.UnionWith(graph.Ancestors(descendant).Append(descendant));
        }

        return Expand(found, one.Indirect ?? standard);
    }

    private (HashSet<string> Direct, HashSet<string> Indirect) Expand(HashSet<string> chosen, IndirectSelection mode)
    {
        var (direct, indirect) = (chosen.ToHashSet(), new HashSet<string>());
        if (mode == IndirectSelection.Empty)
            return (direct, indirect);
        var allowed = Allowed(chosen, mode);
        foreach (var test in chosen.SelectMany(graph.Children).Distinct().Select(id => graph[id]).Where(node => node.IsTest || node.IsUnitTest))
            (mode == IndirectSelection.Eager || test.DependsOn.All(allowed.Contains) ? direct : indirect).Add(test.UniqueId);
        return (direct, indirect);
    }

    private HashSet<string> Allowed(HashSet<string> chosen, IndirectSelection mode) =>
        mode == IndirectSelection.Buildable ? [.. chosen, .. chosen.SelectMany(id => graph.Ancestors(id))] : chosen;

    private static HashSet<string> Combine(Spec spec, IEnumerable<HashSet<string>> sets)
    {
        var all = sets.ToList();
        var result = all.Count == 0 ? [] : all[0].ToHashSet();
        foreach (var set in all.Skip(1))
        {
            switch (spec)
            {
                case Union: result.UnionWith(set); break;
                case Intersection: result.IntersectWith(set); break;
                default: result.ExceptWith(set); break;
            }
        }

        return result;
    }
}
