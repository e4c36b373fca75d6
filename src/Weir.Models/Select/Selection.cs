using Weir.Models.Project;

namespace Weir.Models.Select;

/// <summary>What a request chooses: its selectors, cut down to the types of nodes that its command is about.</summary>
internal static class Selection
{
    /// <param name="unmatched">Gets the selectors that match nothing.</param>
    public static IReadOnlySet<string> Choose(LoadedProject project, BuildRequest request, ICollection<string> unmatched)
    {
        var chosen = new Selector(project.Graph, project.File.Name).Choose(request.Select, request.Exclude, unmatched);
        return chosen.Where(id => Belongs(project.Graph[id], request)).ToHashSet();
    }

    private static bool Belongs(Node node, BuildRequest request) =>
        OfCommand(node, request.Command)
        && (request.ResourceTypes.Count == 0 || request.ResourceTypes.Contains(node.ResourceType))
        && !request.ExcludeResourceTypes.Contains(node.ResourceType);

    private static bool OfCommand(Node node, BuildCommand command) => command switch
    {
        BuildCommand.Run => node.ResourceType == "model",
        BuildCommand.Test => node.IsTest || node.ResourceType == "unit_test",
        BuildCommand.Seed => node.ResourceType == "seed",
        BuildCommand.Snapshot => node.ResourceType == "snapshot",
        _ => true,
    };
}
