using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using Weir.Tests.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Kills;

/// <summary>
/// A lander is held before one of its changes of the disk, as SIGSTOP holds it: another lands meanwhile, under a lease of its own, and then the first goes on. Only the ledger stands between them.
/// </summary>
public sealed class PausedLanderTests
{
    private static (MemoryEventStream A, MemoryEventStream B) Streams() => (
        new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"), Of(1, "2026-03-01T09:00:00"), "{"),
        new MemoryEventStream("bbbb", "web").Append(At("2026-03-01T10:00:00"), Of(2, "2026-03-01T09:00:00"), Of(3, "2026-03-01T09:00:00")));

    [Fact] // D1 D6 G1 G3
    public async Task A_lander_that_is_paused_and_goes_on_after_another_landed_the_same_streams_throws_its_work_away()
    {
        using var empty = new LandFixture();
        await empty.LandAsync(new MemoryEventStream("0000", "web").Append(At("2026-03-01T09:00:00"), Of(9, "2026-03-01T09:00:00")));
        for (var pauseAt = 1; ; pauseAt += 5)
        {
            using var land = empty.Copy();
            using var other = new TemporaryFolder();
            var (a, b) = Streams();
            var disk = new PausingDisk(pauseAt);
            var paused = Task.Run(() => LandOn(disk, land, a, b));
            if (await Task.WhenAny(disk.Reached, paused) == paused)
            {
                pauseAt.ShouldBeGreaterThan(20); // it has more changes than that, and was held before every fifth of them
                await paused;
                return;
            }
            await land.LandAsync([a, b], dataFolder: other.Path);
            disk.GoOn();
            await paused;
            await land.LandAsync(a, b);

            land.Fates("aaaa").Select(f => f.Position).ShouldBe([0L, 1, 2, 3], $"paused before change {pauseAt}");
            land.Fates("bbbb").Select(f => f.Position).ShouldBe([0L, 1], $"paused before change {pauseAt}");
            land.Count("SELECT count(*) * 10 + count(DISTINCT event_id) FROM lake.events").ShouldBe(44, $"paused before change {pauseAt}");
            using var lake = land.OpenLake();
            Account.Read(lake, () => [a, b, new MemoryEventStream("0000", "web").Append(At("2026-03-01T09:00:00"), "")]).AddsUp.ShouldBeTrue($"paused before change {pauseAt}");
        }
    }

    private static async Task LandOn(IDisk disk, LandFixture land, params MemoryEventStream[] streams)
    {
        using var lake = LakeStore.Open(new LakeOptions(land.LakeFolder), disk, TimeProvider.System);
        var keys = new KeyStore(disk, Path.Combine(land.Data, "keys"));
        await using var lander = await Lander.OpenAsync(land.Configure(new LandOptions(land.Data)), lake, land.Sources, keys, disk);
        await lander.LandAsync(streams, null, CancellationToken.None);
    }
}
