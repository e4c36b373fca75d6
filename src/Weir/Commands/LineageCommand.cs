using System.CommandLine;
using Weir.Models;
using Weir.Models.Lineage;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir lineage [MODEL[.COLUMN]] [--upstream] [--downstream]</c>.</summary>
internal static class LineageCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("MODEL") { Description = "A model, seed, snapshot or source, or one column of it: daily_kpis, daily_kpis.revenue, lake.order_lines.quantity", Arity = ArgumentArity.ZeroOrOne };
        var upstream = new Option<bool>("--upstream") { Description = "All that it is computed from, back to the fields of the contract" };
        var downstream = new Option<bool>("--downstream") { Description = "All that is computed from it, on to exposures" };
        return new Command("lineage", "Show from which columns a column is computed").With(name, upstream, downstream).DoesInOwner((result, _) => Task.FromResult(result), (result, _) => [.. result.Tokens.Select(t => t.Value)], async (result, _, warehouse, workspace, cancellationToken) =>
        {
            var project = ModelProject.Load(workspace.Settings.Folder);
            var lineage = await warehouse.LookAsync(workspace, connection => ProjectLineage.Read(project, connection, workspace.Time), cancellationToken);
            var rows = new LineageRows(lineage, project, workspace.Settings.Sources);
            var format = result.GetValue(CommonOptions.Format);
            var shown = result.GetValue(name) is { } wanted ? rows.Of(wanted, result.GetValue(upstream), result.GetValue(downstream))
                : format == OutputFormat.Table ? rows.Summary() : rows.All();
            shown.Write(CommandOutput.Out, format);
            if (lineage.UnresolvedCount == 0) People.Good($"{lineage.ColumnCount:N0} columns of {lineage.Nodes.Count:N0} nodes, all followed to columns");
            else People.Warn($"{lineage.ColumnCount:N0} columns of {lineage.Nodes.Count:N0} nodes; {lineage.UnresolvedCount:N0} could be followed to tables only");
            return ExitCodes.Ok;
        });
    }
}
