using Weir.Models.Graph;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>A project without mistakes, ready to be built.</summary>
internal sealed record LoadedProject(
    string Folder, ProjectFile File, IReadOnlyDictionary<string, object?> GivenVars, ModelTarget Target, NodeGraph Graph, MacroLibrary Macros, IReadOnlyList<ModelProblem> Warnings)
{
    /// <summary>The project itself first, then its packages.</summary>
    public required IReadOnlyList<Package> Packages { get; init; }

    /// <summary>Nodes that are switched off.</summary>
    public IReadOnlyList<Node> Disabled { get; init; } = [];

    public IReadOnlyList<NodeGroup> Groups { get; init; } = [];

    /// <summary>Metrics and semantic models, as they are written.</summary>
    public IReadOnlyList<SchemaSection> Sections { get; init; } = [];

    /// <summary>The blocks of documentation, by package and name.</summary>
    public required DocsBlocks Docs { get; init; }

    /// <summary>Which macros the templates call.</summary>
    public MacroCalls MacroCalls { get; } = new(Macros, File.Name);

    /// <summary>What ran it, as templates see it: <c>build</c>, <c>run</c>, <c>ls</c> …</summary>
    public string Command { get; init; } = "build";
}
