using Weir.Models.Artifacts;
using Weir.Models.Project;
using Weir.Models.Select;

namespace Weir.Models;

/// <summary>
/// A dbt project, read and checked: its nodes, what they read, and what is said about them. Nothing is built and no database is needed.
/// </summary>
public sealed class ModelProject
{
    private ModelProject(LoadedProject loaded)
    {
        Loaded = loaded;
        Nodes = [.. loaded.Graph.Nodes.Select(node => node.ToPublic())];
    }

    /// <summary>The project folder.</summary>
    public string Folder => Loaded.Folder;

    /// <summary>The project's name in dbt_project.yml.</summary>
    public string Name => Loaded.File.Name;

    /// <summary>Models, seeds, sources and tests, ordered by unique id; switched-off ones are left out.</summary>
    public IReadOnlyList<ModelNode> Nodes { get; }

    /// <summary>What is read but has no effect: settings for folders that do not exist, sections Weir does not use yet.</summary>
    public IReadOnlyList<ModelProblem> Warnings => Loaded.Warnings;

    /// <summary>Metrics and semantic models of the schema files, as they are written.</summary>
    public IReadOnlyList<SchemaSection> Sections => Loaded.Sections;

    /// <summary>Tells everything that is wrong with the project at once, each with the line it is about.</summary>
    /// <param name="mistakes">What is wrong; nothing happens when there is none.</param>
    /// <exception cref="WeirException">The code of the first.</exception>
    public void ThrowIfAny(IEnumerable<ModelProblem> mistakes)
    {
        var problems = new Problems();
        foreach (var mistake in mistakes) problems.Add(mistake);
        problems.ThrowIfAny(Folder);
    }

    /// <summary>What a request chooses, ordered by unique id, sources included.</summary>
    /// <param name="request">The selection; its command is what limits the types of nodes.</param>
    /// <param name="unmatched">Gets the selectors that match nothing.</param>
    /// <exception cref="WeirException">WEIR7017: a selector is wrong.</exception>
    public IReadOnlyList<ModelNode> List(BuildRequest request, ICollection<string> unmatched)
    {
        var chosen = Selection.Choose(Loaded, request, unmatched);
        return [.. Nodes.Where(node => chosen.Contains(node.UniqueId))];
    }

    /// <summary>Writes <c>manifest.json</c> into a folder, as dbt does on every command.</summary>
    public void WriteManifest(string folder, TimeProvider clock) => new TargetFolder(Loaded, folder, Loaded.Target.Database).WriteManifest(clock.GetUtcNow());

    internal LoadedProject Loaded { get; }

    /// <summary>Reads a project folder.</summary>
    /// <param name="folder">The folder that holds dbt_project.yml.</param>
    /// <param name="vars">Variables of the command line; they win over the project's own <c>vars:</c>.</param>
    /// <param name="targetName">What templates see as <c>target.name</c>: the environment.</param>
    /// <exception cref="WeirException">WEIR70xx: what is wrong with the project, all of it at once, each with file and line.</exception>
    public static ModelProject Load(string folder, IReadOnlyDictionary<string, object?>? vars = null, string targetName = "local") =>
        Load(folder, new ProjectOptions { Vars = vars ?? new Dictionary<string, object?>(), Target = new ModelTarget(targetName) });

    /// <summary>Reads a project folder.</summary>
    /// <param name="folder">The folder that holds dbt_project.yml.</param>
    /// <param name="options">Variables and target.</param>
    /// <exception cref="WeirException">WEIR70xx: what is wrong with the project, all of it at once, each with file and line.</exception>
    public static ModelProject Load(string folder, ProjectOptions options) => new(new ProjectLoader(folder, options).Load());
}
