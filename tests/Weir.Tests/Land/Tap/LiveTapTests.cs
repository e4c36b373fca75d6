using System.Text.Json;
using Weir.Events;
using Weir.Land.Tap;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Tap;

/// <summary>What those who watch are shown, and what they are told of it when.</summary>
public sealed class LiveTapTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Ten = At("2026-03-01T10:00:00");
    private readonly Watching watching = new();

    public ValueTask DisposeAsync() => watching.DisposeAsync();

    [Fact]
    public async Task An_event_is_shown_pending_when_it_arrives_and_its_fate_follows_the_commit()
    {
        var web = watching.Add(new MemoryEventStream("aaaa", "web")).Append(Ten, Of(1, "2026-03-01T09:00:00"));
        await using var watcher = await watching.WatchAsync();
        web.Append(Ten, Of(2, "2026-03-01T09:00:00", "order"));
        var (type, shown) = await watcher.NextAsync();
        type.ShouldBe("event");
        shown.GetProperty("fate").GetString().ShouldBe("pending");
        (shown.GetProperty("position").GetInt64(), shown.GetProperty("event_id").GetGuid(), shown.GetProperty("row").GetProperty("event").GetString()).ShouldBe((1, Id(2), "order"));

        await watching.Land.LandAsync(web);
        var (told, fate) = await watcher.NextAsync();
        told.ShouldBe("fate");
        fate.ToString().ShouldBe($$"""{"source":"web","stream":"aaaa","position":1,"event_id":"{{Id(2)}}","fate":"landed","version":{{Version()}}}""");
    }

    [Fact]
    public async Task Fates_are_those_that_the_lake_holds()
    {
        var web = watching.Add(new MemoryEventStream("aaaa", "web")).Append(Ten, Of(1, "2026-03-01T09:00:00"));
        var mobile = watching.Add(new MemoryEventStream("bbbb", "mobile"));
        await watching.Land.LandAsync(web);
        await using var watcher = await watching.WatchAsync();
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"), "{", Of(2, "2026-03-01T09:00:01"), Of(2, "2026-03-01T09:00:00"));
        web.Append(At("2026-03-01T11:00:00"), Of(3, "2026-03-01T10:30:00"), Of(1, "2026-03-01T09:00:00"), "7");
        mobile.Append(Ten, Of(2, "2026-03-01T09:00:00"), """{"event":"page"}""");
        await watcher.NextAsync(10);
        await watching.Land.LandAsync(web, mobile);
        (await watcher.NextAsync(10)).Order(StringComparer.Ordinal).ShouldBe(
        [
            "fate mobile 0 landed", "fate mobile 1 quarantined no_identity",
            "fate web 1 duplicate", "fate web 2 landed", "fate web 3 quarantined invalid_json", "fate web 4 quarantined reused_id", "fate web 5 duplicate",
            "fate web 6 landed", "fate web 7 duplicate", "fate web 8 quarantined not_an_object",
        ]);
        watching.Land.FateLine("aaaa").ShouldBe("0:landed 1:duplicate 2:landed 3:quarantined 4:quarantined 5:duplicate 6:landed 7:duplicate 8:quarantined");
    }

    [Fact]
    public async Task A_landing_that_dies_before_its_commit_tells_nothing_and_the_next_one_does()
    {
        var web = watching.Add(new MemoryEventStream("aaaa", "web")).Append(Ten, Of(1, "2026-03-01T09:00:00"));
        await watching.Land.LandAsync(web);
        await using var watcher = await watching.WatchAsync();
        for (var failAt = 1; ; failAt++)
        {
            web.Append(Ten, Of(1 + failAt, "2026-03-01T09:00:00"));
            (await watcher.NextAsync(1)).ShouldBe([$"event web {web.Head - 1}"]);
            var before = Version();
            var disk = new CrashingDisk(Weir.Storage.LocalDisk.Instance, failAt);
            try
            {
                await watching.Land.LandAsync([web], disk);
            }
            catch (Exception e) when (e is CrashingDisk.CrashException or AggregateException or WeirException or IOException) { }
            if (Version() > before || !disk.Crashed) break; // from here on its commit stands, whatever becomes of the lander

            // Twice, so that it has looked for fates in between.
            web.Append(Ten, "{");
            (await watcher.NextAsync(1)).ShouldBe([$"event web {web.Head - 1}"], $"crash at operation {failAt}");
            web.Append(Ten, "{");
            (await watcher.NextAsync(1)).ShouldBe([$"event web {web.Head - 1}"], $"crash at operation {failAt}");
        }
        await watching.Land.LandAsync(web);
        (await watcher.NextAsync((int)web.Head - 1)).ShouldBe(watching.Land.Fates("aaaa").Skip(1).Select(f => $"fate web {f.Position} {f.Fate}" + (f.Fate == "quarantined" ? " invalid_json" : "")));
    }

    [Fact]
    public async Task A_commit_that_a_crash_could_still_take_back_is_not_told()
    {
        var disk = new UnsyncedDisk();
        await using var torn = new Watching(disk: disk);
        var web = torn.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await torn.WatchAsync();
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"));
        await watcher.NextAsync(1);
        disk.Refuses = true;
        await torn.Land.LandAsync(web);
        (await watcher.NextAsync(1)).ShouldBe(["""problem {"problem":"Not synced."}"""]);
        disk.Refuses = false;
        (await watcher.NextAsync(1)).ShouldBe(["fate web 0 landed"]);
    }

    [Fact]
    public async Task A_stream_that_is_born_while_somebody_watches_is_shown_from_its_beginning_with_its_fates()
    {
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await watching.WatchAsync();
        var late = new MemoryEventStream("bbbb", "mobile").Append(Ten, Of(1, "2026-03-01T09:00:00"));
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"));
        await watcher.NextAsync(1);
        await watching.Land.LandAsync(web, late); // it has landed before the tap knows it
        (await watcher.NextAsync(1)).ShouldBe(["fate web 0 landed"]);
        watching.Add(late);
        (await watcher.NextAsync(2)).ShouldBe(["event mobile 0", "fate mobile 0 landed"]);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_is_told_once_and_holds_up_no_other()
    {
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        var mobile = watching.Add(new MemoryEventStream("bbbb", "mobile"));
        await using var watcher = await watching.WatchAsync();
        web.Unreadable = true;
        web.Append(Ten, "{");
        var (type, problem) = await watcher.NextAsync();
        (type, problem.GetProperty("source").GetString()).ShouldBe(("problem", "web"));
        problem.GetProperty("problem").GetString().ShouldStartWith("WEIR5007 ");
        (await watcher.NextAsync(1)).ShouldBe(["""gap {"events":1,"fates":0}"""]);
        web.Append(Ten, "{");
        (await watcher.NextAsync(1)).ShouldBe(["""gap {"events":1,"fates":0}"""]);
        mobile.Append(Ten, "{");
        (await watcher.NextAsync(1)).ShouldBe(["event mobile 0"]);
    }

    [Fact]
    public async Task What_is_too_far_behind_is_skipped_and_counted()
    {
        await using var small = new Watching(new TapOptions { MostBehind = 10 });
        var web = small.Add(new MemoryEventStream("aaaa", "web"));
        await using var watcher = await small.WatchAsync();
        web.Append(Ten, Enumerable.Range(1, 100).Select(i => Of(i, "2026-03-01T09:00:00")));
        (await watcher.NextAsync(6)).ShouldBe(["""gap {"events":95,"fates":0}""", "event web 95", "event web 96", "event web 97", "event web 98", "event web 99"]);
    }

    [Fact]
    public async Task Nothing_is_read_while_nobody_watches()
    {
        var web = watching.Add(new MemoryEventStream("aaaa", "web"));
        watching.Looks.ShouldBe(0);
        await using (var watcher = await watching.WatchAsync())
        {
            web.Append(Ten, Of(1, "2026-03-01T09:00:00"));
            await watcher.NextAsync(1);
        }
        var looks = watching.Looks;
        web.HeadFault = _ => throw new InvalidOperationException("It is read though nobody watches.");
        web.Append(Ten, Of(2, "2026-03-01T09:00:00"));
        await watching.Land.LandAsync(new MemoryEventStream("bbbb", "web").Append(Ten, Of(2, "2026-03-01T09:00:00")));
        watching.Looks.ShouldBe(looks);
        web.HeadFault = _ => null;

        // Who comes then sees what comes then.
        await using var next = await watching.WatchAsync();
        web.Append(Ten, Of(3, "2026-03-01T09:00:00"));
        (await next.NextAsync(1)).ShouldBe(["event web 2"]);
    }

    [Fact] // WEIR9020
    public async Task No_more_watch_at_once_than_may_and_one_who_leaves_makes_room()
    {
        await using var small = new Watching(new TapOptions { MaxSubscribers = 2 });
        var web = small.Add(new MemoryEventStream("aaaa", "web"));
        await using var first = await small.WatchAsync();
        var second = await small.WatchAsync();
        (await Should.ThrowAsync<WeirException>(() => small.WatchAsync())).Code.ShouldBe("WEIR9020");
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"));
        await first.NextAsync(1);
        await second.NextAsync(1);
        await second.DisposeAsync();

        // Who takes a place is not told the fates of what the one before was shown.
        await using var third = await small.WatchAsync();
        web.Append(Ten, Of(2, "2026-03-01T09:00:00"));
        (await third.NextAsync(1)).ShouldBe(["event web 1"]);
        await first.NextAsync(1);
        await small.Land.LandAsync(web);
        (await first.NextAsync(2)).ShouldBe(["fate web 0 landed", "fate web 1 landed"]);
        (await third.NextAsync(1)).ShouldBe(["fate web 1 landed"]);
    }

    private long Version()
    {
        using var lake = watching.Land.OpenLake();
        return lake.ReadLedgerSnapshot().LedgerVersion;
    }
}
