using System.CommandLine;
using Weir.Land.Tap;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Live;
using Weir.Roles.Ownership;

namespace Weir.Commands.Live;

/// <summary><c>weir inspect [--source NAME] [--event NAME] [--user ID] [--where CONDITION] [--last N] [--follow]</c>.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var source = new Option<string?>("--source") { Description = "Only events of this source", HelpName = "NAME" };
        var name = new Option<string?>("--event") { Description = "Only events of this name", HelpName = "NAME" };
        var user = new Option<string?>("--user") { Description = "Only events of this user id or anonymous id", HelpName = "ID" };
        var where = new Option<string[]>("--where") { Description = "Only where this holds: path=value, path!=value or path~value (contains); may be repeated", HelpName = "CONDITION", DefaultValueFactory = _ => [] };
        var last = new Option<int>("--last") { Description = "How many", DefaultValueFactory = _ => 20, HelpName = "N" };
        var follow = new Option<bool>("--follow") { Description = "Show what arrives from now on, until Ctrl-C" };
        var command = new Command("inspect", "Show the events that arrived last, or as they arrive, and what became of them").With(source, name, user, where, last, follow);
        command.Validators.Add(result =>
        {
            foreach (var text in result.GetValue(where) ?? [])
                if (TapCondition.TryParse(text) is null) result.AddError($"'{text}' is not a condition. Write path=value, path!=value or path~value, for example --where properties.sku=A-1.");
            if (result.GetResult(last) is { Implicit: false } && result.GetValue(last) is (< 1 or > 10_000)) result.AddError("--last is between 1 and 10000.");
        });
        return command.Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            if (result.GetValue(source) is { } wanted) workspace.Settings.Source(wanted);
            var filter = new TapFilter(result.GetValue(source), result.GetValue(name), result.GetValue(user), [.. result.GetValue(where)!.Select(w => TapCondition.TryParse(w)!)]);
            var output = LiveOutput.For(result.GetValue(CommonOptions.Format));
            if (result.GetValue(follow))
            {
                if (OwnerFile.Read(workspace.Settings.DataFolder) is not null)
                    return await new LiveClient(workspace.Settings.DataFolder, LiveQuery.Write(filter.Source, filter.Event, filter.User, result.GetValue(where)!), output).RunAsync(cancellationToken);
                People.Warn("No 'weir up' runs on this data folder, so there is nothing to follow. This is what its journal holds:");
            }
            return await ShowLastAsync(workspace, filter, result.GetValue(last), output, cancellationToken);
        });
    }

    /// <summary>Loaded files are not looked into: what they held is in the lake, or waits for nothing but the next landing.</summary>
    private static async Task<int> ShowLastAsync(Workspace workspace, TapFilter filter, int count, LiveOutput output, CancellationToken cancellationToken)
    {
        var streams = workspace.OpenStreams().Where(s => !s.Id.StartsWith("file/", StringComparison.Ordinal)).ToList();
        var found = await LastEvents.ReadAsync(streams, workspace.Lake, workspace.Settings.Sources, workspace.RulesToShow(), filter, count, cancellationToken);
        foreach (var message in found.Events) output.Show(message.Type, message.Json);
        output.Flush();
        foreach (var problem in found.Problems) People.Bad(problem);
        if (found.Events.Count == 0) People.Say("  The journal holds no such event. What has landed may have left it: ask lake.events with weir query");
        if (found.Before) People.Say($"  Of each stream the last {LastEvents.LookBack:N0} events were looked at; the journal holds older ones");
        return ExitCodes.Ok;
    }
}
