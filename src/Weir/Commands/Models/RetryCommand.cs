using System.CommandLine;
using Weir.Models;
using Weir.Output;

namespace Weir.Commands.Models;

/// <summary><c>weir retry</c>: what failed in the last run, and what that held back, once more.</summary>
internal static class RetryCommand
{
    public static Command Create()
    {
        var options = new ModelOptions();
        return new Command("retry", "Do what failed in the last run once more").With([.. options.OfProject, options.State, options.Threads]).DoesInOwner(
            (result, _) => Task.FromResult(result), (result, _) => options.ForOwner(result),
            async (result, _, warehouse, workspace, cancellationToken) =>
            {
                var folder = ModelCommands.TargetFolder(options, result, workspace);
                var retry = Retry.Read(result.GetValue(options.State) ?? folder);
                if (retry.IsEmpty) return Nothing();
                var request = retry.Request with { TargetFolder = folder, Project = Project(retry, options.Options(result, ModelCommands.Target(options, result, workspace, retry.Target))) };
                return await ModelCommands.RunAsync(request, result, report => warehouse.BuildAsync(workspace, request, report, cancellationToken));
            },
            (result, cancellationToken) =>
            {
                if (DbtProject.Find(options, result) is not { } project) return null;
                var retry = Retry.Read(result.GetValue(options.State) ?? project.TargetFolder);
                project = project.WithTarget(retry.Target);
                return retry.IsEmpty ? Task.FromResult(Nothing())
                    : ModelCommands.RunAsync(project, retry.Request with { TargetFolder = project.TargetFolder, Project = Project(retry, project.Options) }, result, cancellationToken);
            });
    }

    /// <summary>The variables of the last run, where none are given now.</summary>
    private static ProjectOptions Project(Retry retry, ProjectOptions options) => options with { Command = retry.Command, Vars = options.Vars.Count > 0 ? options.Vars : retry.Vars };

    private static int Nothing()
    {
        People.Good("Nothing failed in the last run");
        return ExitCodes.Ok;
    }
}
