using System.Text.Json.Nodes;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Storage;
using Weir.Tests.Land;

namespace Weir.Tests.Lake;

public class ChangeTests
{
    [Fact] // G7
    public void Change_replaces_files_in_the_ledger_and_is_copied()
    {
        using var lake = Filled();
        var merged = lake.MergeEvents();
        lake.Store.Commit(merged).ShouldBe(new CommitOutcome.Committed(4));

        lake.Count().ShouldBe(9);
        lake.Count("SELECT count(DISTINCT _position) FROM lake.events").ShouldBe(9);
        lake.Store.ReadSnapshot()["events"].Files.Keys.ShouldBe([merged.Adds["events"].Single().Path]);
        // The ledger names what goes and what comes; the table's commit says the same in the same words.
        var decided = Lines(lake.Log("ledger", 4))[0]["commitInfo"]!;
        decided["operation"]!.GetValue<string>().ShouldBe("OPTIMIZE");
        var copied = Lines(lake.Log("events", 4));
        copied[0]["commitInfo"]!["operation"]!.GetValue<string>().ShouldBe("OPTIMIZE");
        var actions = copied.Where(a => a["add"] is not null || a["remove"] is not null).Select(a => a.ToJsonString()).ToList();
        actions.ShouldBe(decided["weir"]!["tables"]!["events"]!.AsArray().Select(a => a!.ToJsonString()));
        actions.Count.ShouldBe(4);
        copied.Single(a => a["txn"] is not null)["txn"]!["version"]!.GetValue<long>().ShouldBe(4);
    }

    [Fact] // G7
    public void Snapshot_counts_removes_that_are_not_copied_yet()
    {
        using var lake = Filled();
        var merged = lake.MergeEvents();
        DieBetweenLedgerAndTable(lake.Folder, l => l.Store.Commit(merged));
        File.Exists(lake.Log("ledger", 4)).ShouldBeTrue();
        File.Exists(lake.Log("events", 4)).ShouldBeFalse();

        lake.Count().ShouldBe(9);
        lake.Store.ReadSnapshot()["events"].Files.Count.ShouldBe(1);
        using var fresh = new TestLake(lake.Folder);
        fresh.Count().ShouldBe(9);
        fresh.Store.CopyPending();
        File.Exists(lake.Log("events", 4)).ShouldBeTrue();
        fresh.Count().ShouldBe(9);
    }

    [Fact] // G7
    public void Rows_are_there_once_wherever_the_process_dies_in_a_change()
    {
        var crashes = 0;
        for (var failAt = 1; ; failAt++)
        {
            using var lake = Filled();
            var merged = lake.MergeEvents();
            var disk = new CrashingDisk(LocalDisk.Instance, failAt);
            using (var dying = new TestLake(lake.Folder, disk, checkpointEvery: 2))
            {
                try { dying.Store.Commit(merged); }
                catch (CrashingDisk.CrashException) { }
            }
            using var fresh = new TestLake(lake.Folder);
            fresh.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(9009, $"at operation {failAt}");
            if (fresh.Store.ReadSnapshot()["events"].Files.Count == 3) fresh.Store.Commit(merged).ShouldBeOfType<CommitOutcome.Committed>();
            fresh.Land("s1", 9, 10);
            fresh.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(10010, $"at operation {failAt}");
            if (!disk.Crashed) break;
            crashes++;
        }
        crashes.ShouldBeGreaterThan(10);
    }

    [Fact] // G8
    public void Of_two_changes_that_remove_a_file_one_stands_and_the_other_is_to_be_computed_anew()
    {
        using var lake = Filled();
        using var other = new TestLake(lake.Folder);
        var (first, second) = (lake.MergeEvents(), other.MergeEvents());
        var outcomes = new CommitOutcome[2];
        Parallel.Invoke(() => outcomes[0] = lake.Store.Commit(first), () => outcomes[1] = other.Store.Commit(second));
        outcomes.Count(o => o is CommitOutcome.Committed).ShouldBe(1);
        outcomes.OfType<CommitOutcome.Conflict>().ShouldHaveSingleItem().Table.ShouldBe("events");
        lake.Count().ShouldBe(9);
        other.Store.Commit(other.MergeEvents()).ShouldBe(new CommitOutcome.Committed(5));
        lake.Count().ShouldBe(9);
    }

    [Fact] // G8
    public void Change_that_removes_what_was_never_there_is_refused()
    {
        using var lake = Filled();
        var change = new LakeChange("DELETE", [], None, new Dictionary<string, IReadOnlyList<RemoveFile>> { ["events"] = [new RemoveFile("no.parquet", 0)] });
        lake.Store.Commit(change).ShouldBe(new CommitOutcome.Conflict("events", "no.parquet"));
        lake.Store.Commit(change with { Removes = new Dictionary<string, IReadOnlyList<RemoveFile>> { ["nowhere"] = [new RemoveFile("no.parquet", 0)] } })
            .ShouldBe(new CommitOutcome.Conflict("nowhere", "no.parquet"));
        lake.Store.ReadSnapshot().LedgerVersion.ShouldBe(3);
    }

