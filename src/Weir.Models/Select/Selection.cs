using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary>What a request chooses: its selectors, cut down to the types of nodes that its command is about.</summary>
internal static class Selection
{
    /// <param name="unmatched">Gets the selectors that match nothing.</param>
    /// <exception cref="WeirException">WEIR7017: a selector is wrong. WEIR7043: there is no earlier run to compare with.</exception>
    public static IReadOnlySet<string> Choose(LoadedProject project, BuildRequest request, ICollection<string> unmatched)
    {
        if (request.Only is { } only)
            return WithEphemerals(project, project.Graph.Nodes.Where(node => only.Contains(node.UniqueId)).Select(node => node.UniqueId).ToHashSet());
        var target = request.TargetFolder ?? Path.Combine(project.Folder, project.File.TargetPath);
        var matcher = new Matcher(project, new StateComparison(project, request.State is null ? null : new PreviousRun(request.State), target));
        var selector = new Selector(project.Graph, matcher, request.Indirect ?? IndirectSelection.Eager, unmatched);
        return selector.Choose(Spec(project, request)).Where(id => Belongs(project.Graph[id], request)).ToHashSet();
    }

    /// <summary>Ephemeral models between chosen ones: what fails above them is told below through them.</summary>
    private static HashSet<string> WithEphemerals(LoadedProject project, HashSet<string> chosen)
    {
        var open = new Queue<string>(chosen);
        while (open.TryDequeue(out var id))
        {
            foreach (var parent in project.Graph[id].DependsOn.Where(parent => project.Graph[parent].IsEphemeral && chosen.Add(parent)))
                open.Enqueue(parent);
        }

        return chosen;
    }

    private static Spec Spec(LoadedProject project, BuildRequest request)
    {
        if (request.Selector is { } named)
            return SelectorsFile.Read(project.Folder).Find(named);
        if (request.Select.Count == 0 && request.Exclude.Count == 0 && SelectorsFile.Read(project.Folder) is { Default: { } standard } file)
            return file.Find(standard);
        return SpecReader.Read(request.Select, request.Exclude);
    }

    private static bool Belongs(Node node, BuildRequest request) =>
        OfCommand(node, request.Command)
        && (request.ResourceTypes.Contains(node.ResourceType) || request.ResourceTypes.Contains("all") || (IsDefault(node, request.Command) && (request.ResourceTypes.Count == 0 || request.ResourceTypes.Contains("default"))))
        && !request.ExcludeResourceTypes.Contains(node.ResourceType);

    /// <summary>As in dbt, analyses are compiled, and else come only where their type is asked for.</summary>
    private static bool IsDefault(Node node, BuildCommand command) => node.ResourceType != "analysis" || command == BuildCommand.Compile;

    private static bool OfCommand(Node node, BuildCommand command) => command switch
    {
        BuildCommand.Run => node.ResourceType == "model",
        BuildCommand.Test => node.IsTest || node.IsUnitTest,
        BuildCommand.Seed => node.ResourceType == "seed",
        BuildCommand.Snapshot => node.ResourceType == "snapshot",
        _ => true,
    };
}
