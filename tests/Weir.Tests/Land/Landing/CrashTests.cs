using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>The process dies at every disk operation of a landing; the next one must leave each event with the one fate it would have had.</summary>
public class CrashTests
{
    private static (MemoryEventStream A, MemoryEventStream B) Streams() => (
        new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00")),
        new MemoryEventStream("bbbb", "mobile").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00")));

    private static void Receive(MemoryEventStream a, MemoryEventStream b)
    {
        a.Append(At("2026-03-01T10:59:59"), Of(1, "2026-03-01T09:00:00"), Of(3, "2026-03-01T10:10:00"), "{");
        a.Append(At("2026-03-01T11:00:01"), Of(3, "2026-03-01T10:10:00"), Of(4, "2026-03-01T10:20:00"), Of(2, "2026-03-01T09:00:00", "order"));
        b.Append(At("2026-03-01T11:00:01"), Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"), WithoutTime(3));
    }

    private const string FatesOfA = "0:landed 1:landed 2:duplicate 3:landed 4:quarantined 5:duplicate 6:landed 7:quarantined";
    private const string FatesOfB = "0:landed 1:duplicate 2:landed 3:landed";

    [Fact] // D6 D9
    public async Task A_crash_at_any_disk_operation_leaves_every_event_with_exactly_one_fate()
    {
        using var before = new LandFixture { Configure = o => o with { DedupeMemoryBytes = 1 } }; // every commit writes runs
        var (earlierA, earlierB) = Streams();
        await before.LandAsync(earlierA, earlierB);
        for (var failAt = 1; ; failAt++)
        {
            using var land = before.Copy();
            var (a, b) = Streams();
            Receive(a, b);
            var disk = new CrashingDisk(LocalDisk.Instance, failAt);
            try
            {
                await LandOn(disk, land, a, b);
            }
            catch (Exception e) when (IsCrash(e)) { }

            await land.LandAsync(a, b);
            land.FateLine("aaaa").ShouldBe(FatesOfA, $"crash at operation {failAt}");
            land.FateLine("bbbb").ShouldBe(FatesOfB, $"crash at operation {failAt}");

            // What is remembered is right as well: everything again is a copy.
            a.Append(At("2026-03-01T11:30:00"), Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"), Of(3, "2026-03-01T10:10:00"), Of(4, "2026-03-01T10:20:00"));
            (await land.LandAsync(a, b)).Duplicate.ShouldBe(4, $"crash at operation {failAt}");
            using (var lake = land.OpenLake()) Account.Read(lake, () => [a, b]).AddsUp.ShouldBeTrue($"crash at operation {failAt}");
            if (!disk.Crashed) break;
        }
    }

    private static async Task LandOn(CrashingDisk disk, LandFixture land, params MemoryEventStream[] streams)
    {
        using var lake = LakeStore.Open(new LakeOptions(land.LakeFolder), disk, TimeProvider.System);
        var keys = new KeyStore(disk, Path.Combine(land.Data, "keys"));
        await using var lander = await Lander.OpenAsync(land.Configure(new LandOptions(land.Data)), lake, land.Sources, keys, disk);
        await lander.LandAsync(streams, null, CancellationToken.None);
    }

    private static bool IsCrash(Exception? e) => e switch
    {
        null => false,
        CrashingDisk.CrashException => true,
        AggregateException all => all.InnerExceptions.All(IsCrash),
        _ => IsCrash(e.InnerException),
    };
}
