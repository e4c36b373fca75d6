using System.CommandLine;
using Weir.DuckDb;
using Weir.Models;
using Weir.Output;

namespace Weir.Commands.Models;

/// <summary><c>weir source freshness</c>.</summary>
internal static class FreshnessCommand
{
    public static Command Create()
    {
        var options = new ModelOptions();
        var freshness = new Command("freshness", "Ask the sources that declare a freshness how old their latest row is").With(options.OfSelection).DoesInOwner(
            (result, _) => Task.FromResult(result), (result, _) => options.ForOwner(result),
            async (result, _, warehouse, workspace, cancellationToken) =>
            {
                var project = ModelProject.Load(workspace.Settings.Folder, options.Options(result, ModelCommands.Target(options, result, workspace)));
                var request = options.Request(result, null, ModelCommands.TargetFolder(options, result, workspace));
                return await warehouse.OverLakeAsync(workspace, (connection, _) => Task.FromResult(Tell(project, request, connection, result, cancellationToken)), cancellationToken);
            },
            (result, cancellationToken) => DbtProject.Find(options, result) is { } dbt ? Task.FromResult(Run(options, dbt, result, cancellationToken)) : null);
        return new Command("source", "What is known of the sources") { freshness };
    }

    private static int Run(ModelOptions options, DbtProject dbt, ParseResult result, CancellationToken cancellationToken)
    {
        var project = ModelProject.Load(dbt.Folder, dbt.Options);
        using var connection = dbt.Open();
        return Tell(project, options.Request(result, null, dbt.TargetFolder), connection, result, cancellationToken);
    }

    private static int Tell(ModelProject project, BuildRequest request, DuckDBConnection connection, ParseResult result, CancellationToken cancellationToken)
    {
        var found = new ModelRunner(project, TimeProvider.System).CheckFreshness(request, connection, cancellationToken);
        new Rows(["source", "status", "loaded_at", "hours", "message"], [.. found.Select(s => (IReadOnlyList<object?>)
            [s.UniqueId, s.Status.ToString().ToLowerInvariant(), s.LoadedAt, s.Age is { } age ? Math.Round(age.TotalHours, 1) : null, s.Message])]).Write(CommandOutput.Out, result.GetValue(CommonOptions.Format));
        if (found.Count == 0) People.Warn("No chosen source declares a freshness: `freshness: {warn_after: {count: 1, period: day}}` and `loaded_at_field` in schema.yml");
        return SourceFreshness.ExitCode(found) == 0 ? ExitCodes.Ok : ExitCodes.BuildFailed;
    }
}
