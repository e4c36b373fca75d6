using Weir.Land.Privacy;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Replay;

/// <summary>What a replay brings is treated as what lands.</summary>
public sealed class ReplayMaskingTests : IDisposable
{
    private const string Person = ""","ip":"203.0.113.77","properties":{"email":"anna.meyer@example.org","note":"from anna.meyer@example.org"}""";
    private readonly ReplayBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replay_from_raw_or_quarantine_masks_as_landing_does(bool isRaw)
    {
        Mask();
        bench.Web.Append(At("2026-03-01T10:00:00"), ReplayBench.Order(1, Person), ReplayBench.Order(2, $"""{Person},"order_id":"x" """));
        await bench.Land.LandAsync(bench.Web);
        bench.Land.FateLine("aaaa").ShouldBe("0:quarantined 1:landed");
        bench.Demand("[]");
        Mask();
        await (isRaw ? bench.RawAsync() : bench.ReplayAsync());
        bench.Land.FateLine("aaaa").ShouldBe("0:landed 1:landed");
        var kept = bench.Land.Texts("SELECT DISTINCT concat_ws(' ', ip, properties) FROM lake.events").ShouldHaveSingleItem(); // the one that was replayed is as the one that landed
        kept.ShouldStartWith("203.0.113.0 ");
        kept.ShouldNotContain("anna", Case.Insensitive);
    }

    private void Mask() => bench.Rules = bench.Rules with { Personal = new PersonalData(PersonalData.Usual(isProduction: false), bench.Land.Keys) };
}
