using System.CommandLine;
using Weir.Land.Retaining;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir retention [--plan]</c>.</summary>
internal static class RetentionCommand
{
    public static Command Create()
    {
        var plan = new Option<bool>("--plan") { Description = "Show what is due, and change nothing" };
        return new Command("retention", "Remove what was kept long enough: bytes as received, events, quarantine, keys; a running 'weir up' does it by itself").With(plan).Does(async (result, cancellationToken) =>
        {
            using var workspace = new Workspace(result.Settings(), TimeProvider.System);
            var isPlan = result.GetValue(plan);
            using var retainer = isPlan ? Retainer.ForPlan(workspace.Retention) : Retainer.Open(workspace.Retention, workspace.Settings.Roles.Lease);
            var streams = workspace.OpenStreams();
            var work = isPlan ? retainer.Plan(streams) : await RunAsync(retainer, streams, cancellationToken);
            new Rows(["what", "source", "from", "to", "files", "events", "bytes"], [.. work.Select(w => (IReadOnlyList<object?>)[Name(w.Kind), w.Source, w.From, w.To, w.Files, w.Events, w.Bytes])])
                .Write(Console.Out, result.GetValue(CommonOptions.Format));
            if (work.Count == 0) People.Good("Nothing is due");
            else if (isPlan) People.Say("  Nothing was changed: without --plan this goes. What was sealed with a key that is gone can never be read again.");
            else
            {
                var moved = work.Where(w => w.Kind == RetentionKind.Tiers).Sum(w => w.Files);
                People.Good($"{work.Sum(w => w.Files) - moved:N0} files went; the ledger says which events were in them");
                if (moved > 0) People.Good($"{moved:N0} files are in another storage class");
            }
            return ExitCodes.Ok;
        });
    }

    /// <summary>What a piece of it is called.</summary>
    public static string Name(RetentionKind kind) => kind.ToString().ToLowerInvariant();

    private static Task<IReadOnlyList<RetentionWork>> RunAsync(Retainer retainer, IReadOnlyList<Events.IEventStream> streams, CancellationToken cancellationToken) =>
        People.WithProgress<IReadOnlyList<RetentionWork>>("Removing", async report =>
        {
            var done = new List<RetentionWork>();
            await foreach (var work in retainer.RunAsync(streams, cancellationToken))
            {
                done.Add(work);
                report(0, $"{Name(work.Kind)} of {work.Source}");
            }
            return [.. RetentionWork.Sum(done)];
        });
}
