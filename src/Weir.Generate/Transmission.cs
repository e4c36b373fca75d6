namespace Weir.Generate;

/// <summary>How the events of a visit reach the collector: in batches, with a delay, some twice, some spoiled.</summary>
/// <param name="SentAt">When the client sent it (true time).</param>
/// <param name="At">When it arrives.</param>
/// <param name="Events">What is in it.</param>
internal sealed record Transmission(DateTimeOffset SentAt, DateTimeOffset At, IReadOnlyList<(ShopEvent Event, Fate Fate)> Events)
{
    /// <summary>The longest time between an event and its last copy's arrival.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private const int MostInBatch = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(25);

    /// <summary>The transmissions of one visit's events, the copies among them.</summary>
    public static IEnumerable<Transmission> Of(ShopOptions options, IReadOnlyList<ShopEvent> visit)
    {
        for (var first = 0; first < visit.Count;)
        {
            var next = first + 1;
            while (next < visit.Count && next - first < MostInBatch && visit[next].At - visit[first].At < LongestWait) next++;
            foreach (var transmission in Batch(options, [.. visit.Skip(first).Take(next - first)])) yield return transmission;
            first = next;
        }
    }

    private static IEnumerable<Transmission> Batch(ShopOptions options, IReadOnlyList<ShopEvent> events)
    {
        var rng = Rng.For(options.Seed, "send", BitConverter.ToInt64(events[0].Id.ToByteArray()));
        var sent = Milliseconds(events[^1].At.AddSeconds(0.3 + rng.Exponential(1.5)));
        var arrives = Milliseconds(sent.AddSeconds(0.02 + Math.Min(30, rng.Exponential(0.15))));
        var original = events.Select(e => (e, rng.Chance(options.Malformed) ? Fate.Quarantined : Fate.Lands)).ToList();
        yield return new Transmission(sent, arrives, original);

        // Copies are a share of all that is received, so their number per original is share / (1 - share).
        var copyChance = options.Duplicates / (1 - options.Duplicates);
        var copies = original.Where(o => o.Item2 == Fate.Lands && rng.Chance(copyChance)).Select(o => (o.e, Fate.Duplicate)).ToList();
        var late = copies.Where(_ => rng.Chance(options.LateDuplicates)).ToList();
        foreach (var (some, delay) in new[] { (copies.Except(late).ToList(), 2 + rng.Exponential(90)), (late, 3_700 + (rng.NextDouble() * 5 * 3_600)) })
        {
            if (some.Count == 0) continue;
            var again = Milliseconds(arrives.AddSeconds(Math.Min(delay, delay < 3_700 ? 3_000 : 22_000)));
            yield return new Transmission(again, Milliseconds(again.AddSeconds(0.02 + rng.Exponential(0.1))), some);
        }
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
}
