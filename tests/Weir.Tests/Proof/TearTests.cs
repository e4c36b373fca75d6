namespace Weir.Tests.Proof;

/// <summary>The promise, on a disk that breaks every one of its own: short runs here, long ones by <c>eng/long/tear</c>.</summary>
public class TearTests
{
    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_doubled_whatever_the_disk_does()
    {
        using var found = new Found();
        var fresh = Random.Shared.Next(1_000_000, int.MaxValue - 100);
        foreach (var seed in Enumerable.Range(0, 20).Concat(Enumerable.Range(fresh, 10)))
            (await TearRun.OfAsync(seed, found)).Fault.ShouldBeNull();
    }

    [Fact]
    public async Task The_same_run_fails_when_syncs_do_nothing()
    {
        using var found = new Found();
        for (var seed = 0; seed < 20; seed++)
            if ((await TearRun.OfAsync(seed, found, ignoreSync: true)).Fault is not null) return;
        Assert.Fail("Without a single sync nothing was lost: the harness sees nothing.");
    }
}
