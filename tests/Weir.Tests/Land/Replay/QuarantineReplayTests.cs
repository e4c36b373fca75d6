using Weir.Accounting;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Quarantines;
using Weir.Land.Trace;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;
using static Weir.Tests.Land.Replay.ReplayBench;

namespace Weir.Tests.Land.Replay;

/// <summary>What lies in quarantine is tried again.</summary>
public sealed class QuarantineReplayTests : IDisposable
{
    private readonly ReplayBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact] // G10 G11
    public async Task Exactly_the_missing_rows_land_and_the_ledger_says_so()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        string[] expected = ["web contract_violation: 1 2 1 0 0 0", "web invalid_json: 0 0 0 0 1 0"];
        var plan = await bench.ReplayAsync(plan: true);
        (plan.Commits, string.Join('\n', Lines(plan))).ShouldBe((0, string.Join('\n', expected)));
        bench.Land.FateLine("aaaa").ShouldBe(Strict);
        LakeMark before;
        using (var lake = bench.Land.OpenLake()) before = LakeMark.Of(lake, lake.ReadSnapshot());

        var report = await bench.ReplayAsync();
        (report.Commits, string.Join('\n', Lines(report))).ShouldBe((1, string.Join('\n', expected)));
        bench.Land.FateLine("aaaa").ShouldBe(Corrected);
        bench.Land.Texts("SELECT concat_ws('|', from_position, to_position, hour(hour), received, landed, duplicate, quarantined, dropped, quarantined_by_reason, duplicate_runs) FROM lake.ledger WHERE movement = 'replay' ORDER BY 1")
            .ShouldBe(["""0|3|10|0|1|0|-1|0|{"contract_violation":-1}|""", """3|7|11|0|0|2|-2|0|{"contract_violation":-3,"reused_id":1}|3,5"""]);
        bench.Land.Texts("SELECT concat_ws('|', _position, reason) FROM lake.quarantine ORDER BY 1").ShouldBe(["2|invalid_json", "6|reused_id"]);
        bench.Land.Texts("SELECT concat_ws('|', event_id, event, received_at AT TIME ZONE 'UTC', _position) FROM lake.events WHERE _position = 0").ShouldBe([$"{Id(1)}|order|2026-03-01 10:00:00|0"]);
        using (var lake = bench.Land.OpenLake())
        {
            var account = Account.Read(lake, () => [bench.Web]);
            account.AddsUp.ShouldBeTrue(string.Join('\n', account.Problems));
            account.QuarantinedByReason.ShouldBe([new QuarantineCount("web", "invalid_json", 1), new QuarantineCount("web", "reused_id", 1)]);
            // Whoever reads only what came at later positions is told that this is not all.
            foreach (var table in new[] { "events", "quarantine" }) LakeRows.Since(lake, lake.ReadSnapshot(), table, before).ShouldBeNull();
        }

        // Again: nothing lands, nothing is committed; and whoever lands knows what has.
        Lines(await bench.ReplayAsync()).ShouldBe(["web invalid_json: 0 0 0 0 1 0", "web reused_id: 0 0 0 0 1 0"]);
        bench.Land.Count("SELECT count(*) FROM lake.ledger WHERE movement = 'replay'").ShouldBe(2);
        (await bench.Land.LandAsync(bench.Web.Append(At("2026-03-01T12:00:00"), Order(1)))).Duplicate.ShouldBe(1);
        bench.AddsUp();
    }

    [Fact]
    public async Task Only_what_is_chosen_is_tried()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        Lines(await bench.ReplayAsync(new QuarantineFilter(Source: "mobile"))).ShouldBeEmpty();
        Lines(await bench.ReplayAsync(new QuarantineFilter(Reason: "invalid_json"))).ShouldBe(["web invalid_json: 0 0 0 0 1 0"]);
        Lines(await bench.ReplayAsync(new QuarantineFilter(Events: ["page"]))).ShouldBeEmpty();
        Lines(await bench.ReplayAsync(new QuarantineFilter(Reason: "contract_violation", Events: ["order"], From: At("2026-03-01T11:00:00").UtcDateTime))).ShouldBe(["web contract_violation: 1 1 1 0 0 0"]);
        // The later copy has landed: the earlier one is a duplicate now.
        bench.Land.FateLine("aaaa").ShouldBe("0:quarantined 1:landed 2:quarantined 3:landed 4:landed 5:duplicate 6:quarantined");
        Lines(await bench.ReplayAsync(new QuarantineFilter(To: At("2026-03-01T11:00:00").UtcDateTime))).ShouldBe(["web contract_violation: 0 1 0 0 0 0", "web invalid_json: 0 0 0 0 1 0"]);
        bench.AddsUp();
    }

    [Fact] // G10
    public async Task A_crash_at_every_third_disk_operation_leaves_every_event_with_one_fate_and_the_next_replay_ends_it()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        var crashes = 0;
        for (var failAt = 1; ; failAt += 3)
        {
            using var again = new ReplayBench { Land = bench.Land.Copy(), Web = bench.Web };
            again.Demand("[]");
            var disk = new CrashingDisk(LocalDisk.Instance, failAt);
            try { await again.ReplayAsync(disk: disk); }
            catch (Exception e) when (IsCrash(e)) { }
            if (failAt % 5 == 1) again.Land.FateLine("aaaa").ShouldBeOneOf(Strict, Corrected);
            await again.ReplayAsync();
            again.Land.FateLine("aaaa").ShouldBe(Corrected, $"crash at operation {failAt}");
            again.AddsUp($"crash at operation {failAt}");
            if (!disk.Crashed) break;
            crashes++;
        }
        crashes.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task Rows_of_an_entity_land_in_its_table_once_its_declaration_is_right()
    {
        var orders = new SourceDefinition { Name = "orders", Entity = "order_lines", Key = ["id"], Fields = [new FieldDefinition("id", "id", new FieldType(FieldKind.Integer), Required: true), new FieldDefinition("amount", "amount", new FieldType(FieldKind.Integer))] };
        bench.Land.Sources.Add(orders);
        var stream = new MemoryEventStream("cccc", "orders").Append(At("2026-03-01T10:00:00"), """{"id":1,"amount":5}""", """{"id":2,"amount":"7.50"}""");
        await bench.Land.LandAsync(stream);
        bench.Land.Sources[^1] = orders with { Fields = [orders.Fields[0], new FieldDefinition("amount_text", "amount", new FieldType(FieldKind.Varchar))] };
        Lines(await bench.RunAsync(r => r.FromQuarantineAsync(new QuarantineFilter(), [stream], null, CancellationToken.None))).ShouldBe(["orders out_of_range: 1 0 0 0 0 0"]);
        bench.Land.Texts("SELECT concat_ws('|', id, amount, amount_text, _position) FROM lake.order_lines_history ORDER BY id").ShouldBe(["1|5|0", "2|7.50|1"]);
    }

    [Fact]
    public async Task Without_the_key_nothing_can_be_tried_and_it_is_said()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        bench.Land.Keys.Destroy("web", new DateOnly(2026, 3, 1));
        var report = await bench.ReplayAsync();
        Lines(report).ShouldBe(["web contract_violation: 0 0 0 0 0 4", "web invalid_json: 0 0 0 0 0 1"]);
        report.Unreadable.ShouldBe(new Dictionary<string, long> { ["the key they were sealed with is destroyed"] = 5 });
        bench.Land.FateLine("aaaa").ShouldBe(Strict);
        bench.AddsUp();
    }

    [Fact]
    public async Task Events_of_many_rounds_land_exactly_once()
    {
        const int Rows = 25_000; // 23,000 ids: 2,000 come twice
        for (var at = 0; at < Rows; at += 5_000) bench.Web.Append(At("2026-03-01T10:00:00"), Enumerable.Range(at, 5_000).Select(n => Order(n % 23_000)));
        (await bench.Land.LandAsync(bench.Web)).Quarantined.ShouldBe(Rows);
        bench.Demand("[]");
        Lines(await bench.ReplayAsync(plan: true)).ShouldBe(["web contract_violation: 23000 2000 0 0 0 0"]);
        var report = await bench.ReplayAsync();
        (report.Commits, Lines(report).Single()).ShouldBe((3, "web contract_violation: 23000 2000 0 0 0 0"));
        bench.Land.Count("SELECT count(*) * 100000 + count(DISTINCT event_id) FROM lake.events").ShouldBe(23_000 * 100_001L);
        bench.Land.Count("SELECT count(*) FROM lake.quarantine").ShouldBe(0);
        bench.AddsUp();
    }

    [Fact]
    public async Task A_trace_tells_the_fate_that_a_replay_gave()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        await bench.ReplayAsync();
        using var lake = bench.Land.OpenLake();
        var found = await new Tracer(lake, bench.Land.Sources, bench.Rules).RunAsync(new TraceRequest($"{Id(1)}", null), () => [bench.Web], (_, _) => { }, CancellationToken.None);
        found.Copies.Select(c => (c.Position, c.Fate.Kind)).ShouldBe([(0L, "landed"), (3L, "duplicate")]);
    }

    private static bool IsCrash(Exception? e) => e switch
    {
        null => false,
        CrashingDisk.CrashException => true,
        AggregateException all => all.InnerExceptions.All(IsCrash),
        _ => IsCrash(e.InnerException),
    };
}
