using Weir.Accounting;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Verifying;

/// <summary>Events that a rule drops are accounted for one by one, and their bytes are kept and proven like all others.</summary>
public sealed class DroppedByRuleTests : IDisposable
{
    private const string Bot = ""","user_agent":"x Googlebot/2.1" """;
    private readonly VerifyBench bench = new();

    public DroppedByRuleTests() => bench.Land.Sources[0] = bench.Land.Sources[0] with { DropBots = true };

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task Dropped_events_are_counted_by_reason_and_position_and_claim_no_id()
    {
        await using (var journal = await bench.OpenAsync())
            await VerifyBench.AppendAsync(journal, Of(1, "2026-03-01T09:00:00", extra: Bot), Of(1, "2026-03-01T09:00:00"), "{", Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00", extra: Bot), Of(3, "2026-03-01T09:00:00", extra: Bot));
        await bench.LandAndWitnessAsync();
        bench.Land.Texts("SELECT concat_ws('|', received, landed, duplicate, quarantined, dropped, dropped_by_reason, dropped_runs, duplicate_runs) FROM lake.ledger")
            .ShouldBe(["""6|1|1|1|3|{"bot":3}|0,4-5|3"""]);
        (await bench.VerifyAsync()).ShouldSatisfyAllConditions(
            r => r.Faults.ShouldBeEmpty(),
            r => r.Streams.ShouldHaveSingleItem().ShouldBe(new StreamVerdict(bench.Id(), "web", 0, 6, 1, 1, 1, Dropped: 3, 0, 0, 0)));
    }

    [Fact]
    public async Task Damaged_bytes_of_an_event_that_a_rule_dropped_are_no_loss_on_purpose()
    {
        await using (var journal = await bench.OpenAsync()) await VerifyBench.AppendAsync(journal, Of(1, "2026-03-01T09:00:00", extra: Bot), Of(2, "2026-03-01T09:00:00", extra: Bot));
        await bench.LandAndWitnessAsync();
        var segment = bench.Segments().ShouldHaveSingleItem();
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[^200] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        (await bench.VerifyAsync()).Faults.ShouldNotBeEmpty();
    }
}
