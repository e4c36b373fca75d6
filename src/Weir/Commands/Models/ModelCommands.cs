using System.CommandLine;
using Weir.Models;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Ownership;

namespace Weir.Commands.Models;

/// <summary><c>weir build|run|test|seed|snapshot|compile|ls|source freshness|retry</c>: dbt's commands, over the lake in a Weir project, in the file of <c>profiles.yml</c> in any other dbt project.</summary>
internal static class ModelCommands
{
    public static IEnumerable<Command> All() =>
    [
        Making("build", BuildCommand.Build, "Build the models over the lake, check them, and publish what passed in one transaction"),
        Making("run", BuildCommand.Run, "Build the models without their tests"),
        Making("test", BuildCommand.Test, "Run the tests on what is published"),
        Making("seed", BuildCommand.Seed, "Load the seeds"),
        Making("snapshot", BuildCommand.Snapshot, "Take the snapshots"),
        Making("compile", BuildCommand.Compile, "Write the SQL of the models, and show that of a single one"),
        ListCommand.Create(), FreshnessCommand.Create(), RetryCommand.Create(),
    ];

    /// <summary>Where a Weir project's artifacts go.</summary>
    public static string TargetFolder(ModelOptions options, ParseResult result, Workspace workspace) =>
        result.GetValue(options.TargetPath) ?? Path.Combine(workspace.Settings.DataFolder, "target");

    /// <summary>What templates of a Weir project see as target.</summary>
    /// <param name="last">That of the run that is tried again.</param>
    public static ModelTarget Target(ModelOptions options, ParseResult result, Workspace workspace, string? last = null) =>
        new(result.GetValue(options.Target) ?? last ?? workspace.Settings.Environment) { Threads = Math.Clamp(Environment.ProcessorCount, 1, 4) };

    private static Command Making(string name, BuildCommand which, string description)
    {
        var options = new ModelOptions();
        return new Command(name, description).With(options.OfBuild).DoesInOwner(
            (result, _) => Task.FromResult(result), (result, _) => options.ForOwner(result),
            async (result, _, warehouse, workspace, cancellationToken) =>
            {
                var folder = TargetFolder(options, result, workspace);
                var request = options.Request(result, which, folder) with { Project = options.Options(result, Target(options, result, workspace)) };
                var metrics = which is BuildCommand.Build or BuildCommand.Run ? MetricChecks.Read(workspace.Settings.Folder, request.Project) : null;
                var code = await RunAsync(request, result, report => warehouse.BuildAsync(workspace, request, report, cancellationToken));
                return metrics is null || request.Empty ? code : await warehouse.LookAsync(workspace, connection => metrics.Tell(connection, code), cancellationToken);
            },
            (result, cancellationToken) => DbtProject.Find(options, result) is { } project ? RunAsync(project, options.Request(result, which, project.TargetFolder) with { Project = project.Options }, result, cancellationToken) : null);
    }

    /// <summary>Builds a dbt project that is no Weir project.</summary>
    public static async Task<int> RunAsync(DbtProject project, BuildRequest request, ParseResult result, CancellationToken cancellationToken)
    {
        var loaded = ModelProject.Load(project.Folder, request.Project);
        using var warehouse = project.Open();
        return await RunAsync(request, result, report => new ModelRunner(loaded, TimeProvider.System).BuildAsync(request, warehouse, report, cancellationToken));
    }

    public static async Task<int> RunAsync(BuildRequest request, ParseResult result, Func<IProgress<NodeProgress>, Task<BuildResult>> build)
    {
        var done = await People.WithProgress(request.Command == BuildCommand.Compile ? "Compiling" : "Building", report => build(BuildOutput.Progress(report)));
        if (request.Command == BuildCommand.Compile) return BuildOutput.TellCompiled(done, request.TargetFolder!);
        BuildOutput.Print(done, result.GetValue(CommonOptions.Format), request.Explain);
        return BuildOutput.Tell(done);
    }
}
