using Weir.Models.Context;

namespace Weir.Models.Project;

/// <summary>Turns the names nodes refer to into nodes, and finds names and relations given twice.</summary>
internal sealed class NodeLinks
{
    private readonly string root;
    private readonly Problems problems;
    private readonly Dictionary<(string Package, string Name), Node> referable = [];
    private readonly Dictionary<string, Node> anywhere = [];
    private readonly Dictionary<(string Package, string Source, string Table), Node> sources = [];
    private readonly HashSet<string> off = [];
    private readonly HashSet<(string Source, string Table)> sourcesOff = [];

    public NodeLinks(List<Node> enabled, IReadOnlyList<Node> disabled, string root, Problems problems)
    {
        (this.root, this.problems) = (root, problems);
        CheckTwice(enabled);
        foreach (var node in enabled.Where(node => node.IsReferable))
        {
            referable.TryAdd((node.Package, node.Name), node);
            anywhere.TryAdd(node.Name, node);
        }

        foreach (var node in enabled.Where(node => node.IsSource))
            sources.TryAdd((node.Package, node.Fqn[^2], node.Name), node);
        off.UnionWith(disabled.Where(node => node.IsReferable).Select(node => node.Name));
        sourcesOff.UnionWith(disabled.Where(node => node.IsSource).Select(node => (node.Fqn[^2], node.Name)));
    }

    public Node? Find(Reference reference, string package) => reference.Package is { } owner
        ? referable.GetValueOrDefault((owner, reference.Name))
        : referable.GetValueOrDefault((package, reference.Name)) ?? referable.GetValueOrDefault((root, reference.Name)) ?? anywhere.GetValueOrDefault(reference.Name);

    public Node? Find(string source, string table, string package) =>
        sources.GetValueOrDefault((package, source, table)) ?? sources.GetValueOrDefault((root, source, table)) ?? sources.Values.FirstOrDefault(node => node.Fqn[^2] == source && node.Name == table);

    /// <summary>Fills what every node depends on.</summary>
    public void Link(IEnumerable<Node> nodes)
    {
        foreach (var node in nodes)
        {
            var linked = new List<string>();
            foreach (var (source, table) in node.SourceRefs)
            {
                if (Find(source, table, node.Package) is { } found)
                    linked.Add(found.UniqueId);
                else if (sourcesOff.Contains((source, table)))
                    problems.Add("WEIR7012", node.File, node.Line, $"{node.Name} reads the source {source}.{table}, which is switched off (enabled: false).");
            }

            foreach (var reference in node.Refs)
            {
                if (Find(reference, node.Package) is { } parent)
                {
                    linked.Add(parent.UniqueId);
                    CheckAccess(node, parent, reference.Name);
                }
                else if (off.Contains(reference.Name))
                {
                    problems.Add("WEIR7012", node.File, Line(node, reference.Name), $"{node.Name} reads '{reference.Name}', which is switched off (enabled: false). Switch it on, or take the reference out.");
                }
            }

            node.DependsOn.AddRange(linked.Distinct());
        }
    }

    private void CheckAccess(Node reader, Node read, string name)
    {
        if (reader.ResourceType is "model" or "snapshot" && read.ResourceType == "model" && read.Access == "private" && (read.Group is null || reader.Group != read.Group))
        {
            problems.Add("WEIR7039", reader.File, Line(reader, name),
                $"{reader.Name} reads '{name}', which is private to the group '{read.Group}'. Put {reader.Name} into that group, or make '{name}' protected.");
        }
    }

    private static int Line(Node node, string name) => node.Line > 0 ? node.Line : FilePlaces.LineOfRef(node.RawCode, name);

    private void CheckTwice(List<Node> enabled)
    {
        var first = new Dictionary<string, Node>();
        foreach (var node in enabled.Where(node => node.IsReferable || node.ResourceType == "analysis" || (node.IsTest && node.GenericTest is null)).ToList())
        {
            var key = node.IsReferable ? $"{node.Package}.{node.Name}" : node.UniqueId;
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
