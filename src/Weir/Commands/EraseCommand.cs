using System.CommandLine;
using Weir.Configuration;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Land.Erasure;
using Weir.Models;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Ownership;

namespace Weir.Commands;

/// <summary><c>weir erase --id KIND=VALUE… | --person ID [--plan]</c>.</summary>
internal static class EraseCommand
{
    public static Command Create()
    {
        var id = new Option<string[]>("--id") { Description = $"An id of the person: {string.Join(", ", PersonId.Kinds.Keys.Select(k => $"{k}=VALUE"))}; several may be given", HelpName = "KIND=VALUE", AllowMultipleArgumentsPerToken = true };
        var person = new Option<string?>("--person") { Description = "An id of a customer, KIND=VALUE or the customer's own: all ids are erased under which the person is known (weir identity explain)", HelpName = "ID" };
        var plan = new Option<bool>("--plan") { Description = "Show what would be erased, and change nothing" };
        id.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(t => !PersonId.TryParse(t.Value, out _)))
                result.AddError($"'{token.Value}' is no id of a person: it is a kind, {string.Join(", ", PersonId.Kinds.Keys)}, '=' and the value, such as user=4711.");
        });
        var command = new Command("erase", "Erase a person: from lake, quarantine and warehouse, and from all that lands later").With(id, person, plan);
        command.Validators.Add(result =>
        {
            if (result.GetValue(id) is not { Length: > 0 } && result.GetValue(person) is null) result.AddError("Say who: --id KIND=VALUE, one for each id, or --person with one of them.");
        });
        return command.DoesInOwner(
            (result, _) => Task.FromResult(result.GetValue(id) ?? []),
            (result, ids) => ["erase", .. ids.SelectMany(i => new[] { "--id", i }), .. result.GetValue(person) is { } who ? ["--person", who] : Array.Empty<string>(), .. result.GetValue(plan) ? ["--plan"] : Array.Empty<string>(), "--format", result.GetValue(CommonOptions.Format).ToString()],
            async (result, texts, warehouse, workspace, cancellationToken) =>
            {
                PersonId[] ids = [.. texts.Select(t => PersonId.TryParse(t, out var parsed) ? parsed : null).OfType<PersonId>()];
                if (result.GetValue(person) is { } one) ids = [.. ids, .. await ErasedPerson.IdsAsync(workspace, warehouse, one, cancellationToken)];
                ids = [.. ids.Distinct()];
                if (ids.Length == 0)
                {
                    People.Bad($"Nothing was erased: the person is known by no id that an erasure looks for ({string.Join(", ", PersonId.Kinds.Keys)})");
                    return ExitCodes.Usage;
                }
                var eraser = new Eraser(workspace.Lake, workspace.Disk, workspace.Keys, workspace.Settings.Sources, workspace.Settings.DataFolder, workspace.Time);
                var isPlan = result.GetValue(plan);
                var parts = await People.WithProgress(isPlan ? "Looking" : "Erasing", report =>
                    isPlan ? eraser.PlanAsync(ids, part => report(part, "reading the lake"), cancellationToken) : eraser.RunAsync(ids, part => report(part, "reading the lake"), cancellationToken));
                new Rows(["table", "source", "rows", "files"], [.. parts.Select(p => (IReadOnlyList<object?>)[p.Table, p.Source, p.Rows, p.Files])]).Write(CommandOutput.Out, result.GetValue(CommonOptions.Format));
                if (!isPlan) return await FinishAsync(workspace, warehouse, ids, parts, cancellationToken);
                People.Say("  Nothing was changed: without --plan these rows go, and what is made of them in the warehouse.");
                return ExitCodes.Ok;
            });
    }

    private static async Task<int> FinishAsync(Workspace workspace, OwnedWarehouse warehouse, PersonId[] ids, IReadOnlyList<ErasedPart> parts, CancellationToken cancellationToken)
    {
        var isBuilt = await BuildAsync(workspace, warehouse, cancellationToken);
        var rest = await warehouse.OverLakeAsync(workspace, (connection, _) => Task.Run(() =>
        {
            var deleted = WarehousePeople.Delete(connection, ids, workspace.Keys);
            connection.Execute("FORCE CHECKPOINT");
            return deleted;
        }, cancellationToken), cancellationToken);
        foreach (var (table, rows) in rest) People.Say($"  {rows:N0} rows deleted from the warehouse's table {table}");
        var files = workspace.Lake.DeleteRemoved(workspace.Settings.VacuumAfter);
        People.Good($"Erased: {parts.Sum(p => p.Rows):N0} rows of the lake. What lands later of {(ids.Length == 1 ? "this id" : "these ids")} is dropped, and counted so");
        if (files.Waiting > 0)
            People.Say($"  {files.Waiting:N0} replaced files stay {workspace.Settings.VacuumAfter.TotalMinutes:N0} minutes for those who read them; a running 'weir up' deletes them then, or this command, run again.");
        People.Say("  The bytes as received stay sealed in journal, raw and copies of loaded files.");
        return isBuilt ? ExitCodes.Ok : ExitCodes.Failed;
    }

    /// <summary>Whole: a table that grows by what is new would keep what was made of the person.</summary>
    private static async Task<bool> BuildAsync(Workspace workspace, OwnedWarehouse warehouse, CancellationToken cancellationToken)
    {
        if (IdentitySection.IsDeclared(workspace.Settings))
            await warehouse.OverLakeAsync(workspace, (connection, snapshot) => Task.Run(() => Identities.Of(workspace).Run(connection, workspace.Lake, snapshot), cancellationToken), cancellationToken);
        if (!File.Exists(Path.Combine(workspace.Settings.Folder, "dbt_project.yml"))) return true;
        var request = BuildRequest.Everything with { FullRefresh = true, Project = new ProjectOptions { Target = new ModelTarget(workspace.Settings.Environment) } };
        var done = await People.WithProgress("Building", report => warehouse.BuildAsync(workspace, request, Models.BuildOutput.Progress(report), cancellationToken));
        if (done.ExitCode != 0) People.Bad("Not every model could be built: of those that failed the person's own rows were deleted, but sums stay as they were. See 'weir build --full-refresh'");
        return done.ExitCode == 0;
    }
}
