using Weir.Tests.Storage;

namespace Weir.Tests.Journal;

public class CrashTests
{
    // J5, J6, J7: for every seed, after every crash.
    [Theory]
    [InlineData(0, 120, 0.0)]
    [InlineData(1000, 120, 0.02)]
    public async Task No_acknowledged_event_is_lost_and_none_doubled_whenever_the_power_fails(int firstSeed, int seeds, double faultRate)
    {
        for (var seed = firstSeed; seed < firstSeed + seeds; seed++)
            (await new CrashHarness(seed, new() { FaultRate = faultRate }).RunAsync()).ShouldBeNull($"seed {seed}");
    }

    [Fact]
    public async Task The_same_harness_fails_when_syncs_do_nothing()
    {
        for (var seed = 0; seed < 50; seed++)
            if (await new CrashHarness(seed, new() { IgnoreSync = true }).RunAsync() is not null) return;
        Assert.Fail("Fifty crashes without a single sync lost nothing: the harness sees nothing.");
    }
}
