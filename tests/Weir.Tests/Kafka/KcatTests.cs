using System.Diagnostics;
using Weir.Events;
using Weir.Sources;

namespace Weir.Tests.Kafka;

/// <summary>kcat as a producer that knows nothing of Weir, in four shapes at once; some thousand messages here, and a million by <c>eng/long/kcat</c>. What must become of them is counted from their numbers.</summary>
public class KcatTests
{
    [Fact]
    public async Task Messages_of_four_shapes_land_or_are_quarantined_exactly() // K2, K4, K6
    {
        static string? Of(string name) => Environment.GetEnvironmentVariable($"WEIR_KCAT_{name}");
        var each = (int.TryParse(Of("MESSAGES"), out var asked) ? asked : 4000) / 4;
        await using var bench = await KafkaBench.StartAsync(4);
        var prefix = $"kcat.{bench.Options.TopicPrefix}";
        var shapes = KcatShape.All(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:00:00"));
        foreach (var shape in shapes)
        {
            bench.Land.Sources.Add(new SourceDefinition { Name = shape.Name, TimeZone = "UTC", Topic = shape.Topic(prefix) });
            bench.Foreign.Add(shape.SourceTopic(prefix));
            await bench.Server.MakeTopicAsync(prefix + shape.Name, 4);
        }

        var watch = Stopwatch.StartNew();
        await Task.WhenAll(shapes.Select(s => ForeignTopicTests.KcatAsync(bench.Server, prefix + s.Name, Enumerable.Range(0, each).Select(s.Line))));
        var produced = watch.Elapsed;
        watch.Restart();
        var result = await bench.LandAsync();
        var landed = watch.Elapsed;

        result.Problems.ShouldBeEmpty();
        var fates = Enumerable.Range(0, each).ToLookup(KcatShape.FateOf);
        int CountOf(KcatFate fate) => fates[fate].Count();
        var (good, copies, bad, nothing) = (CountOf(KcatFate.Lands), CountOf(KcatFate.Copy), CountOf(KcatFate.CutOff) + CountOf(KcatFate.NoObject), CountOf(KcatFate.Nothing));
        (result.Landed, result.Duplicate, result.Quarantined, result.Dropped).ShouldBe((4 * good, 4 * copies, 4 * bad, 4 * nothing));
        foreach (var shape in shapes)
        {
            bench.Land.Texts($"SELECT concat_ws(' ', count(*), count(DISTINCT event_id), count(DISTINCT n), sum(n), count(*) FILTER (ltrim(user_id, 'u')::BIGINT = n % 1000)) FROM (SELECT *, (properties->>'n')::BIGINT AS n FROM lake.events WHERE source = '{shape.Name}')")
                .ShouldBe([$"{good} {good} {good} {fates[KcatFate.Lands].Sum(n => (long)n)} {good}"], shape.Name);
            bench.Land.Texts($"SELECT concat_ws(' ', reason, count(*), count(DISTINCT (file, _position))) FROM lake.quarantine WHERE source = '{shape.Name}' AND file LIKE '{prefix}{shape.Name}/%' GROUP BY reason ORDER BY reason")
                .ShouldBe([$"invalid_json {CountOf(KcatFate.CutOff)} {CountOf(KcatFate.CutOff)}", $"not_an_object {CountOf(KcatFate.NoObject)} {CountOf(KcatFate.NoObject)}"], shape.Name);
        }
        var account = bench.Account();
        account.Problems.ShouldBeEmpty();
        account.AddsUp.ShouldBeTrue();
        account.DroppedByReason.Select(d => (d.Reason, d.Count)).ShouldAllBe(d => d.Reason == DropReasons.Tombstone);
        (await bench.VerifyAsync()).Faults.ShouldBeEmpty();
        if (Of("RESULT") is { Length: > 0 } file)
            await File.AppendAllTextAsync(file, $"| {4 * each:N0} | {4 * good:N0} | {4 * copies:N0} | {4 * bad:N0} | {4 * nothing:N0} | {produced.TotalSeconds:0.0} | {landed.TotalSeconds:0.0} |\n");
    }
}
