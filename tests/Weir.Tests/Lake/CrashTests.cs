using Weir.Lake;
using Weir.Storage;
using Weir.Tests.Land;

namespace Weir.Tests.Lake;

public class CrashTests
{
    [Fact] // G1, G5, G6
    public void Range_lands_once_wherever_the_process_dies()
    {
        var crashes = 0;
        for (var failAt = 1; ; failAt++)
        {
            var folder = Directory.CreateTempSubdirectory("weir-lake-").FullName;
            var crashed = DieAt(folder, failAt);
            using var lake = new TestLake(folder);

            // What the ledger decided is there before anything is repaired, and nothing else is.
            var position = lake.Store.Positions.GetValueOrDefault("s1");
            lake.Count().ShouldBe(position, $"at operation {failAt}");
            lake.Count("SELECT count(DISTINCT _position) FROM lake.events").ShouldBe(position);

            for (var from = position; from < 9; from += 3) lake.Land("s1", from, from + 3);
            lake.Count().ShouldBe(9, $"at operation {failAt}");
            lake.Count("SELECT count(DISTINCT _position) FROM lake.events").ShouldBe(9);
            FilesOf(lake, "events").ShouldBe(lake.Store.ReadSnapshot()["events"].Files.Keys, ignoreOrder: true);
            Directory.Delete(folder, recursive: true);
            if (!crashed) break;
            crashes++;
        }
        crashes.ShouldBeGreaterThan(40);
    }

