using System.Diagnostics;
using Weir.Lake;
using Weir.Land;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Kills;

/// <summary>Late events, a few at a time. Some here; <c>eng/long/late-events</c> sets <c>WEIR_LATE_TRICKLES</c> for many and writes down how long it took.</summary>
public sealed class LateEventsTests : IDisposable
{
    private readonly LandFixture land = new();
    private readonly MemoryEventStream stream = new("aaaa", "web");

    public void Dispose() => land.Dispose();

    [Fact] // L10
    public async Task An_hour_that_late_events_trickle_into_ends_as_a_handful_of_files_and_no_reader_sees_a_half_state()
    {
        var trickles = int.Parse(Environment.GetEnvironmentVariable("WEIR_LATE_TRICKLES") ?? "100");
        var (landed, done) = (0, false);
        using var lake = land.OpenLake();
        var reading = Task.Run(() =>
        {
            var (reads, before) = (0, 0L);
            while (!Volatile.Read(ref done))
            {
                var least = Volatile.Read(ref landed);
                var seen = land.Read(c => Weir.DuckDb.DuckDBConnectionExtensions.Query(c, "SELECT count(*), count(DISTINCT event_id) FROM lake.events", r => (Rows: r.GetInt64(0), Ids: r.GetInt64(1)))[0]);
                seen.Ids.ShouldBe(seen.Rows);
                seen.Rows.ShouldBeGreaterThanOrEqualTo(Math.Max(before, least));
                (reads, before) = (reads + 1, seen.Rows);
            }
            return reads;
        });
        var start = Stopwatch.GetTimestamp();
        var most = 0;
        try
        {
            await using var lander = await Lander.OpenAsync(new LandOptions(land.Data), lake, land.Sources, land.Keys, LocalDisk.Instance);
            var maintenance = lake.Maintain(new MaintenanceOptions(Path.Combine(land.Data, "spill")));
            for (var n = 0; n < trickles; n++)
            {
                stream.Append(At("2026-03-01T10:00:00").AddSeconds(n), Of(n, "2026-01-01T09:30:00"));
                (await lander.LandAsync([stream], null, CancellationToken.None)).Landed.ShouldBe(1);
                Volatile.Write(ref landed, n + 1);
                if (n % 10 == 9) while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
                most = Math.Max(most, lake.ReadSnapshot()["events"].Files.Count);
            }
            while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
        }
        finally
        {
            Volatile.Write(ref done, true);
        }
        var reads = await reading;
        var took = Stopwatch.GetElapsedTime(start);
        var files = lake.ReadSnapshot()["events"].Files.Count;
        files.ShouldBeLessThanOrEqualTo(32);
        most.ShouldBeLessThanOrEqualTo(32 + 10);
        reads.ShouldBeGreaterThan(0);
        land.Count("SELECT count(*) FROM lake.events").ShouldBe(trickles);
        Note($"| {trickles:N0} late events, one a commit, into one hour; maintenance after every tenth | {took.TotalSeconds:N1} s | {files} files of events at the end, at most {most}; {reads:N0} reads beside it, each whole |\n");
    }

    [Fact]
    public async Task Late_events_over_a_thousand_old_hours_land_in_one_call()
    {
        const int Hours = 1_000;
        string[] Events(int from) => [.. Enumerable.Range(0, Hours).Select(h => Of(from + h, $"{new DateTime(2026, 1, 1).AddHours(h):yyyy-MM-ddTHH}:10:00"))];
        await land.LandAsync(stream.Append(At("2026-03-01T10:00:00"), Events(0)));
        var start = Stopwatch.GetTimestamp();
        (await land.LandAsync(stream.Append(At("2026-03-01T11:00:00"), [.. Events(Hours), .. Events(0)]))).ShouldSatisfyAllConditions(r => r.Landed.ShouldBe(Hours), r => r.Duplicate.ShouldBe(Hours));
        var took = Stopwatch.GetElapsedTime(start);
        land.Count("SELECT count(*) * 10000 + count(DISTINCT (date, hour)) FROM lake.events").ShouldBe(2 * Hours * 10_000L + Hours);
        Note($"| {Hours:N0} late events over {Hours:N0} old hours, and as many copies of older ones, in one call | {took.TotalSeconds:N1} s | {Hours:N0} files |\n");
    }

    private static void Note(string line)
    {
        if (Environment.GetEnvironmentVariable("WEIR_LATE_RESULT") is { Length: > 0 } file) File.AppendAllText(file, line);
    }
}
