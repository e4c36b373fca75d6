using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Weir.Tests.Acceptance;
using Weir.Tests.Lake;

namespace Weir.Tests.Proof.Soak;

/// <summary>
/// <c>weir up</c> under steady traffic while its roles are killed and paused, somebody looks at the pages and somebody works beside it.
/// At the end an independent reader tells whether each event that was answered 2xx is in the lake once.
/// </summary>
internal sealed class SoakRun : IDisposable
{
    private const string Models = "{{ config(materialized='table') }} select count(*) as n, max(_position) as position from {{ source('lake', 'events') }}";
    private readonly SoakPlan plan;
    private readonly TemporaryProject project = new("shop");
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Tally tally = new();
    private readonly Sender sender;
    private readonly Roles roles;
    private readonly Faults faults;
    private readonly Pages pages;
    private readonly Beside beside;
    private readonly Watch watch;
    private readonly int studio = FreePort(), collect = FreePort();
    private WeirProcess up;

    public SoakRun(SoakPlan plan)
    {
        this.plan = plan;
        foreach (var file in new[] { "models", "tests" }.SelectMany(folder => Directory.GetFiles(project[folder], "*.*", SearchOption.AllDirectories))) File.Delete(file);
        project.With("models/soak_first.sql", Models).With("models/soak_second.sql", Models)
            .With("models/schema.yml", "sources:\n  - name: lake\n    schema: lake\n    tables: [{name: events}]\n");
        // What is replaced goes soon, and there is much of it, so that the end of a long run shows whether the lake stays small.
        project.With("weir.yml", File.ReadAllText(project["weir.yml"]) + "\nlake: {commit_interval: 2s, vacuum_after: 2m}\n");
        project.RunAsync("build").GetAwaiter().GetResult().ShouldSucceed(); // whoever asks while up starts finds both
        up = Start();
        roles = new Roles(project[".weir/local"], () => up.Id);
        faults = new Faults(plan, roles, clock, () =>
        {
            up.Dispose();
            up = Start();
        });
        sender = new Sender(plan, new Uri($"http://127.0.0.1:{collect}"), tally);
        pages = new Pages(new Uri($"http://127.0.0.1:{studio}"), new Uri($"http://127.0.0.1:{collect}"), clock, faults);
        beside = new Beside(plan, project, clock, faults);
        watch = new Watch(plan, roles, project[".weir/local"], clock);
    }

    /// <summary>What is wrong, a line each; empty if all held.</summary>
    public List<string> Wrong { get; } = [];

    /// <summary>The figures, as Markdown.</summary>
    public string Figures { get; private set; } = "";

    public async Task RunAsync()
    {
        await WaitForCollectAsync();
        clock.Restart();
        using var stop = new CancellationTokenSource(plan.Length);
        using var giveUp = new CancellationTokenSource(plan.Length + TimeSpan.FromMinutes(2));
        Task[] others = [faults.RunAsync(stop.Token), pages.RunAsync(stop.Token), beside.RunAsync(stop.Token), watch.RunAsync(stop.Token)];
        await sender.RunAsync(stop.Token, giveUp.Token);
        await Task.WhenAll(others);
        var sent = clock.Elapsed;

        up.Terminate();
        var ended = await up.WaitAsync(TimeSpan.FromMinutes(2));
        if (ended.ExitCode != 0) Wrong.Add($"up ended with {ended.ExitCode} after SIGTERM: {ended.Error}");
        Expect(await project.RunAsync("land"), "land");
        var account = await project.RunAsync("account", "--format", "csv");
        Expect(account, "account");
        if (Beside.Knows("account", "--verify")) Expect(await project.RunAsync("account", "--verify"), "account --verify");
        var found = ReadLake().ToList();
        Check(found, account.Output);
        Figures = Describe(found, sent);
    }

