using Weir.Accounting;
using Weir.Land;
using Weir.Output;
using Weir.Roles;

namespace Weir.Commands;

/// <summary><c>weir account --verify</c>: proves the account from the data, and tells what does not hold.</summary>
internal static class VerifyAccount
{
    public static async Task<int> RunAsync(Workspace workspace, VerifyScope scope, OutputFormat format, TextWriter output, CancellationToken cancellationToken)
    {
        var verifier = new AccountVerifier(workspace.Lake, workspace.Disk, new VerifyOptions(Path.Combine(workspace.Settings.DataFolder, "run", "verify")));
        var report = await People.WithProgress("Verifying", tell =>
            verifier.VerifyAsync(scope, workspace.OpenStreams, new Landing.Direct<VerifyProgress>(p => tell(p.Fraction, p.Step)), cancellationToken));
        Print(report, format, output);
        Tell(report);
        return report.Holds ? ExitCodes.Ok : ExitCodes.AccountOff;
    }

    /// <summary>A row per source; in JSON with the faults of each.</summary>
    private static void Print(VerifyReport report, OutputFormat format, TextWriter output)
    {
        string[] names = ["source", "streams", "events", "landed", "duplicate", "quarantined", "dropped", "waiting", "removed", "unproven", "faults"];
        var faults = report.Faults.ToLookup(f => f.Source, StringComparer.Ordinal);
        var streams = report.Streams.ToLookup(s => s.Source, StringComparer.Ordinal);
        var sources = streams.Select(s => s.Key).Union(faults.Select(f => f.Key), StringComparer.Ordinal).Order(StringComparer.Ordinal);
        new Rows(names, sources.Select(source => Row(source, [.. streams[source]], format == OutputFormat.Json ? Objects(faults[source]) : faults[source].Count()))).Write(output, format);
    }

    private static IReadOnlyList<object?> Row(string source, List<StreamVerdict> all, object faults) =>
    [
        source, all.Count, all.Sum(s => s.To - s.From), all.Sum(s => s.Landed), all.Sum(s => s.Duplicate), all.Sum(s => s.Quarantined), all.Sum(s => s.Dropped),
        all.Sum(s => s.Waiting), all.Sum(s => s.Removed), all.Sum(s => s.Unproven), faults,
    ];

    private static List<object?> Objects(IEnumerable<VerifyFault> faults) =>
    [
        .. faults.Select(f => new Dictionary<string, object?>
        {
            ["stream"] = f.Stream, ["from"] = f.From, ["to"] = Math.Max(f.From, f.To - 1), ["file"] = f.File, ["what"] = f.What, ["remedy"] = f.Remedy,
        }),
    ];

    private static void Tell(VerifyReport report)
    {
        foreach (var fault in report.Faults) People.Bad(fault.ToString());
        if (report.Streams.Sum(s => s.Waiting) is var waiting and > 0) People.Say($"  {waiting:N0} events wait: received and whole, not landed yet");
        if (report.Streams.Sum(s => s.Removed) is var removed and > 0) People.Say($"  {removed:N0} events were removed after landing: the ledger's hash stands for their bytes");
        if (report.Streams.Sum(s => s.Unproven) is var unproven and > 0)
            People.Say($"  {unproven:N0} events were acknowledged after the last witness: those that are there are whole; that there were no more is unproven");
        var events = report.Streams.Sum(s => s.To - s.From);
        if (report.Holds) People.Good($"Proven: each of {events:N0} events of {report.Streams.Count:N0} streams is there, and each that has landed has exactly one fate");
        else People.Bad($"Not proven: {report.Faults.Count:N0} fault{(report.Faults.Count == 1 ? "" : "s")}");
    }
}
