using System.CommandLine;
using Weir.Models;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands.Models;

/// <summary><c>weir ls</c>: what a selection chooses; no warehouse is needed.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var options = new ModelOptions();
        return new Command("ls", "List what a selection chooses").With(options.OfSelection).Does((result, _) =>
        {
            if (DbtProject.Find(options, result) is { } dbt) return Task.FromResult(List(options, result, dbt.Folder, dbt.Options, dbt.TargetFolder));
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            return Task.FromResult(List(options, result, workspace.Settings.Folder, options.Options(result, ModelCommands.Target(options, result, workspace)), ModelCommands.TargetFolder(options, result, workspace)));
        });
    }

    private static int List(ModelOptions options, ParseResult result, string folder, ProjectOptions read, string target)
    {
        var start = TimeProvider.System.GetTimestamp();
        var project = ModelProject.Load(folder, read);
        var took = TimeProvider.System.GetElapsedTime(start);
        project.WriteManifest(target, TimeProvider.System);
        var unmatched = new List<string>();
        var nodes = project.List(options.Request(result, null, target), unmatched);
        foreach (var selector in unmatched) People.Warn($"The selector '{selector}' matches nothing");
        if (result.GetValue(CommonOptions.Format) == OutputFormat.Table)
        {
            foreach (var node in nodes) CommandOutput.Out.WriteLine(node.UniqueId);
        }
        else
        {
            new Rows(["unique_id", "resource_type", "name", "path", "materialized", "relation", "tags", "depends_on"],
                nodes.Select(n => (IReadOnlyList<object?>)[n.UniqueId, n.ResourceType, n.Name, n.Path, n.Materialized, n.Relation, string.Join(' ', n.Tags), string.Join(' ', n.DependsOn)])).Write(CommandOutput.Out, result.GetValue(CommonOptions.Format));
        }
        People.Say($"{nodes.Count:N0} of {project.Nodes.Count:N0} nodes; read in {took.TotalSeconds:N3} s");
        return ExitCodes.Ok;
    }
}