    public void Dispose()
    {
        foreach (var pid in roles.Own.Values)
        {
            using var kill = Process.Start("kill", ["-KILL", pid.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }
        up.Dispose();
        project.Dispose();
    }

    private void Check(IReadOnlyList<(Guid Id, long Count)> found, string account)
    {
        var (lost, ids, _) = tally.Compare(found);
        Wrong.AddRange(lost.Take(20));
        if (lost.Count > 20) Wrong.Add($"and {lost.Count - 20} more such events");
        var sums = account.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',').Skip(1).Select(long.Parse).ToArray()).ToList();
        long Sum(int column) => sums.Sum(s => s[column]);
        var (received, landed, quarantined) = (Sum(0), Sum(1), Sum(3));
        if (received < tally.Answered || received > tally.Attempted) Wrong.Add($"received is {received}, and must lie between {tally.Answered} answered and {tally.Attempted} sent");
        if (landed != ids) Wrong.Add($"the account says that {landed} landed, and {ids} are in the lake");
        if (quarantined < tally.Bad.Answered || quarantined > tally.Bad.Attempted) Wrong.Add($"quarantined is {quarantined}, and must lie between {tally.Bad.Answered} answered and {tally.Bad.Attempted} sent");
        Wrong.AddRange(sender.Faults.Distinct().Take(10));
        Wrong.AddRange(pages.Unexcused.Take(10));
        if (pages.Unexcused.Count > 10) Wrong.Add($"and {pages.Unexcused.Count - 10} more pages");
        Wrong.AddRange(beside.Unexcused);
        if (!plan.JudgesGrowth) return;
        Wrong.AddRange(watch.Grown("memory", 1, 1.25, 60));
        // In the first third there is nothing yet that is old enough to go.
        Wrong.AddRange(watch.Grown("log files", 2, 1.25, 50));
        Wrong.AddRange(watch.Grown("Parquet files", 2, 1.25, 100));
    }

    private string Describe(List<(Guid Id, long Count)> found, TimeSpan sent)
    {
        var (_, ids, answered) = tally.Compare(found);
        string N(double value) => value.ToString("n0", CultureInfo.InvariantCulture);
        var kinds = faults.Windows.GroupBy(w => $"{w.Kind} {w.Role}").OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Count()} × {g.Key}");
        var slow = pages.Milliseconds.Order().ToList();
        string Latency(double part) => slow.Count == 0 ? "none" : N(slow[(int)((slow.Count - 1) * part)]);
        return string.Join('\n', (IEnumerable<string>)
        [
            $"Seed {plan.Seed}, {plan.Length.TotalMinutes:0.#} minutes at {plan.Rate} events/s, a fault every {plan.FaultEvery.TotalSeconds:0} s, a pause lasts {plan.Pause.TotalSeconds:0} s; {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000_000} GB.", "",
            "| | |", "|---|---|",
            $"| events in all attempts | {N(tally.Attempted)} |", $"| events answered 2xx | {N(tally.Answered)} ({N(tally.Answered / sent.TotalSeconds)}/s) |", $"| requests; unanswered and repeated | {N(tally.Requests)}; {N(tally.Unanswered)} |",
            $"| different event ids answered 2xx | {N(answered)} |", $"| different event ids in the lake | {N(ids)} |", $"| malformed, answered 2xx | {N(tally.Bad.Answered)} |",
            $"| faults | {string.Join(", ", kinds)} |",
            $"| pages asked; unanswered while their role was the victim; else | {N(pages.Asked)}; {N(pages.Excused)}; {N(pages.Unexcused.Count)} |", $"| a page took, ms: middle, 99 of 100, longest | {Latency(0.5)}, {Latency(0.99)}, {Latency(1)} |",
            $"| commands beside | {string.Join(", ", beside.Ran.Select(r => $"{r.Value} × {r.Key}"))} |", $"| of them cut by a fault of serve; else failed | {beside.Excused}; {beside.Unexcused.Count} |", "",
            "| least / middle / most | first third | second | last | most |", "|---|---|---|---|---|", .. watch.Lines(), "",
            Wrong.Count == 0 ? "All held: each event answered 2xx is in the lake once, and the account proves it." : "**Did not hold:**", .. Wrong.Select(w => $"- {w.ReplaceLineEndings(" ")}"), "",
        ]);
    }

    /// <summary>Every event id and how often, by an engine that is not DuckDB and code that is not Weir's; a sixteenth at a time.</summary>
    private IEnumerable<(Guid Id, long Count)> ReadLake() =>
        from digit in "0123456789abcdef"
        from line in Chdb.Select(project[".weir/local/lake/events"], $"select event_id as i, count() as n from {{table}} where startsWith(event_id, '{digit}') group by event_id")
        let row = JsonDocument.Parse(line).RootElement
        select (Guid.Parse(row.GetProperty("i").GetString()!), long.Parse(row.GetProperty("n").GetString()!, CultureInfo.InvariantCulture));

    private void Expect(WeirProcess.Result result, string command)
    {
        if (result.ExitCode != 0) Wrong.Add($"weir {command} ended with {result.ExitCode}: {result.Error}");
    }

    private WeirProcess Start() => WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");

    private async Task WaitForCollectAsync()
    {
        using var client = new HttpClient();
        for (var tries = 0; ; tries++)
        {
            try
            {
                if ((await client.GetAsync($"http://127.0.0.1:{collect}/health")).IsSuccessStatusCode && (await client.GetAsync($"http://127.0.0.1:{studio}/")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (tries < 600 && !up.HasExited) { }
            await Task.Delay(100);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
