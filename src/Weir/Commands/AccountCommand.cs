using System.CommandLine;
using Weir.Accounting;
using Weir.Land;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir account [--by source,hour] [--verify [--source NAME] [--from TIME] [--to TIME]]</c>.</summary>
internal static class AccountCommand
{
    public static Command Create()
    {
        var by = new Option<string>("--by") { Description = "source, hour, or source,hour", DefaultValueFactory = _ => "source", HelpName = "PARTS" };
        by.AcceptOnlyFromAmong("source", "hour", "source,hour", "hour,source");
        var verify = new Option<bool>("--verify") { Description = "Prove it from the data: read every byte received and every file of the lake" };
        var source = new Option<string?>("--source") { Description = "With --verify: this source only", HelpName = "NAME" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "With --verify: what was received from this hour on (UTC unless it says otherwise)", HelpName = "TIME", CustomParser = Hours.Parse };
        var to = new Option<DateTimeOffset?>("--to") { Description = "With --verify: what was received before this hour", HelpName = "TIME", CustomParser = Hours.Parse };
        var account = new Command("account", "Show that every event is accounted for; exit code 3 if not").With(by, verify, source, from, to);
        account.Validators.Add(result =>
        {
            if (!result.GetValue(verify) && new Option[] { source, from, to }.Any(o => result.GetResult(o) is { Implicit: false }))
                result.AddError("--source, --from and --to choose what to verify: they need --verify. Without it the account is of everything.");
        });
        return account.Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            if (result.GetValue(verify))
            {
                var scope = new VerifyScope(result.GetValue(source) is { } name ? workspace.Settings.Source(name).Name : null, result.GetValue(from)?.UtcDateTime, result.GetValue(to)?.UtcDateTime);
                return await VerifyAccount.RunAsync(workspace, scope, result.GetValue(CommonOptions.Format), Console.Out, cancellationToken);
            }
            var report = Account.Read(workspace.Lake, workspace.OpenStreams);
            var parts = result.GetValue(by)!.Split(',');
            Print(report, parts.Contains("source"), parts.Contains("hour"), result.GetValue(CommonOptions.Format), Console.Out);
            return Tell(report) ? ExitCodes.Ok : ExitCodes.AccountOff;
        });
    }

    public static void Print(AccountReport report, bool bySource, bool byHour, OutputFormat format, TextWriter output)
    {
        var groups = report.Rows.GroupBy(r => (Hour: byHour ? r.Hour : default, Source: bySource ? r.Source : ""))
            .OrderBy(g => g.Key.Hour).ThenBy(g => g.Key.Source, StringComparer.Ordinal).ToList();
        var rows = groups.Select(g => Row(bySource ? g.Key.Source : null, byHour ? g.Key.Hour : null, g)).ToList();
        if (format == OutputFormat.Table && groups.Count > 1) rows.Add(Row(bySource ? "all" : null, null, report.Rows, padHour: byHour, hourText: bySource ? "" : "all"));
        string[] names = [.. bySource ? ["source"] : Array.Empty<string>(), .. byHour ? ["hour"] : Array.Empty<string>(), "received", "landed", "duplicate", "quarantined", "dropped", "waiting", "difference"];
        new Rows(names, rows).Write(output, format);
    }

    /// <summary>Says in a sentence whether it adds up; true if so.</summary>
    public static bool Tell(AccountReport report)
    {
        var received = report.Rows.Sum(r => r.Received);
        TellReasons("in quarantine", report.QuarantinedByReason);
        TellReasons("dropped", report.DroppedByReason);
        if (report.Rows.Sum(r => r.WithoutTime) is var withoutTime and > 0)
            People.Say($"  {withoutTime:N0} events had no time of their own: deduplicated by id over 72 hours");
        foreach (var problem in report.Problems) People.Bad(problem);
        if (report.AddsUp) People.Good($"Adds up: all {received:N0} events received are accounted for");
        else People.Bad($"Does not add up: {report.Rows.Sum(r => Math.Abs(r.Difference)):N0} of {received:N0} events are unaccounted for");
        return report.AddsUp;
    }

    private static void TellReasons(string what, IReadOnlyList<QuarantineCount> counts)
    {
        foreach (var reason in counts.GroupBy(q => q.Reason).OrderByDescending(g => g.Sum(q => q.Count)))
            People.Say($"  {what}: {reason.Sum(q => q.Count):N0} {reason.Key} ({string.Join(", ", reason.Select(q => q.Source))})");
    }

    private static List<object?> Row(string? source, DateTime? hour, IEnumerable<AccountRow> rows, bool padHour = false, string hourText = "")
    {
        var all = rows.ToList();
        var cells = new List<object?>();
        if (source is not null) cells.Add(source);
        if (hour is { } time) cells.Add(time);
        else if (padHour) cells.Add(hourText);
        cells.AddRange([all.Sum(r => r.Received), all.Sum(r => r.Landed), all.Sum(r => r.Duplicate), all.Sum(r => r.Quarantined), all.Sum(r => r.Dropped), all.Sum(r => r.Waiting), all.Sum(r => r.Difference)]);
        return cells;
    }
}
