using Weir.Models.Graph;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>A project without mistakes, ready to be built.</summary>
internal sealed record LoadedProject(
    string Folder, ProjectFile File, IReadOnlyDictionary<string, object?> GivenVars, ModelTarget Target, NodeGraph Graph, MacroSet Macros, IReadOnlyList<ModelProblem> Warnings);
