using Weir.Land.Tap;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Tap;

/// <summary>Slow ones, and too much.</summary>
public sealed class TapLimitTests
{
    private static readonly DateTimeOffset Ten = At("2026-03-01T10:00:00");

    [Fact]
    public async Task A_slow_subscriber_is_told_how_many_it_missed_and_holds_up_no_other()
    {
        await using var watching = new Watching(new TapOptions { QueueBytes = 4_000 });
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var slow = await watching.WatchAsync();
        await using var quick = await watching.WatchAsync();
        for (var i = 0; i < 200; i++)
        {
            web.Append(Ten, Of(i, "2026-03-01T09:00:00"));
            (await quick.NextAsync(1)).ShouldBe([$"event web {i}"]);
        }
        var shown = 0;
        var (type, json) = await slow.NextAsync();
        for (; type == "event"; (type, json) = await slow.NextAsync()) json.GetProperty("position").GetInt64().ShouldBe(shown++);
        type.ShouldBe("gap");
        shown.ShouldBeInRange(5, 20); // 4 KB of messages of some 300 bytes
        var skipped = json.GetProperty("events").GetInt64();
        (shown + skipped).ShouldBe(200);
        json.GetProperty("fates").GetInt64().ShouldBe(0);

        // It goes on, and is told the fates of what it was shown, and of nothing else.
        web.Append(Ten, Of(200, "2026-03-01T09:00:00"));
        (await slow.NextAsync(1)).ShouldBe(["event web 200"]);
        await watching.Land.LandAsync(web);
        (await slow.NextAsync(shown + 1)).ShouldBe([.. Enumerable.Range(0, shown).Append(200).Select(i => $"fate web {i} landed")]);
    }

    [Fact]
    public async Task The_many_fates_of_a_commit_do_not_hold_up_an_event()
    {
        await using var watching = new Watching();
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await watching.WatchAsync();
        await using var other = await watching.WatchAsync(name: "marker");
        web.Append(Ten, Enumerable.Range(0, 500).Select(i => Of(i, "2026-03-01T09:00:00", i == 499 ? "marker" : "page")));
        await watcher.NextAsync(500);
        await watching.Land.LandAsync(web);
        (await other.NextAsync(2)).ShouldBe(["event web 499", "fate web 499 landed"]);
        web.Append(Ten, Of(500, "2026-03-01T09:00:00", "marker"));
        (await other.NextAsync(1)).ShouldBe(["event web 500"]);
        var read = await watcher.NextAsync(501);
        read.Index().First(m => m.Item == "event web 500").Index.ShouldBeLessThan(50);
        read.Where(m => m.StartsWith("fate", StringComparison.Ordinal)).ShouldBe([.. Enumerable.Range(0, 500).Select(i => $"fate web {i} landed")]);
    }

    [Fact]
    public async Task Fates_without_room_are_counted()
    {
        await using var watching = new Watching(new TapOptions { QueueBytes = 2_000 });
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var slow = await watching.WatchAsync();
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"));
        (await slow.NextAsync(1)).ShouldBe(["event web 0"]);
        await using var other = await watching.WatchAsync(name: "marker");
        web.Append(Ten, Enumerable.Range(2, 100).Select(i => Of(i, "2026-03-01T09:00:00")));
        await MarkAsync(200);
        await watching.Land.LandAsync(web);
        await other.NextAsync(1);
        await MarkAsync(201);
        await MarkAsync(202); // in between the tap has looked for fates
        var read = new List<string>();
        while (read.Count == 0 || !read[^1].StartsWith("gap", StringComparison.Ordinal)) read.AddRange(await slow.NextAsync(1));
        var shown = read.Count - 1;
        read[^1].ShouldBe($$"""gap {"events":{{103 - shown}},"fates":{{shown + 1}}}""");

        async Task MarkAsync(int id)
        {
            web.Append(Ten, Of(id, "2026-03-01T09:00:00", "marker"));
            (await other.NextAsync(1)).ShouldBe([$"event web {web.Head - 1}"]);
        }
    }

    [Fact]
    public async Task Of_too_many_that_wait_for_their_fate_the_oldest_are_forgotten_and_counted()
    {
        await using var watching = new Watching(new TapOptions { MaxPending = 3 });
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await watching.WatchAsync();
        web.Append(Ten, Enumerable.Range(1, 5).Select(i => Of(i, "2026-03-01T09:00:00")));
        (await watcher.NextAsync(6)).Order(StringComparer.Ordinal).ShouldBe(["event web 0", "event web 1", "event web 2", "event web 3", "event web 4", """gap {"events":0,"fates":2}"""]);
        await watching.Land.LandAsync(web);
        (await watcher.NextAsync(3)).ShouldBe(["fate web 2 landed", "fate web 3 landed", "fate web 4 landed"]);
    }

    [Fact]
    public async Task Beyond_its_rate_it_samples_by_id_says_so_and_tells_the_fates_of_the_sample()
    {
        await using var watching = new Watching(new TapOptions { Rate = 100 });
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await watching.WatchAsync();
        web.Append(Ten, Enumerable.Range(0, 20_000).Select(i => Of(i / 2, "2026-03-01T09:00:00"))); // each twice
        await using var other = await watching.WatchAsync(name: "marker");
        web.Append(Ten, Of(20_001, "2026-03-01T09:00:00", "marker"));
        await other.NextAsync(1);
        await watching.Land.LandAsync(web);
        var shown = new List<Guid>();
        var samples = new List<long>();
        for (var fates = 0; fates == 0 || fates < shown.Count;)
        {
            var (type, json) = await watcher.NextAsync();
            if (type == "sample") samples.Add(json.GetProperty("one_in").GetInt64());
            else if (type == "event") shown.Add(json.GetProperty("event_id").GetGuid());
            else
            {
                type.ShouldBe("fate");
                shown.ShouldContain(json.GetProperty("event_id").GetGuid());
                fates++;
            }
        }
        shown.Count.ShouldBeInRange(100, 2_000);
        samples.Max().ShouldBeGreaterThan(8);
        shown.CountBy(id => id).Count(id => id.Value == 1).ShouldBeLessThan(20); // both copies are in, but for those between which the sample changed
    }
}
