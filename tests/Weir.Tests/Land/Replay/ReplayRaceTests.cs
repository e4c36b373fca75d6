using Weir.Lake;
using Weir.Land.Replay;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;
using static Weir.Tests.Land.Replay.ReplayBench;

namespace Weir.Tests.Land.Replay;

/// <summary>Others land, compact or replay between a replay's decision and its commit.</summary>
public sealed class ReplayRaceTests : IDisposable
{
    private readonly ReplayBench bench = new();
    private readonly TemporaryFolder other = new();
    private readonly MemoryEventStream late = new("bbbb", "web");

    public void Dispose()
    {
        bench.Dispose();
        other.Dispose();
    }

    private void LandLate() => bench.Land.LandAsync([late], dataFolder: other.Path).GetAwaiter().GetResult();

    private void AddsUp()
    {
        using var lake = bench.Land.OpenLake();
        Weir.Land.Account.Read(lake, () => [bench.Web, late]).AddsUp.ShouldBeTrue();
    }

    [Fact] // G10
    public async Task An_id_that_somebody_lands_meanwhile_is_taken_and_the_replay_is_decided_again()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        late.Append(At("2026-03-01T12:00:00"), Order(1));
        Lines(await bench.ReplayAsync(disk: new MeanwhileDisk(LandLate))).ShouldBe(["web contract_violation: 0 3 1 0 0 0", "web invalid_json: 0 0 0 0 1 0"]);
        bench.Land.FateLine("bbbb").ShouldBe("0:landed");
        bench.Land.FateLine("aaaa").ShouldBe("0:duplicate 1:landed 2:quarantined 3:duplicate 4:landed 5:duplicate 6:quarantined");
        AddsUp();
    }

    [Fact]
    public async Task What_others_land_meanwhile_under_other_ids_changes_nothing()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        late.Append(At("2026-03-01T12:00:00"), Order(99));
        (await bench.ReplayAsync(disk: new MeanwhileDisk(LandLate))).Commits.ShouldBe(1);
        bench.Land.FateLine("aaaa").ShouldBe(Corrected);
        bench.Land.FateLine("bbbb").ShouldBe("0:landed");
        AddsUp();
    }

    [Fact] // G8
    public async Task Files_that_compaction_takes_meanwhile_are_found_again()
    {
        await bench.ReceiveAsync();
        await bench.Land.LandAsync(bench.Web.Append(At("2026-03-01T12:00:00"), "{"));
        bench.Demand("[]");
        await bench.ReplayAsync(disk: new MeanwhileDisk(() => CompactAsync().GetAwaiter().GetResult()));
        bench.Land.FateLine("aaaa").ShouldBe(Corrected + " 7:quarantined");
        AddsUp();

        async Task CompactAsync()
        {
            using var lake = bench.Land.OpenLake();
            var maintenance = lake.Maintain(new MaintenanceOptions(Path.Combine(bench.Land.Data, "spill")) { FilesPerPartition = 1 });
            while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
            lake.ReadSnapshot()["quarantine"].Files.Count.ShouldBe(1);
        }
    }

    [Fact] // D1 G10
    public async Task A_round_of_landing_that_a_replay_overtook_is_decided_again()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        late.Append(At("2026-03-01T12:00:00"), Order(1), Order(7));
        late.BeforeCommit = () => bench.ReplayAsync(dataFolder: other.Path).GetAwaiter().GetResult();
        await bench.Land.LandAsync(late);
        bench.Land.FateLine("aaaa").ShouldBe(Corrected);
        bench.Land.FateLine("bbbb").ShouldBe("0:duplicate 1:landed");
        AddsUp();
    }

    [Fact] // G10: only the ledger stands between them
    public async Task Of_two_replays_of_the_same_events_one_moves_each()
    {
        await bench.ReceiveAsync();
        bench.Demand("[]");
        ReplayReport? first = null;
        var second = await bench.ReplayAsync(disk: new MeanwhileDisk(() => first = bench.ReplayAsync(dataFolder: other.Path).GetAwaiter().GetResult()));
        (first!.Commits, second.Commits).ShouldBe((1, 0));
        bench.Land.FateLine("aaaa").ShouldBe(Corrected);
        AddsUp();
        using var lake = bench.Land.OpenLake();
        Weir.Land.Account.Read(lake, () => [bench.Web]).QuarantinedByReason.Select(r => $"{r.Reason} {r.Count}").ShouldBe(["invalid_json 1", "reused_id 1"]);
    }

    [Fact]
    public async Task A_second_replay_in_one_data_folder_is_refused_and_a_plan_is_not()
    {
        await bench.ReceiveAsync();
        WeirException? refused = null;
        bench.Demand("[]");
        var plan = 0;
        await bench.ReplayAsync(disk: new MeanwhileDisk(() =>
        {
            refused = Should.Throw<WeirException>(() => bench.ReplayAsync().GetAwaiter().GetResult());
            plan = bench.ReplayAsync(plan: true).GetAwaiter().GetResult().Counts.Count;
        }));
        (refused!.Code, plan).ShouldBe(("WEIR5040", 2));
        refused.Message.ShouldContain($"process {Environment.ProcessId}");
    }
}
