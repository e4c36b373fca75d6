using System.CommandLine;
using Weir.Land;
using Weir.Land.Quarantines;
using Weir.Land.Replay;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir replay --quarantine [--reason CODE] … | --raw --source NAME --from TIME --to TIME [--plan]</c>.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var options = new QuarantineOptions();
        var quarantine = new Option<bool>("--quarantine") { Description = "Try what lies in quarantine" };
        var raw = new Option<bool>("--raw") { Description = "Try what a source received in some hours, from the bytes as received: also what a rule dropped" };
        var contract = new Option<string?>("--contract") { Description = "Only the events of this contract", HelpName = "NAME" };
        var plan = new Option<bool>("--plan") { Description = "Show what would become of them, and change nothing" };
        var replay = new Command("replay", "Try events again that were kept aside, by the contracts and rules as they are now").With([quarantine, raw, .. options.All, contract, plan]);
        replay.Validators.Add(result =>
        {
            bool Has(Option option) => result.GetResult(option) is { Implicit: false };
            if (result.GetValue(quarantine) == result.GetValue(raw)) result.AddError("Say what to replay: either --quarantine, or --raw --source NAME --from TIME --to TIME.");
            else if (result.GetValue(raw) && !(Has(options.Source) && Has(options.From) && Has(options.To))) result.AddError("--raw needs --source, --from and --to: which hours of which source.");
            else if (result.GetValue(raw) && (Has(options.Reason) || Has(options.Event) || Has(contract))) result.AddError("--reason, --event and --contract choose from quarantine: they go with --quarantine.");
            else if (Has(options.Event) && Has(contract)) result.AddError("--event and --contract both say which events: give one of them.");
        });
        return replay.Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var rules = workspace.Rules();
            var filter = options.Read(result, workspace);
            if (result.GetValue(contract) is { } name) filter = filter with { Events = NamesOf(rules, name) };
            var isPlan = result.GetValue(plan);
            using var replayer = workspace.OpenReplayer(rules, isPlan);
            var streams = workspace.OpenStreams();
            var report = await People.WithProgress(isPlan ? "Trying" : "Replaying", tell =>
            {
                var progress = new Landing.Direct<ReplayProgress>(p => tell(p.Total == 0 ? 0 : (double)p.Tried / p.Total, $"{p.Tried:N0} events"));
                return result.GetValue(raw)
                    ? replayer.FromRawAsync(filter.Source!, filter.From!.Value, filter.To!.Value, streams, progress, cancellationToken)
                    : replayer.FromQuarantineAsync(filter, streams, progress, cancellationToken);
            });
            Print(report, result.GetValue(CommonOptions.Format));
            Tell(report, isPlan);
            return ExitCodes.Ok;
        });
    }

    private static IReadOnlyList<string> NamesOf(EventRules rules, string name)
    {
        var all = rules.Contracts.Summarize();
        return all.FirstOrDefault(c => c.Name == name)?.Events ?? throw new WeirException("WEIR1043",
            $"There is no contract '{name}' in this project; it has {(all.Count == 0 ? "none" : string.Join(", ", all.Select(c => c.Name)))}. Name one of them as its folder in contracts/ is called. Nothing was changed.");
    }

    private static void Print(ReplayReport report, OutputFormat format) => new Rows(
        ["source", "reason", "events", "landed", "duplicate", "quarantined", "dropped", "stays", "unreadable"],
        [.. report.Counts.Select(c => (IReadOnlyList<object?>)[c.Source, c.Reason, c.Events, c.Landed, c.Duplicate, c.Quarantined, c.Dropped, c.Stays, c.Unreadable])]).Write(Console.Out, format);

    private static void Tell(ReplayReport report, bool isPlan)
    {
        foreach (var (why, count) in report.Unreadable) People.Warn($"{count:N0} events cannot be tried: {why}");
        var (landed, changed, all) = (report.Counts.Sum(c => c.Landed), report.Counts.Sum(c => c.Changed), report.Counts.Sum(c => c.Events));
        if (isPlan) People.Say($"  {landed:N0} of {all:N0} events would land, {changed - landed:N0} would have another fate than now. Nothing was changed: without --plan it would be.");
        else if (changed == 0) People.Good($"Nothing to change: {all:N0} events were tried");
        else People.Good($"{landed:N0} of {all:N0} events landed, {changed - landed:N0} have another fate, in {report.Commits:N0} commit{(report.Commits == 1 ? "" : "s")}");
    }
}
