using Weir.Lake;
using Weir.Storage;

namespace Weir.Tests.Lake;

public class LogCleaningTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact] // L12
    public void Commits_that_a_settled_checkpoint_replaced_go_one_interval_later()
    {
        using var lake = new MaintainedLake(checkpointEvery: 5);
        for (var n = 0; n < 17; n++) lake.Lake.Land("s1", n, n + 1); // versions 1 to 17, checkpoints 5, 10, 15
        lake.Pass(14 * Minute);
        lake.Maintain().ShouldAllBe(w => w.Files == 0);
        lake.Pass(2 * Minute);
        lake.Maintain().Where(w => w.Files > 0).Select(w => (w.Kind, w.Table, w.Files)).ShouldBe([(MaintenanceKind.LogCleaning, "events", 12), (MaintenanceKind.LogCleaning, "ledger", 12)], ignoreOrder: true);

        // 0 to 9 and two checkpoints are gone; 10 to 17 stay, and the checkpoint of 15.
        string[] left = [.. Enumerable.Range(10, 8).Select(v => $"{v:D20}.json"), $"{15:D20}.checkpoint.parquet", "_last_checkpoint"];
        foreach (var table in (string[])["events", "ledger"]) lake.LogFiles(table).ShouldBe(left, ignoreOrder: true);
        using var fresh = new TestLake(lake.Lake.Folder, checkpointEvery: 5);
        fresh.Count("SELECT count(*) * 100 + count(DISTINCT _position) FROM lake.events").ShouldBe(1717);
        fresh.Land("s1", 17, 18).ShouldBe(new CommitOutcome.Committed(18));
        lake.Lake.Count().ShouldBe(18);
        Chdb.Select(Path.Combine(lake.Lake.Folder, "events"), "select count() as n, sum(_position) as p from {table}").ShouldBe(["""{"n":"18","p":"153"}"""]);
    }

    [Fact] // L12
    public void Commit_of_the_newest_version_stays_though_a_checkpoint_has_it()
    {
        using var lake = new MaintainedLake(checkpointEvery: 1);
        for (var n = 0; n < 3; n++) lake.Lake.Land("s1", n, n + 1);
        lake.Pass(TimeSpan.FromDays(3));
        lake.Maintain();
        lake.LogFiles("ledger").ShouldContain($"{3:D20}.json");
        lake.LogFiles("ledger").ShouldNotContain($"{1:D20}.json");
    }

    [Fact] // L12
    public void Nothing_of_a_log_is_deleted_before_the_checkpoint_in_its_place_is_durable()
    {
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var lake = new MaintainedLake(disk: disk, checkpointEvery: 2);
        for (var n = 0; n < 8; n++) lake.Lake.Land("s1", n, n + 1);
        lake.Pass(16 * Minute);
        var before = lake.LogFiles("events");
        disk.BeforeSyncFolder = folder => { if (folder.EndsWith("events/_delta_log", StringComparison.Ordinal)) throw new IOException("Input/output error."); };
        Should.Throw<IOException>(() => lake.Maintain());
        lake.LogFiles("events").ShouldBe(before);
        disk.BeforeSyncFolder = _ => { };
        lake.Pass(2 * Minute);
        lake.Maintain();
        lake.LogFiles("events").Count.ShouldBeLessThan(before.Count);
    }

    [Fact] // L12
    public void Checkpoint_whose_writer_died_is_written_by_the_maintenance()
    {
        using var lake = new MaintainedLake(checkpointEvery: 4);
        using (var other = new TestLake(lake.Lake.Folder, checkpointEvery: 1000))
            for (var n = 0; n < 6; n++) other.Land("s1", n, n + 1);
        lake.Maintain();
        lake.LogFiles("ledger").ShouldContain($"{6:D20}.checkpoint.parquet");
        lake.LogFiles("events").ShouldContain($"{6:D20}.checkpoint.parquet");
    }

    [Fact] // L12
    public void Temporary_files_of_dead_processes_go_after_an_hour()
    {
        using var lake = new MaintainedLake();
        lake.Lake.Land("s1", 0, 1);
        var log = Path.Combine(lake.Lake.Folder, "events", "_delta_log");
        string[] left = [".00000000000000000002.abc.tmp", ".00000000000000000100.def.json.tmp", "_last_checkpoint.123.tmp"];
        foreach (var name in left) File.WriteAllText(Path.Combine(log, name), "left behind");
        lake.Pass(59 * Minute);
        lake.Maintain();
        lake.LogFiles("events").Count.ShouldBe(5);
        lake.Pass(2 * Minute);
        lake.Maintain();
        lake.LogFiles("events").ShouldBe([$"{0:D20}.json", $"{1:D20}.json"]);
    }

    [Fact]
    public void Range_that_was_decided_before_the_log_was_cleaned_is_refused() // WEIR6008
    {
        using var lake = new MaintainedLake(checkpointEvery: 2);
        lake.Lake.Land("s1", 0, 1);
        var late = lake.Lake.Range("s2", 0, 3);
        using var other = new TestLake(lake.Lake.Folder, checkpointEvery: 2);
        for (var n = 1; n < 10; n++) other.Land("s1", n, n + 1);
        lake.Pass(16 * Minute);
        lake.Maintain();
        Should.Throw<WeirException>(() => lake.Lake.Store.Commit(late)).Code.ShouldBe("WEIR6008");
        lake.Lake.Store.Positions.ShouldBe([new("s1", 10L)]);
    }

    [Fact] // L10, L11, L12
    public void Lake_of_many_small_commits_stays_small()
    {
        using var lake = new MaintainedLake(checkpointEvery: 20);
        for (var n = 0; n < 300; n++)
        {
            lake.Lake.Land("s1", n, n + 1);
            if (n % 10 != 9) continue;
            lake.Pass(2 * Minute);
            lake.Maintain();
            lake.Lake.Store.ReadSnapshot()["ledger"].Files.Count.ShouldBeLessThanOrEqualTo(42);
        }
        lake.Pass(TimeSpan.FromHours(1));
        lake.Maintain();
        lake.Pass(TimeSpan.FromHours(1));
        lake.Maintain();

        // 300 minutes from 00:30 on: hours 0 to 5, each one file, and nothing else is left of 300. The ledger is one of at most 32 small ones.
        lake.DataFiles("events").Count.ShouldBe(6);
        lake.DataFiles("ledger").Count.ShouldBeLessThanOrEqualTo(33);
        // Two intervals of 20 commits at the most, a checkpoint or two, and what names the last.
        foreach (var table in (string[])["events", "ledger"]) lake.LogFiles(table).Count.ShouldBeLessThanOrEqualTo(44);
        lake.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(300300);
        using var fresh = new TestLake(lake.Lake.Folder);
        fresh.Count("SELECT sum(landed)::BIGINT FROM lake.ledger").ShouldBe(300);
        fresh.Store.Positions["s1"].ShouldBe(300);
    }
}