    [Fact] // G5
    public void Copying_repairs_the_table_without_a_new_commit()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);
        DieBetweenLedgerAndTable(lake.Folder);
        FilesOf(lake, "events").Count.ShouldBe(1);

        using var repairing = new TestLake(lake.Folder);
        repairing.Store.CopyPending();
        repairing.Store.CopyPending();
        FilesOf(lake, "events").Count.ShouldBe(2);
        lake.Count().ShouldBe(6);
    }

    [Fact] // G6
    public void Nothing_is_copied_before_the_ledger_commit_is_durable()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);
        DieBetweenLedgerAndTable(lake.Folder);

        var disk = new RecordingDisk(LocalDisk.Instance);
        using var repairing = new TestLake(lake.Folder, disk);
        repairing.Store.CopyPending();
        var done = disk.Done.ToList();
        var synced = done.IndexOf($"syncfolder {Path.Combine(lake.Folder, "ledger", "_delta_log")}");
        synced.ShouldBeGreaterThanOrEqualTo(0);
        synced.ShouldBeLessThan(done.IndexOf($"link {lake.Log("events", 2)}"));
    }

    [Fact] // G6
    public void Found_commit_is_made_durable_though_it_has_nothing_to_copy()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);
        lake.Store.Commit(lake.Range("s1", 3, 6) with { Adds = new Dictionary<string, IReadOnlyList<AddFile>>() }).ShouldBe(new CommitOutcome.Committed(2));

        // Whoever wrote it may have died before its name was durable: nobody who comes later can tell.
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var finder = new TestLake(lake.Folder, disk);
        finder.Store.CopyPending();
        disk.Done.ShouldContain($"syncfolder {Path.Combine(lake.Folder, "ledger", "_delta_log")}");
    }

    [Fact] // G6
    public void Found_copy_is_made_durable_before_the_ledger_goes_on()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);

        // Whoever copied it may have failed before the copy's name was durable; of the ledger's commits only the newest is ever copied again.
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var finder = new TestLake(lake.Folder, disk);
        finder.Store.CopyPending();
        disk.Done.ShouldContain($"syncfolder {Path.Combine(lake.Folder, "events", "_delta_log")}");
    }

    [Fact] // L5
    public void Found_table_is_made_durable_before_a_commit_names_it()
    {
        using var lake = new TestLake();
        lake.Store.Ensure(LakeTables.Events);
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var finder = new TestLake(lake.Folder, disk);
        finder.Store.Ensure(LakeTables.Events);
        disk.Done.ShouldContain($"syncfolder {Path.Combine(lake.Folder, "events", "_delta_log")}");
    }

    [Fact] // G6
    public void A_commit_is_not_named_before_the_one_before_it_is_durable()
    {
        var fails = true;
        var disk = new RecordingDisk(LocalDisk.Instance)
        {
            BeforeSyncFolder = path => { if (fails && path.EndsWith("events/_delta_log", StringComparison.Ordinal)) throw new IOException("Input/output error."); },
        };
        using var lake = new TestLake(disk: disk);
        Should.Throw<IOException>(() => lake.Store.Ensure(LakeTables.Events)); // its first commit stands, and may not be durable
        fails = false;
        disk.Forget();
        lake.Store.Ensure(LakeTables.Events with { Columns = [.. LakeTables.Events.Columns, new LakeColumn("new", "VARCHAR")] });
        var done = disk.Done.ToList();
        done.IndexOf($"syncfolder {Path.Combine(lake.Folder, "events", "_delta_log")}").ShouldBeLessThan(done.IndexOf($"link {lake.Log("events", 1)}"));
    }

    [Fact] // L7
    public void Checkpoint_that_fails_fails_no_commit_and_the_next_commit_writes_it()
    {
        var broken = true;
        var disk = new RecordingDisk(LocalDisk.Instance)
        {
            BeforeLink = path => { if (broken && path.EndsWith(".checkpoint.parquet", StringComparison.Ordinal)) throw new CrashingDisk.CrashException(); },
        };
        using var lake = new TestLake(disk: disk, checkpointEvery: 2);
        for (var n = 0; n < 2; n++) lake.Land("s1", n, n + 1).ShouldBe(new CommitOutcome.Committed(n + 1));
        lake.Count().ShouldBe(2);
        Directory.GetFiles(lake.Folder, "*.checkpoint.parquet*", SearchOption.AllDirectories).ShouldBeEmpty();
        broken = false;
        lake.Land("s1", 2, 3).ShouldBe(new CommitOutcome.Committed(3));
        foreach (var table in (string[])["events", "ledger"]) File.Exists(Path.ChangeExtension(lake.Log(table, 3), ".checkpoint.parquet")).ShouldBeTrue();
        LogTests.RemoveCommitsUpTo(lake, 3);
        using var fresh = new TestLake(lake.Folder);
        fresh.Count().ShouldBe(3);
    }

    [Fact] // L5, G1
    public void Everything_a_commit_names_is_durable_before_it()
    {
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var lake = new TestLake(disk: disk);
        lake.Land("s1", 0, 3);
        var done = disk.Done.ToList();
        var commit = done.IndexOf($"link {lake.Log("ledger", 1)}");
        foreach (var file in Directory.GetFiles(lake.Folder, "*.parquet", SearchOption.AllDirectories)) done.IndexOf($"sync {file}").ShouldBeInRange(0, commit);
        foreach (var folder in (string[])["events", "events/date=2026-03-01", "events/date=2026-03-01/hour=0", "events/date=2026-03-01/hour=0/source=web", "ledger"])
            done.IndexOf($"syncfolder {Path.Combine(lake.Folder, folder)}").ShouldBeInRange(0, commit);
        done[commit - 1].ShouldStartWith($"sync {Path.Combine(lake.Folder, "ledger", "_delta_log", ".")}");
        done[commit + 1].ShouldBe($"syncfolder {Path.Combine(lake.Folder, "ledger", "_delta_log")}");
        commit.ShouldBeLessThan(done.IndexOf($"link {lake.Log("events", 1)}"));
    }

    private static bool DieAt(string folder, int failAt)
    {
        var disk = new CrashingDisk(LocalDisk.Instance, failAt);
        using var lake = new TestLake(folder, disk, checkpointEvery: 2);
        try
        {
            lake.Land("s1", 0, 3);
            lake.Land("s1", 3, 6);
        }
        catch (CrashingDisk.CrashException) { }
        return disk.Crashed;
    }

    private static void DieBetweenLedgerAndTable(string folder)
    {
        var disk = new RecordingDisk(LocalDisk.Instance) { BeforeLink = path => { if (path.Contains("events")) throw new CrashingDisk.CrashException(); } };
        using var dying = new TestLake(folder, disk);
        Should.Throw<CrashingDisk.CrashException>(() => dying.Land("s1", 3, 6));
    }

    /// <summary>The files that a table's commits add, read without Weir's own reader.</summary>
    private static List<string> FilesOf(TestLake lake, string table) =>
    [
        .. Directory.GetFiles(Path.Combine(lake.Folder, table, "_delta_log"), "*.json").SelectMany(File.ReadAllLines)
            .Select(l => System.Text.Json.Nodes.JsonNode.Parse(l)!["add"]?["path"]?.GetValue<string>()).OfType<string>(),
    ];
}
