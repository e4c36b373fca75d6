using System.Globalization;
using System.Numerics;
using Weir.Generate;

namespace Weir.Tests.Acceptance;

/// <summary>Half a million generated events, checked against what the generator decided to send.</summary>
public class GeneratedEventsTests
{
    private const long TwoGigabytes = 2_000_000_000;

    [Fact]
    public async Task Half_a_million_events_land_with_exactly_the_distinct_count()
    {
        // 40 hours over a midnight in UTC and in Berlin, so that copies cross hours and days.
        var start = new DateTimeOffset(2026, 3, 10, 8, 0, 0, TimeSpan.Zero);
        var shop = new Shop(new ShopOptions { Seed = 11, Start = start, VisitsPerDay = 36_000 });
        using var project = new TemporaryProject("shop");
        var sent = new List<(string Source, Sent Sent)>();
        var files = new Dictionary<string, List<string>> { ["web"] = [], ["mobile"] = [] };
        for (var hours = 0; hours < 40; hours += 8)
        {
            foreach (var source in files.Keys)
            {
                var (content, inside) = shop.Export(source, start.AddHours(hours), start.AddHours(hours + 8));
                sent.AddRange(inside.Select(s => (source, s)));
                files[source].Add(project[$"{source}-{hours}.ndjson"]);
                await File.WriteAllBytesAsync(files[source][^1], content);
            }
        }
        sent.Count.ShouldBeGreaterThan(500_000);

        var peak = 0L;
        foreach (var (source, paths) in files)
        {
            using var load = WeirProcess.Start(null, ["load", .. paths, "--source", source, "--project", project.Folder]);
            var ended = load.WaitAsync(TimeSpan.FromMinutes(8));
            while (await Task.WhenAny(ended, Task.Delay(100)) != ended) peak = Math.Max(peak, load.PeakMemory);
            (await ended).ShouldSucceed();
        }
        if (OperatingSystem.IsLinux()) peak.ShouldBeInRange(1, TwoGigabytes);

        var expected = string.Join('\n', files.Keys.Order(StringComparer.Ordinal).Select(source =>
        {
            long Count(Fate fate) => sent.LongCount(s => s.Source == source && s.Sent.Fate == fate);
            return string.Create(CultureInfo.InvariantCulture, $"{source},{sent.LongCount(s => s.Source == source)},{Count(Fate.Lands)},{Count(Fate.Duplicate)},{Count(Fate.Quarantined)},0,0,0");
        }));
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith($"{expected}\n");

        // Not only as many, but these: sums over ids and times that the generator knows.
        var landed = sent.Where(s => s.Sent.Fate == Fate.Lands).Select(s => s.Sent.Event).ToList();
        var ids = landed.Aggregate(BigInteger.Zero, (sum, e) => sum + Convert.ToInt64(e.Id.ToString("n")[..12], 16));
        (await project.QueryAsync("select count(*), count(distinct event_id), sum(('0x' || replace(event_id, '-', '')[1:12])::bigint), min(client_time), max(client_time) from lake.events"))
            .ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{landed.Count},{landed.Count},{ids},{Stamp(landed.Min(e => e.ClientTime))},{Stamp(landed.Max(e => e.ClientTime))}"));
    }

    private static string Stamp(DateTimeOffset time) =>
        new DateTime(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
