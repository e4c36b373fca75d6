using Weir.Models.Graph;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>Answers <c>ref()</c> with this build's version where there is one, else with the published table.</summary>
internal sealed class RunLinks(Node reader, NodeGraph graph, string database, Func<string, bool> isAside, Func<Node, RelationValue?> deferred, CompileFor @for) : ILinks
{
    /// <summary>The ephemeral models that were named, in that order.</summary>
    public List<Node> Ephemerals { get; } = [];

    public object Ref(string? package, string name)
    {
        var parents = reader.DependsOn.Select(id => graph[id]).Where(node => node.IsReferable && node.Name == name && (package is null || node.Package == package)).ToList();
        var parent = parents.Find(node => node.Package == reader.Package) ?? parents.FirstOrDefault()
            ?? throw Refuse.With("WEIR7024", $"ref('{name}') was not seen when the project was read, so the order of the build does not know it. Add a line `-- depends_on: {{{{ ref('{name}') }}}}` to {reader.File}.");
        if (parent.IsEphemeral)
        {
            if (!Ephemerals.Contains(parent))
                Ephemerals.Add(parent);
            return new RelationValue(null, null, null, "cte", @for.Empty ? $"(select * from {EphemeralCtes.NameOf(parent)} where false limit 0)" : EphemeralCtes.NameOf(parent));
        }

        if (deferred(parent) is { } elsewhere)
            return Cut(parent, elsewhere);
        var alias = isAside(parent.UniqueId) ? parent.AsideAlias : parent.Alias;
        return Cut(parent, new RelationValue(database, parent.Schema, alias, parent.IsView ? "view" : "table"));
    }

    public object Source(string source, string table)
    {
        var parent = reader.DependsOn.Select(id => graph[id]).FirstOrDefault(node => node.IsSource && node.Fqn[^2] == source && node.Name == table)
            ?? throw Refuse.With("WEIR7024", $"source('{source}', '{table}') was not seen when the project was read. Add a line `-- depends_on: {{{{ source('{source}', '{table}') }}}}` to {reader.File}.");
        return Cut(parent, new RelationValue(parent.Database ?? database, parent.Schema, parent.Alias, "table"));
    }

    /// <summary>Only the rows of the batch, or none; as dbt writes it. A model may take the whole with <c>.render()</c>.</summary>
    private RelationValue Cut(Node parent, RelationValue relation)
    {
        if (@for.Empty)
            return relation with { Text = $"(select * from {relation} where false limit 0)" };
        return @for.Batch is { } batch && parent.Config.Text("event_time") is { } time
            ? relation with { Text = $"(select * from {relation} where {batch.Holds(time)})" }
            : relation;
    }
}
