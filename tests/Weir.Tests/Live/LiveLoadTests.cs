using System.Diagnostics;
using Weir.Tests.Acceptance;
using Weir.Tests.Proof.Soak;

namespace Weir.Tests.Live;

/// <summary>The tap under load: everything is shown with its fate, soon, and memory stays.</summary>
public class LiveLoadTests
{
    [Fact]
    public async Task Under_load_every_event_is_shown_with_its_fate_and_none_is_left_out() => await RunAsync(new LivePlan(TimeSpan.FromSeconds(3), 1_000, 50));

    /// <summary>The long form, by <c>eng/long/live</c>.</summary>
    [Fact]
    public async Task Long()
    {
        if (LivePlan.FromEnvironment() is { } plan) await RunAsync(plan, Environment.GetEnvironmentVariable("WEIR_LIVE_RESULT"));
        else Assert.Skip("Run eng/long/live.");
    }

    private static async Task RunAsync(LivePlan plan, string? result = null)
    {
        using var project = new TemporaryProject()
            .With("weir.yml", "sources:\n  web: {write_keys: [shop-web]}\njournal: {disk_budget: 20GB}\n").With("dbt_project.yml", "name: small\nmodel-paths: [models]\n").With("models/none.sql", "select 1 as one");
        var (studio, collect) = (Up.FreePort(), Up.FreePort());
        using var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        await Up.Eventually(async () => up.Error.Contains("Ctrl-C stops", StringComparison.Ordinal) && (await client.GetAsync($"http://127.0.0.1:{studio}/health")).IsSuccessStatusCode, up);
        var (sender, reader) = (new LiveSender(plan, new Uri($"http://127.0.0.1:{collect}")), new LiveReader(plan.Warmup));
        using var stop = new CancellationTokenSource();
        var reading = reader.RunAsync(await client.GetStreamAsync($"http://127.0.0.1:{studio}/live"), stop.Token);
        var load = string.Join(' ', (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ').Take(2));
        var clock = Stopwatch.StartNew();
        var watch = new Watch(new SoakPlan { Seed = 0, Length = plan.Warmup + plan.Length, SampleEvery = TimeSpan.FromSeconds(2) }, new global::Weir.Tests.Proof.Soak.Roles(project[".weir/local"], () => up.Id), project[".weir/local"], clock);
        var watching = watch.RunAsync(stop.Token);
        await sender.RunAsync();
        var took = clock.Elapsed;
        for (var until = clock.Elapsed + TimeSpan.FromMinutes(1); !IsComplete() && clock.Elapsed < until;) await Task.Delay(100);
        await stop.CancelAsync();
        await Task.WhenAll(reading, watching);
        up.Terminate();
        await up.WaitAsync(TimeSpan.FromSeconds(60));
        if (result is not null)
        {
            await File.WriteAllLinesAsync(result,
            [
                $"{plan.Length.TotalMinutes:0.#} minutes at {plan.Rate} events/s, {plan.Batch} a request, after {plan.Warmup.TotalSeconds:0} s that are not measured; {Environment.ProcessorCount} processors shared by sender, roles and reader, load average before it {load}.", "",
                "| | |", "|---|---|",
                $"| events answered 2xx; refused | {sender.Accepted:N0} ({sender.Accepted / took.TotalSeconds:N0}/s); {sender.Refused:N0} |", $"| events shown; fates told | {reader.Events:N0}; {reader.Fates:N0} |",
                $"| from the beginning of the request to the message, ms: middle, 99 of 100, 999 of 1000, longest | {reader.Latency(0.5):N0}, {reader.Latency(0.99):N0}, {reader.Latency(0.999):N0}, {reader.Latency(1):N0} |",
                $"| left out; before, while processes warmed up | {Told(reader.LeftOut)}; {Told(reader.LeftOutBefore)} |", "",
                "| least / middle / most | first third | second | last | most |", "|---|---|---|---|---|", .. watch.Lines().Where(l => l.StartsWith("| memory", StringComparison.Ordinal)),
            ]);
        }
        (reader.Events + reader.Skipped.Events, reader.Fates + reader.Skipped.Fates).ShouldBe((sender.Accepted, reader.Events));
        reader.LeftOut.ShouldBeEmpty();
        if (result is not null) reader.Latency(0.99).ShouldBeLessThan(1_000);
        if (plan.JudgesGrowth) watch.Grown("memory of serve", 1, 1.3, 50).ShouldBeEmpty();

        bool IsComplete() => reader.Events + reader.Skipped.Events >= sender.Accepted && reader.Fates + reader.Skipped.Fates >= reader.Events;
    }

    private static string Told(List<string> leftOut) => leftOut.Count == 0 ? "nothing" : string.Join("; ", leftOut.Take(10));
}
