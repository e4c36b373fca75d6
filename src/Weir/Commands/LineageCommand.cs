using System.CommandLine;
using Weir.Commands.Models;
using Weir.Configuration;
using Weir.Identity;
using Weir.Models;
using Weir.Models.Lineage;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir lineage [MODEL[.COLUMN]] [--upstream] [--downstream]</c>; of a Weir project, or of any other dbt project.</summary>
internal static class LineageCommand
{
    private static readonly Argument<string?> Name = new("MODEL") { Description = "A model, seed, snapshot or source, or one column of it: daily_kpis, daily_kpis.net_revenue, lake.order_lines.quantity", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Upstream = new("--upstream") { Description = "All that it is computed from, back to the fields of the contract" };
    private static readonly Option<bool> Downstream = new("--downstream") { Description = "All that is computed from it, on to exposures" };

    public static Command Create()
    {
        var options = new ModelOptions();
        return new Command("lineage", "Show from which columns a column is computed").With([Name, Upstream, Downstream, options.Vars, options.Target, options.Profile, options.Profiles]).DoesInOwner(
            (result, _) => Task.FromResult(result), (result, _) => options.ForOwner(result),
            async (result, _, warehouse, workspace, cancellationToken) =>
            {
                var project = ModelProject.Load(workspace.Settings.Folder, options.Options(result, ModelCommands.Target(options, result, workspace)));
                var lineage = await warehouse.LookAsync(workspace, connection =>
                {
                    if (IdentitySection.IsDeclared(workspace.Settings)) IdentityStage.EnsureTables(connection);
                    return ProjectLineage.Read(project, connection, workspace.Time);
                }, cancellationToken);
                return Tell(lineage, new LineageRows(lineage, project, workspace.Settings.Sources), result);
            },
            (result, _) => DbtProject.Find(options, result) is { } dbt ? Task.FromResult(Run(dbt, result)) : null);
    }

    private static int Run(DbtProject dbt, ParseResult result)
    {
        var project = ModelProject.Load(dbt.Folder, dbt.Options);
        using var connection = dbt.Open();
        var lineage = ProjectLineage.Read(project, connection, TimeProvider.System);
        return Tell(lineage, new LineageRows(lineage, project, []), result);
    }

    private static int Tell(ProjectLineage lineage, LineageRows rows, ParseResult result)
    {
        var format = result.GetValue(CommonOptions.Format);
        var shown = result.GetValue(Name) is { } wanted ? rows.Of(wanted, result.GetValue(Upstream), result.GetValue(Downstream))
            : format == OutputFormat.Table ? rows.Summary() : rows.All();
        shown.Write(CommandOutput.Out, format);
        if (lineage.UnresolvedCount == 0) People.Good($"{lineage.ColumnCount:N0} columns of {lineage.Nodes.Count:N0} nodes, all followed to columns");
        else People.Warn($"{lineage.ColumnCount:N0} columns of {lineage.Nodes.Count:N0} nodes; {lineage.UnresolvedCount:N0} could be followed to tables only");
        return ExitCodes.Ok;
    }
}
