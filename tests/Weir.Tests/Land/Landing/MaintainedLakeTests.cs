using Weir.Lake;
using Weir.Land;
using Weir.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>Landing and the account over a lake whose files are put together meanwhile.</summary>
public sealed class MaintainedLakeTests : IDisposable
{
    private readonly LandFixture land = new();

    public void Dispose() => land.Dispose();

    private async Task CompactAsync(LakeStore lake)
    {
        var maintenance = lake.Maintain(new MaintenanceOptions(Path.Combine(land.Data, "spill")) { FilesPerPartition = 1 });
        while (await maintenance.StepAsync(CancellationToken.None) is not null) { }
    }

    [Fact] // G8: what compaction wrote holds nothing new
    public async Task The_account_stays_exact_and_reads_no_row_twice_when_the_ledger_is_compacted()
    {
        var stream = new MemoryEventStream("aaaa", "web");
        var disk = new Weir.Tests.Lake.RecordingDisk(LocalDisk.Instance);
        using var lake = land.OpenLake(disk);
        var reader = new AccountReader(lake);
        for (var n = 0; n < 6; n++)
        {
            stream.Append(At("2026-03-01T10:00:00"), Of(n, "2026-03-01T09:00:00"), Of(n, "2026-03-01T09:00:00"));
            await land.LandAsync(stream);
            if (n % 2 == 0) await CompactAsync(lake); // between two readings, and with files that no reading has seen
            if (n % 3 != 0) continue;
            var report = reader.Read(() => [stream]);
            report.AddsUp.ShouldBeTrue();
            report.Rows.Sum(r => r.Landed).ShouldBe(n + 1);
            report.Rows.Sum(r => r.Duplicate).ShouldBe(n + 1);
        }
        await CompactAsync(lake);
        lake.ReadSnapshot()["ledger"].Files.Count.ShouldBe(1);
        var last = reader.Read(() => [stream]);
        (last.AddsUp, last.Rows.Sum(r => r.Received), last.Rows.Sum(r => r.Landed)).ShouldBe((true, 12, 6));
        Account.Read(lake, () => [stream]).Rows.ShouldBe(last.Rows);
    }

    [Fact]
    public async Task Files_in_which_rows_came_are_told_though_they_were_compacted_since()
    {
        var stream = new MemoryEventStream("aaaa", "web");
        using var lake = land.OpenLake();
        await LandOneAsync(0);
        var before = lake.ReadSnapshot().LedgerVersion;
        await LandOneAsync(1);
        await LandOneAsync(2);
        var added = lake.FilesAddedAfter(before, "events", lake.ReadSnapshot())!.Select(f => f.Path).ToList();
        added.Count.ShouldBe(2);
        await CompactAsync(lake);
        var snapshot = lake.ReadSnapshot();
        snapshot["events"].Files.Count.ShouldBe(1);
        lake.FilesAddedAfter(before, "events", snapshot)!.Select(f => f.Path).ShouldBe(added);
        lake.FilesHoldingRowsAfter(before, "events", snapshot)!.Select(f => f.Path).ShouldBe(snapshot["events"].Files.Keys);
        lake.FilesHoldingRowsAfter(snapshot.LedgerVersion, "events", snapshot)!.ShouldBeEmpty();
        File.Delete(Path.Combine(land.LakeFolder, "events", added[0]));
        lake.FilesAddedAfter(before, "events", snapshot).ShouldBeNull();

        async Task LandOneAsync(int n) => await land.LandAsync(stream.Append(At("2026-03-01T10:00:00"), Of(n, "2026-03-01T09:00:00")));
    }

    [Fact] // D8, D9
    public async Task Ids_are_remembered_exactly_though_the_files_they_came_in_are_gone()
    {
        var stream = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), Of(0, "2026-03-01T09:00:00"));
        await land.LandAsync(stream);
        var saved = Directory.GetFiles(Path.Combine(land.Data, "dedupe")).ToDictionary(f => f, File.ReadAllBytes);
        for (var n = 1; n < 4; n++) await land.LandAsync(stream.Append(At("2026-03-01T10:00:00"), Of(n, "2026-03-01T09:00:00")));
        using (var lake = land.OpenLake())
        {
            await CompactAsync(lake);
            var live = lake.ReadSnapshot()["events"].Files.Keys;
            foreach (var file in Directory.GetFiles(Path.Combine(land.LakeFolder, "events"), "*.parquet", SearchOption.AllDirectories))
                if (!live.Contains(Path.GetRelativePath(Path.Combine(land.LakeFolder, "events"), file))) File.Delete(file);
        }
        // As a process leaves it that was killed: what is remembered is that of the first commit.
        foreach (var file in Directory.GetFiles(Path.Combine(land.Data, "dedupe"))) File.Delete(file);
        foreach (var (file, bytes) in saved) File.WriteAllBytes(file, bytes);

        for (var n = 0; n < 4; n++) stream.Append(At("2026-03-01T10:00:00"), Of(n, "2026-03-01T09:00:00"));
        (await land.LandAsync(stream)).Duplicate.ShouldBe(4);
        land.Count("SELECT count(*) FROM lake.events").ShouldBe(4);
    }

    [Fact] // D9
    public async Task What_is_remembered_of_ids_is_saved_every_fifty_commits()
    {
        land.Configure = o => o with { RoundBytes = 1 }; // a frame a commit
        var stream = new MemoryEventStream("aaaa", "web");
        for (var n = 0; n < 55; n++) stream.Append(At("2026-03-01T10:00:00"), Of(n, "2026-03-01T09:00:00"));
        using var lake = land.OpenLake();
        await using var lander = await Lander.OpenAsync(land.Configure(new LandOptions(land.Data)), lake, land.Sources, land.Keys, LocalDisk.Instance);
        (await lander.LandAsync([stream], null, CancellationToken.None)).Commits.ShouldBe(55);
        Directory.GetFiles(Path.Combine(land.Data, "dedupe"), "*.run").Length.ShouldBe(1); // and the lander is still open
    }
}
