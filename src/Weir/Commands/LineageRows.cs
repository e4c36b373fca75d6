using Weir.Models;
using Weir.Models.Lineage;
using Weir.Output;
using Weir.Sources;

namespace Weir.Commands;

/// <summary>Lineage as rows: a step from a column to one it is computed from, or to one that decides the rows of its table.</summary>
internal sealed class LineageRows(ProjectLineage lineage, ModelProject project, IReadOnlyList<SourceDefinition> sources)
{
    private static readonly string[] Header = ["step", "column", "from", "how", "why"];

    private readonly Dictionary<string, ModelNode> nodes = project.Nodes.ToDictionary(node => node.UniqueId);

    /// <summary>A row for each node.</summary>
    public Rows Summary() => new(["node", "type", "columns", "unresolved"], [.. lineage.Nodes.Select(node => (IReadOnlyList<object?>)[node.Name, nodes[node.UniqueId].ResourceType, node.Columns.Count, node.UnresolvedCount])]);

    /// <summary>Every first step of the project.</summary>
    public Rows All() => new(Header, [.. lineage.Nodes.SelectMany(node => Direct(node, node.Columns.Select(column => new ColumnId(node.UniqueId, column.Name))))]);

    /// <summary>Of a node, its first steps; of a column, all steps both ways. What is asked for by name is followed all the way.</summary>
    public Rows Of(string name, bool upstream, bool downstream)
    {
        var columns = lineage.ColumnsNamed(name);
        if (!upstream && !downstream && lineage.Find(name) is { } node)
            return new Rows(Header, [.. Direct(node, columns)]);
        var both = upstream == downstream;
        var rows = new List<IReadOnlyList<object?>>();
        if (upstream || both)
        {
            var steps = lineage.Upstream(columns);
            rows.AddRange(steps.Select(step => Row(-step.Distance, step)));
            rows.AddRange(columns.Select(column => (Column: column, Distance: 0)).Concat(steps.Select(step => (step.Input.Column, step.Distance))).DistinctBy(pair => pair.Column).SelectMany(pair => Contract(pair.Column, pair.Distance + 1)));
            if (lineage.Find(name) is { Unresolved: { } why } unknown) rows.Add([-1, $"{unknown.Name} (its rows)", null, "unresolved", why]);
        }

        if (downstream || both)
            rows.AddRange(lineage.Downstream(columns).Select(step => Row(step.Distance, step)));
        return new Rows(Header, rows);
    }

    private IEnumerable<IReadOnlyList<object?>> Direct(NodeLineage node, IEnumerable<ColumnId> columns)
    {
        foreach (var column in columns)
        {
            var found = node.Columns.First(c => c.Name == column.Column);
            foreach (var input in found.Inputs)
                yield return Row(-1, new LineageStep(1, column, input, found.Unresolved));
            foreach (var field in Contract(column, 1))
                yield return field;
        }

        foreach (var influence in node.Influences)
            yield return [-1, $"{node.Name} (its rows)", Name(influence), "decides rows", null];
        if (node.Unresolved is { } why)
            yield return [-1, $"{node.Name} (its rows)", null, "unresolved", why];
    }

    private IReadOnlyList<object?> Row(int step, LineageStep found) =>
        [step, Name(found.Column), Name(found.Input.Column), found.Unresolved is not null ? "unresolved" : found.Input.IsDirect ? "direct" : "derived", found.Unresolved];

    /// <summary>The field of the contract that a column of the lake is read from.</summary>
    private IEnumerable<IReadOnlyList<object?>> Contract(ColumnId column, int distance) =>
        from node in nodes.GetValueOrDefault(column.Node) is { ResourceType: "source", Schema: "lake" } found ? new[] { found } : []
        from source in sources.Where(source => source.Entity == node.Alias)
        from field in source.Fields.Where(field => field.Name.Equals(column.Column, StringComparison.OrdinalIgnoreCase))
        select (IReadOnlyList<object?>)[-distance, Name(column), $"{source.Name}: {field.From}", "contract", null];

    private string Name(ColumnId column) => column.Column == ColumnId.AnyColumn && nodes.GetValueOrDefault(column.Node)?.ResourceType == "exposure" ? column.Node : $"{lineage.Find(column.Node)?.Name ?? column.Node}.{column.Column}";
}
