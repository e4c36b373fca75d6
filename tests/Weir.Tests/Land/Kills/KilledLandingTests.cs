using System.Diagnostics;
using System.Text;
using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Lake.S3;
using Weir.Land;
using Weir.Storage;
using Weir.Tests.Acceptance;
using Weir.Tests.Lake.S3;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Kills;

/// <summary>
/// <c>weir land</c> is killed (-9) at random points, and lands on: no event is lost, none doubled, and the account is proven from the data. A few kills here; <c>eng/long/land-kills</c> sets
/// <c>WEIR_LAND_KILLS</c> for many and writes down what it saw.
/// </summary>
public class KilledLandingTests
{
    private const int EventsPerKill = 4_000;

    [Fact] // G1 G5
    public Task A_landing_that_is_killed_loses_and_doubles_nothing() =>
        KillAsync(int.Parse(Environment.GetEnvironmentVariable("WEIR_LAND_KILLS") ?? "2"), "", data => LakeStore.Open(new LakeOptions(Path.Combine(data, "lake")), LocalDisk.Instance, TimeProvider.System));

    [Fact] // G1 G5
    public async Task A_landing_on_S3_that_is_killed_loses_and_doubles_nothing()
    {
        var server = await S3Server.GetAsync();
        using var cache = new TemporaryFolder();
        var at = server.NewLake(cache.Path);
        using var disk = new S3LakeDisk(at);
        await KillAsync(int.Parse(Environment.GetEnvironmentVariable("WEIR_LAND_KILLS_S3") ?? "3"), $", url: \"{at.Url}\", endpoint: \"{at.Endpoint}\"", _ => LakeStore.Open(new LakeOptions(cache.Path), disk, TimeProvider.System));
    }

    private static async Task KillAsync(int kills, string place, Func<string, LakeStore> open)
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("WEIR_LAND_KILLS_SEED") ?? "1");
        var random = new Random(seed);
        // A commit for some hundred events, so that a kill meets many of them.
        using var project = new TemporaryProject().With("weir.yml", "name: kills\nsources:\n  web: {time_zone: UTC}\nlake: {commit_bytes: 1MB" + place + "}\n");
        var data = project[".weir/local"];
        await using var journal = await JournalWriter.OpenAsync(new JournalOptions(data), LocalDisk.Instance, TimeProvider.System);
        var sent = new SentEvents(random);

        await sent.AppendAsync(journal, EventsPerKill);
        var start = Stopwatch.GetTimestamp();
        (await project.RunAsync("land")).ShouldSucceed();
        var duration = Stopwatch.GetElapsedTime(start);
        var (idle, midway, done) = (0, 0, 0);
        for (var kill = 0; kill < kills; kill++)
        {
            await sent.AppendAsync(journal, EventsPerKill);
            var before = Positions();
            using var land = WeirProcess.Start(null, "land", "--project", project.Folder);
            await Task.WhenAny(land.WaitAsync(TimeSpan.FromMinutes(5)), Task.Delay(duration * (0.2 + 0.8 * random.NextDouble()))); // the point is chance, not a wait for something
            if (!land.HasExited) land.Kill();
            await land.WaitAsync(TimeSpan.FromMinutes(1));
            var after = Positions();
            _ = after == before ? idle++ : after == sent.Count ? done++ : midway++;
            using var lake = open(data);
            Account.Read(lake, () => SentEvents.Streams(data)).ShouldSatisfyAllConditions(a => a.AddsUp.ShouldBeTrue($"seed {seed}, kill {kill}: {string.Join('\n', a.Problems)}"));
        }

        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--verify")).ShouldSucceed();
        using (var lake = open(data))
        using (var connection = new DuckDBConnection("Data Source=:memory:"))
        {
            connection.Open();
            LakeViews.Create(connection, lake.ReadSnapshot());
            connection.Query("SELECT event_id FROM lake.events ORDER BY 1", r => r.GetString(0)).ShouldBe(sent.Ids.Select(i => $"{Id(i)}").Order(StringComparer.Ordinal));
            connection.Scalar<long>("SELECT count(*) FROM lake.quarantine").ShouldBe(sent.Wrong);
        }

        if (Environment.GetEnvironmentVariable("WEIR_LAND_KILLS_RESULT") is { Length: > 0 } file)
            File.WriteAllText(file, $"\n| landings killed | before a commit | between commits | after the last | events | lost | doubled |\n|---|---|---|---|---|---|---|\n| {kills} | {idle} | {midway} | {done} | {sent.Count:N0} | 0 | 0 |\n\n"
                + $"{sent.Ids.Count:N0} landed, {sent.Wrong:N0} in quarantine, the rest duplicates, as they were sent; `weir account --verify` proved it. Seed {seed}. A landing took {duration.TotalSeconds:N1} s from the start of the process; the kill came between 20 % and 100 % of that.\n");

        long Positions()
        {
            using var lake = open(data);
            return lake.Positions.Values.Sum();
        }
    }
}
