using System.Diagnostics;
using Weir.Accounting;
using Weir.DuckDb;
using Weir.Journal.Kafka;
using Weir.Journal.Kafka.Topics;
using Weir.Lake;
using Weir.Land;
using Weir.Storage;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Kafka;

/// <summary>One run: landers as processes, each with a data folder of its own, over a shared lake; then the reckoning.</summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3), Patience = TimeSpan.FromMinutes(4);
    private readonly ChaosPlan plan;
    private readonly KafkaServer server;
    private readonly TemporaryProject project;
    private readonly KafkaOptions options;
    private readonly Random random;
    private readonly List<(WeirProcess Process, string Data)> landers = [];
    private readonly SortedDictionary<string, int> done = new(StringComparer.Ordinal);
    private int machines;

    public ChaosRun(ChaosPlan plan, KafkaServer server, TemporaryProject project)
    {
        (this.plan, this.server, this.project, random) = (plan, server, project, new Random(plan.Seed));
        options = new KafkaOptions(server.Brokers) { TopicPrefix = "chaos.", Partitions = plan.Partitions, Group = "chaos", AnswerWithin = TimeSpan.FromSeconds(5) };
        project.With("weir.yml", $$"""
            name: chaos
            sources:
              web: {write_keys: [k]}
            journal:
              type: kafka
              kafka: {brokers: "{{server.Brokers}}", topic_prefix: chaos., partitions: {{plan.Partitions}}, group: chaos}
            lake: {folder: shared/lake, keys: shared/keys, commit_interval: 1s}
            roles: {lease: 3s}
            """);
    }

    private string LakeFolder => project["shared/lake"];

    public async Task<string> RunAsync()
    {
        await using var writer = new KafkaJournalWriter(options, new Dictionary<string, IReadOnlyList<string>> { ["web"] = [] }, null, TimeProvider.System);
        await writer.PrepareAsync();
        for (var i = 0; i < plan.Landers; i++) Add();
        var load = new ChaosLoad(writer, plan.Seed);
        using var stop = new CancellationTokenSource(plan.Load);
        var loading = Task.Run(() => load.RunAsync(stop.Token));
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(random.Next(500, 2500));
            await DoAsync();
        }
        await loading.WaitAsync(Patience);
        var caughtUp = Stopwatch.StartNew();
        await LandedAsync();
        caughtUp.Stop();
        foreach (var (process, _) in landers) process.Terminate();
        foreach (var (process, _) in landers) await process.WaitAsync(TimeSpan.FromSeconds(60));
        return await ReckonAsync(load, caughtUp.Elapsed);
    }

    private void Add()
    {
        var data = project[$"machine-{++machines}"];
        landers.Add((Start(data), data));
    }

    private WeirProcess Start(string data) => WeirProcess.Start(null, "role", "land", "--project", project.Folder, "--data", data);

    private async Task DoAsync()
    {
        var at = random.Next(landers.Count);
        var (process, data) = landers[at];
        switch (random.Next(plan.Nodes == 1 ? 5 : 7))
        {
            case 0 or 1:
                Count("killed");
                process.Kill();
                process.Dispose();
                landers[at] = (Start(data), data);
                break;
            case 2:
                Count("paused");
                WeirProcess.Signal(process.Id, "STOP");
                await Task.Delay(Lease * 1.5);
                WeirProcess.Signal(process.Id, "CONT");
                break;
            case 3 when landers.Count < plan.Landers + 2:
                Count("added");
                Add();
                break;
            case 3:
                Count("stopped");
                process.Terminate();
                await process.WaitAsync(TimeSpan.FromSeconds(60));
                landers.RemoveAt(at);
                break;
            case 4 when plan.Nodes == 1:
                Count("broker held");
                await server.RunAsync("pause", "1");
                await Task.Delay(random.Next(500, 2000));
                await server.RunAsync("continue", "1");
                break;
            default:
                Count("broker killed");
                var node = $"{random.Next(plan.Nodes) + 1}";
                await server.RunAsync("kill", node);
                await Task.Delay(random.Next(1000, 5000));
                await server.RunAsync("revive", node);
                break;
        }
    }

    private void Count(string what) => done[what] = done.GetValueOrDefault(what) + 1;

    private async Task LandedAsync()
    {
        using var lake = OpenLake();
        using var streams = OpenStreams();
        var reader = new LagReader(lake, TimeProvider.System);
        var last = "";
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(1000))
        {
            var lags = await reader.ReadAsync(streams.Open, CancellationToken.None);
            if (lags.Count == plan.Partitions && lags.All(l => l.Events == 0 && l.Problem is null)) return;
            last = string.Join("; ", lags.Where(l => l.Events > 0 || l.Problem is not null).Select(l => $"{l.Name}: {l.Events} {l.Problem}"));
        }
        Assert.Fail($"seed {plan.Seed}: not all landed within {Patience}: {last}\n{string.Join("\n---\n", landers.Select(l => l.Process.Error))}");
    }

    private async Task<string> ReckonAsync(ChaosLoad load, TimeSpan caughtUp)
    {
        using var lake = OpenLake();
        using var streams = OpenStreams();
        using var connection = LakeViews.Open(lake.ReadSnapshot());
        var rows = connection.Query("SELECT event_id::VARCHAR, user_id, strftime(client_time AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S') FROM lake.events", r => (Id: Guid.Parse(r.GetString(0)), User: r.GetString(1), Time: r.GetString(2)));
        var landed = rows.ToLookup(r => r.Id);
        var seed = $"seed {plan.Seed}";
        landed.Where(g => g.Count() > 1).Select(g => g.Key).ShouldBeEmpty($"{seed}: doubled");
        load.Acknowledged.Keys.Where(id => !landed.Contains(id)).ShouldBeEmpty($"{seed}: lost");
        rows.Where(r => !load.Acknowledged.TryGetValue(r.Id, out var truth) || truth != (r.User, r.Time)).ShouldBeEmpty($"{seed}: other rows than were sent");
        var account = Account.Read(lake, streams.Open);
        account.Problems.ShouldBeEmpty(seed);
        account.AddsUp.ShouldBeTrue(seed);
        var proof = await new AccountVerifier(lake, LocalDisk.Instance, new VerifyOptions(project["verify"])).VerifyAsync(new VerifyScope(), streams.Open, null, CancellationToken.None);
        proof.Faults.ShouldBeEmpty(seed);
        var received = account.Rows.Sum(r => r.Received);
        received.ShouldBeGreaterThanOrEqualTo(load.Sent, seed);
        return $"| {plan.Seed} | {load.Sent:N0} | {load.Copies:N0} | {load.Refused:N0} | {received:N0} | {rows.Count:N0} | {account.Rows.Sum(r => r.Duplicate):N0} | {string.Join(", ", done.Select(d => $"{d.Value} {d.Key}"))} | {caughtUp.TotalSeconds:0} s |";
    }

    private LakeStore OpenLake() => LakeStore.Open(new LakeOptions(LakeFolder), LocalDisk.Instance, TimeProvider.System);

    private KafkaStreams OpenStreams() => new(options, [new SourceTopic(options.TopicOf("web"), "web", IsOwn: true)], new TopicBook(LakeFolder, LocalDisk.Instance), TimeProvider.System);

    public ValueTask DisposeAsync()
    {
        foreach (var (process, _) in landers) process.Dispose();
        return ValueTask.CompletedTask;
    }
}
