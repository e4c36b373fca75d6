using System.CommandLine;
using Weir.Land.Quarantines;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir quarantine list|show|export [--source NAME] [--reason CODE] [--event NAME] [--from TIME] [--to TIME]</c>.</summary>
internal static class QuarantineCommand
{
    private static readonly string[] Columns = ["source", "reason", "detail", "event_id", "event", "client_time", "received_at", "stream", "position", "file", "line", "bytes", "sealed"];

    public static Command Create() => new("quarantine", "Show what is kept aside, and why; the bytes stay sealed") { List(), Show(), Export() };

    private static Command List()
    {
        var options = new QuarantineOptions();
        return new Command("list", "Count by source, reason and event").With([.. options.All]).Does((result, _) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var counts = new QuarantineReader(workspace.Lake, workspace.Keys).Count(options.Read(result, workspace));
            new Rows(["source", "reason", "event", "events", "first_received", "last_received"], [.. counts.Select(c => (IReadOnlyList<object?>)[c.Source, c.Reason, c.Event, c.Count, c.First, c.Last])])
                .Write(Console.Out, result.GetValue(CommonOptions.Format));
            People.Say(counts.Count == 0 ? "  Nothing in quarantine" : $"  {counts.Sum(c => c.Count):N0} events; what a reason means: docs/errors/<reason>.md; try them again: weir replay --quarantine --reason {counts[0].Reason} --plan");
            return Task.FromResult(ExitCodes.Ok);
        });
    }

    private static Command Show()
    {
        var options = new QuarantineOptions();
        var limit = new Option<long>("--limit") { Description = "At most so many", DefaultValueFactory = _ => 20, HelpName = "N" };
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<long>() < 1) result.AddError("--limit is at least 1.");
        });
        return new Command("show", "Show events in quarantine, the newest first").With([.. options.All, limit]).Does((result, _) => Write(result, options, result.GetValue(limit)));
    }

    private static Command Export()
    {
        var options = new QuarantineOptions();
        return new Command("export", "Write all events in quarantine, the newest first: with --format csv or json for other programs").With([.. options.All]).Does((result, _) => Write(result, options, null));
    }

    private static Task<int> Write(ParseResult result, QuarantineOptions options, long? most)
    {
        using var workspace = new Workspace(result.Settings(), TimeProvider.System);
        var events = new QuarantineReader(workspace.Lake, workspace.Keys).List(options.Read(result, workspace), most);
        new Rows(Columns, [.. events.Select(Row)]).Write(Console.Out, result.GetValue(CommonOptions.Format));
        if (events.Count == most) People.Say($"  The newest {most:N0}; --limit shows more, weir quarantine export all");
        return Task.FromResult(ExitCodes.Ok);
    }

    private static IReadOnlyList<object?> Row(QuarantinedEvent e) =>
        [e.Source, e.Reason, e.Detail, e.EventId, e.Event, e.ClientTime, e.ReceivedAt, e.Stream, e.Position, e.File, e.Line, e.Bytes, e.IsKept ? "kept" : "gone"];
}
