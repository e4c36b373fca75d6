using Weir.Models.Context;

namespace Weir.Models.Project;

/// <summary>Turns the names nodes refer to into nodes, and finds names and relations given twice.</summary>
internal static class NodeLinks
{
    public static void Link(List<Node> enabled, List<Node> disabled, Problems problems)
    {
        CheckTwice(enabled, problems);
        var byName = enabled.Where(IsReferable).GroupBy(node => node.Name).ToDictionary(group => group.Key, group => group.First());
        var off = disabled.Where(IsReferable).Select(node => node.Name).ToHashSet();
        foreach (var node in enabled)
        {
            var linked = new List<string>();
            foreach (var name in node.DependsOn)
            {
                if (name.StartsWith("source.", StringComparison.Ordinal))
                {
                    linked.Add(name);
                    if (disabled.Any(source => source.UniqueId == name))
                        problems.Add("WEIR7012", node.File, Line(node, name), $"{node.Name} reads {name}, which is switched off (enabled: false).");
                }
                else if (byName.TryGetValue(name, out var parent))
                {
                    linked.Add(parent.UniqueId);
                }
                else if (off.Contains(name))
                {
                    problems.Add("WEIR7012", node.File, Line(node, name), $"{node.Name} reads '{name}', which is switched off (enabled: false). Switch it on, or take the reference out.");
                }
            }

            node.DependsOn.Clear();
            node.DependsOn.AddRange(linked.Distinct());
        }
    }

    private static bool IsReferable(Node node) => node.ResourceType is "model" or "seed";

    private static int Line(Node node, string name) => node.Line > 0 ? node.Line : FilePlaces.LineOfRef(node.RawCode, name);

    private static void CheckTwice(List<Node> enabled, Problems problems)
    {
        var first = new Dictionary<string, Node>();
        foreach (var node in enabled.Where(node => IsReferable(node) || (node.IsTest && node.GenericTest is null)).ToList())
        {
            var key = node.IsTest ? node.UniqueId : node.Name;
            if (first.TryAdd(key, node))
                continue;
            problems.Add("WEIR7010", node.File, 0, $"'{node.Name}' is the name of {first[key].File} too, and ref('{node.Name}') could mean either. Rename one of the two.");
            enabled.Remove(node);
        }

        var relations = new Dictionary<string, Node>(StringComparer.OrdinalIgnoreCase);
        foreach (var node in enabled.Where(node => node.HasRelation))
        {
            if (!relations.TryAdd($"{node.Schema}.{node.Alias}", node))
            {
                problems.Add("WEIR7011", node.File, node.Config.Find("alias")?.Line ?? 0,
                    $"it would be made as {node.Schema}.{node.Alias}, as {relations[$"{node.Schema}.{node.Alias}"].File} is. Give one of the two another alias or schema.");
            }
        }
    }
}