    [Fact] // G3, G8
    public void Landing_that_a_compaction_overtook_stands_as_it_was_decided()
    {
        using var lake = Filled();
        var range = lake.Range("s1", 9, 12); // decided at version 3
        using var other = new TestLake(lake.Folder);
        other.Store.Commit(other.MergeEvents()).ShouldBe(new CommitOutcome.Committed(4));
        lake.Store.Commit(range).ShouldBe(new CommitOutcome.Committed(5));
        lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(12012);
        lake.Store.ReadCommit(4)!.Adds.Values.ShouldAllBe(a => a.Count == 0);

        // A landing among those that came is told, and it alone.
        var late = lake.Range("s2", 0, 1);
        other.Store.Commit(other.MergeEvents());
        other.Land("s3", 0, 2);
        lake.Store.Commit(late).ShouldBeOfType<CommitOutcome.Overtaken>().Winners.ShouldHaveSingleItem().NextPositions.ShouldBe([new("s3", 2L)]);
    }

    [Fact] // G8
    public void Landings_and_compactions_at_once_lose_and_double_nothing()
    {
        using var reader = Filled();
        Parallel.Invoke(
            () =>
            {
                using var lake = new TestLake(reader.Folder);
                for (var from = 9; from < 39; from += 3) lake.Land("s1", from, from + 3).ShouldBeOfType<CommitOutcome.Committed>();
            },
            () => Compact(reader.Folder), () => Compact(reader.Folder));
        reader.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(39039);

        static void Compact(string folder)
        {
            using var lake = new TestLake(folder);
            for (var n = 0; n < 8; n++) lake.Store.Commit(lake.MergeEvents());
        }
    }

    [Fact] // G7
    public void Rows_may_be_all_that_a_change_has()
    {
        using var lake = Filled();
        var row = new LedgerRow("s1", "web", 0, 9, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), "remove", 0, 0, 0, 0, 0, 0);
        lake.Store.Commit(new LakeChange("WRITE", [row], None, new Dictionary<string, IReadOnlyList<RemoveFile>>())).ShouldBe(new CommitOutcome.Committed(4));
        lake.Store.ReadLedger(lake.Store.ReadSnapshot()).ShouldContain(row);
        lake.Store.Positions.ShouldBe([new("s1", 9L)]);
        lake.Land("s1", 9, 10).ShouldBe(new CommitOutcome.Committed(5));
    }

    [Fact] // G7
    public void Ledgers_own_files_are_replaced_in_the_deciding_commit()
    {
        using var lake = Filled();
        var ledger = lake.Store.ReadSnapshot()["ledger"];
        var rows = lake.Store.ReadLedger(lake.Store.ReadSnapshot());
        LakeViews.Create(lake.Db, lake.Store.ReadSnapshot());
        lake.Db.Execute("CREATE TABLE l AS SELECT * FROM lake.ledger");
        var adds = lake.Store.Writer.Write(lake.Db, "l", LakeTables.Ledger, "compact").Select(a => a with { DataChange = false }).ToList();
        lake.Store.Commit(TestLake.Replace("ledger", ledger.Files.Values, adds)).ShouldBe(new CommitOutcome.Committed(4));
        lake.Store.ReadSnapshot()["ledger"].Files.Count.ShouldBe(1);
        lake.Store.ReadLedger(lake.Store.ReadSnapshot()).ShouldBe(rows);
        Lines(lake.Log("ledger", 4)).Count(l => l["remove"] is not null).ShouldBe(3);
    }

    [Fact] // G4
    public void Maker_of_a_change_recognises_its_commit_though_the_disk_said_no()
    {
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var lake = Filled(disk);
        var merged = lake.MergeEvents();
        disk.AfterLink = linked => throw new IOException("The answer was lost.");
        lake.Store.Commit(merged).ShouldBe(new CommitOutcome.Committed(4));
        disk.AfterLink = linked => linked;
        lake.Count().ShouldBe(9);
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<AddFile>> None { get; } = new Dictionary<string, IReadOnlyList<AddFile>>();

    /// <summary>Three commits of three events each, all of one hour: versions 1 to 3.</summary>
    private static TestLake Filled(IDisk? disk = null)
    {
        var lake = new TestLake(disk: disk);
        for (var from = 0; from < 9; from += 3) lake.Land("s1", from, from + 3);
        return lake;
    }

    private static void DieBetweenLedgerAndTable(string folder, Action<TestLake> act)
    {
        var disk = new RecordingDisk(LocalDisk.Instance) { BeforeLink = path => { if (path.Contains("events")) throw new CrashingDisk.CrashException(); } };
        using var dying = new TestLake(folder, disk);
        Should.Throw<CrashingDisk.CrashException>(() => act(dying));
    }

    private static List<JsonNode> Lines(string path) => [.. File.ReadAllLines(path).Select(l => JsonNode.Parse(l)!)];
}
