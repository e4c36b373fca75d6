using Weir.DuckDb;
using Weir.Models.Project;

namespace Weir.Models.Lineage;

/// <summary>From which columns each column of a project comes, read from the SQL without running it.</summary>
public sealed class ProjectLineage
{
    private readonly Dictionary<string, NodeLineage> nodes;
    private readonly ILookup<string, LineageStep> readers;
    private readonly IReadOnlyList<ModelNode> exposures;

    private ProjectLineage(IReadOnlyList<NodeLineage> nodes, IReadOnlyList<ModelNode> exposures)
    {
        (Nodes, this.exposures) = (nodes, exposures);
        this.nodes = nodes.ToDictionary(node => node.UniqueId);
        readers = nodes.SelectMany(node => node.Columns.SelectMany(column => Steps(new ColumnId(node.UniqueId, column.Name), column, 0))).ToLookup(step => step.Input.Column.Node);
    }

    /// <summary>Sources, seeds, snapshots and models, parents before children.</summary>
    public IReadOnlyList<NodeLineage> Nodes { get; }

    /// <summary>How many columns are known.</summary>
    public int ColumnCount => Nodes.Sum(node => node.Columns.Count);

    /// <summary>How much could be followed to tables only; see <see cref="NodeLineage.UnresolvedCount"/>.</summary>
    public int UnresolvedCount => Nodes.Sum(node => node.UnresolvedCount);

    /// <summary>Reads the lineage of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="warehouse">Open; it is only read. The columns of sources are as it has them; models need not have been built.</param>
    /// <param name="clock">The time that templates see.</param>
    public static ProjectLineage Read(ModelProject project, DuckDBConnection warehouse, TimeProvider clock)
    {
        using var reader = new LineageReader(project.Loaded, warehouse, clock);
        return new ProjectLineage(reader.Read(), [.. project.Nodes.Where(node => node.ResourceType == "exposure")]);
    }

    /// <summary>A node by its unique id or name; null when there is none.</summary>
    public NodeLineage? Find(string name) => nodes.GetValueOrDefault(name) ?? Nodes.FirstOrDefault(node => node.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The columns that a name means: all of a node, or the one behind the last dot.</summary>
    /// <exception cref="WeirException">WEIR7095: there is no such node or column.</exception>
    public IReadOnlyList<ColumnId> ColumnsNamed(string name)
    {
        if (Find(name) is { } whole)
            return [.. whole.Columns.Select(column => new ColumnId(whole.UniqueId, column.Name))];
        var dot = name.LastIndexOf('.');
        if (dot < 0 || Find(name[..dot]) is not { } node)
            throw new WeirException("WEIR7095", $"There is no model, seed, snapshot or source '{name}'.{Suggest.Near(name, Nodes.Select(known => known.Name))} `weir lineage` lists them.");
        if (node.Columns.FirstOrDefault(known => Same(known.Name, name[(dot + 1)..])) is not { } column)
            throw new WeirException("WEIR7095", $"{node.Name} has no column '{name[(dot + 1)..]}'.{Suggest.Near(name[(dot + 1)..], node.Columns.Select(known => known.Name))} `weir lineage {node.Name}` lists them.");
        return [new ColumnId(node.UniqueId, column.Name)];
    }

    /// <summary>All that columns are computed from, nearest first.</summary>
    public IReadOnlyList<LineageStep> Upstream(IEnumerable<ColumnId> columns) => Walk(columns, (column, distance) => ColumnsOf(column).SelectMany(found => Steps(new ColumnId(column.Node, found.Name), found, distance)), step => step.Input.Column);

    /// <summary>All that is computed from columns, nearest first; exposures of the models among them at last.</summary>
    public IReadOnlyList<LineageStep> Downstream(IEnumerable<ColumnId> columns)
    {
        var start = columns.ToList();
        var steps = Walk(start, (column, distance) => readers[column.Node].Where(step => Same(step.Input.Column.Column, column.Column)).Select(step => step with { Distance = distance }), step => step.Column);
        var reached = start.Select(column => (Column: column, Distance: 0)).Concat(steps.Select(step => (step.Column, step.Distance))).DistinctBy(pair => pair.Column).ToList();
        return [.. steps, .. exposures.SelectMany(exposure => reached.Where(pair => exposure.DependsOn.Contains(pair.Column.Node))
            .Select(pair => new LineageStep(pair.Distance + 1, new ColumnId(exposure.UniqueId, ColumnId.AnyColumn), new ColumnInput(pair.Column, true))))];
    }

    private static List<LineageStep> Walk(IEnumerable<ColumnId> start, Func<ColumnId, int, IEnumerable<LineageStep>> next, Func<LineageStep, ColumnId> to)
    {
        var steps = new List<LineageStep>();
        var edge = start.ToHashSet();
        var seen = new HashSet<ColumnId>(edge);
        for (var distance = 1; edge.Count > 0; distance++)
        {
            var found = edge.SelectMany(column => next(column, distance)).Distinct().ToList();
            steps.AddRange(found);
            edge = [.. found.Select(to).Where(seen.Add)];
        }

        return steps;
    }

    private IEnumerable<ColumnLineage> ColumnsOf(ColumnId column) => nodes.TryGetValue(column.Node, out var node) ? node.Columns.Where(found => Same(found.Name, column.Column)) : [];

    private static IEnumerable<LineageStep> Steps(ColumnId column, ColumnLineage found, int distance) => found.Inputs.Select(input => new LineageStep(distance, column, input, found.Unresolved));

    private static bool Same(string one, string other) => one == ColumnId.AnyColumn || other == ColumnId.AnyColumn || one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
