using Weir.Accounting;
using Weir.Tests.Land.Landing;
using Weir.Tests.Land.Verifying;
using static Weir.Tests.Land.Landing.Events;
using static Weir.Tests.Land.Replay.ReplayBench;

namespace Weir.Tests.Land.Replay;

/// <summary>Replays over a real journal, proven from the data after each.</summary>
public sealed class RawReplayTests : IDisposable
{
    private const string Bot = ""","user_agent":"x Googlebot/2.1" """;
    private readonly VerifyBench proof = new();
    private readonly ReplayBench bench;

    public RawReplayTests() => bench = new ReplayBench { Land = proof.Land };

    public void Dispose() => bench.Dispose();

    private bool DropBots { set => bench.Land.Sources[0] = bench.Land.Sources[0] with { DropBots = value }; }

    private Task<Weir.Land.Replay.ReplayReport> QuarantineAsync() => bench.RunAsync(r => r.FromQuarantineAsync(new(), proof.Streams, null, CancellationToken.None));

    private async Task ReceiveAsync()
    {
        bench.Demand("""["order_id"]""");
        await using (var journal = await proof.OpenAsync())
        {
            await VerifyBench.AppendAsync(journal, Order(1), Order(2, Bot), "{", Order(2, Bot));
            proof.Time.Now += TimeSpan.FromHours(1);
            await VerifyBench.AppendAsync(journal, Order(1), Order(3, Bot), Of(4, "2026-03-01T09:00:00"));
        }
        await proof.LandAndWitnessAsync();
    }

    private string Fates => string.Join(' ', bench.Land.Fates(proof.Id()).Select(f => $"{f.Position}:{f.Fate}"));

    [Fact] // G11
    public async Task The_account_is_proven_after_each_change_of_fate()
    {
        DropBots = true;
        await ReceiveAsync();
        Fates.ShouldBe("0:quarantined 2:quarantined 4:quarantined 6:landed");
        await proof.HoldsAsync();

        // Not dropped any more, but their contract does not let them land yet.
        DropBots = false;
        Lines(await bench.RawAsync(proof.Streams)).ShouldBe(["web contract_violation: 0 0 0 0 2 0", "web dropped: bot: 0 0 3 0 0 0", "web invalid_json: 0 0 0 0 1 0"]);
        Fates.ShouldBe("0:quarantined 1:quarantined 2:quarantined 3:quarantined 4:quarantined 5:quarantined 6:landed");
        await proof.HoldsAsync();

        // Dropped again, from quarantine.
        DropBots = true;
        Lines(await QuarantineAsync()).ShouldBe(["web contract_violation: 0 0 0 3 2 0", "web invalid_json: 0 0 0 0 1 0"]);
        await proof.HoldsAsync();
        (await proof.VerifyAsync()).Streams.ShouldHaveSingleItem().ShouldBe(new StreamVerdict(proof.Id(), "web", 0, 7, 1, 0, 3, Dropped: 3, 0, 0, 0));

        // And at last all is right.
        DropBots = false;
        bench.Demand("[]");
        string[] expected = ["web contract_violation: 1 1 0 0 0 0", "web dropped: bot: 2 1 0 0 0 0", "web invalid_json: 0 0 0 0 1 0"];
        Lines(await bench.RawAsync(proof.Streams, plan: true)).ShouldBe(expected);
        Lines(await bench.RawAsync(proof.Streams)).ShouldBe(expected);
        Fates.ShouldBe("0:landed 1:landed 2:quarantined 3:duplicate 4:duplicate 5:landed 6:landed");
        await proof.HoldsAsync();
        await proof.HoldsAsync(new VerifyScope("web", new DateTime(2026, 3, 1, 11, 0, 0, DateTimeKind.Utc), null));
        Lines(await bench.RawAsync(proof.Streams)).ShouldBe(["web invalid_json: 0 0 0 0 1 0"]);
        using var lake = bench.Land.OpenLake();
        var account = Weir.Land.Account.Read(lake, () => proof.Streams);
        (account.AddsUp, account.DroppedByReason.Count, account.Rows.Sum(r => r.Landed)).ShouldBe((true, 0, 4));
    }

    [Fact]
    public async Task Only_the_hours_that_are_asked_for_are_tried()
    {
        DropBots = true;
        await ReceiveAsync();
        DropBots = false;
        bench.Demand("[]");
        Lines(await bench.RawAsync(proof.Streams, "2026-03-01T11:00:00", "2026-03-01T12:00:00")).ShouldBe(["web contract_violation: 1 0 0 0 0 0", "web dropped: bot: 1 0 0 0 0 0"]);
        Fates.ShouldBe("0:quarantined 2:quarantined 4:landed 5:landed 6:landed");
        using var lake = bench.Land.OpenLake();
        Weir.Land.Account.Read(lake, () => proof.Streams).DroppedByReason.ShouldBe([new QuarantineCount("web", "bot", 2)]);
        await proof.HoldsAsync();
    }

    [Fact]
    public async Task Where_raw_is_not_kept_it_is_refused_with_the_setting_and_quarantine_can_be_replayed()
    {
        bench.Demand("""["order_id"]""");
        var configure = bench.Land.Configure;
        bench.Land.Configure = o => configure(o) with { Retention = LandFixture.NoRaw };
        await using (var journal = await proof.OpenAsync()) await VerifyBench.AppendAsync(journal, Order(1), Order(2));
        await proof.LandAndWitnessAsync();
        await bench.Land.LandAsync(proof.Streams); // what is closed is removed
        bench.Demand("[]");
        var refused = await Should.ThrowAsync<WeirException>(() => bench.RawAsync(proof.Streams));
        (refused.Code, refused.Message.Contains("retention: {raw: 30d}", StringComparison.Ordinal)).ShouldBe(("WEIR5041", true), refused.Message);
        Lines(await QuarantineAsync()).ShouldBe(["web contract_violation: 2 0 0 0 0 0"]);
        await proof.HoldsAsync();
    }

    [Fact]
    public async Task Lines_of_a_loaded_file_land_with_their_positions()
    {
        bench.Demand("""["order_id"]""");
        var path = Path.Combine(bench.Land.Data, "export.ndjson");
        await File.WriteAllLinesAsync(path, [Order(1), "{", Order(2, ""","order_id":"x" """), Order(1)]);
        await proof.Intake.TakeAsync(bench.Land.Sources[0], path, CancellationToken.None);
        await proof.LandAndWitnessAsync();
        bench.Demand("[]");
        Lines(await QuarantineAsync()).ShouldBe(["web contract_violation: 1 1 0 0 0 0", "web invalid_json: 0 0 0 0 1 0"]);
        Fates.ShouldBe("0:landed 1:quarantined 2:landed 3:duplicate");
        bench.Land.Texts("SELECT concat_ws('|', file, line, reason) FROM lake.quarantine").ShouldBe(["export.ndjson|2|invalid_json"]);
        await proof.HoldsAsync();
    }
}
