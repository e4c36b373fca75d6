using Weir.DuckDb;
using Weir.Lake;
using Weir.Storage;
using Weir.Tests.Land;

namespace Weir.Tests.Lake;

public class VacuumTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Minute = TimeSpan.FromMinutes(1);

    [Fact] // L11
    public void Reader_with_an_older_snapshot_reads_it_for_a_quarter_of_an_hour()
    {
        using var lake = Compacted(out var older);
        lake.DataFiles("events").Count.ShouldBe(4); // three old, one new
        lake.Pass(14 * Minute);
        lake.Maintain();
        LakeViews.Create(lake.Lake.Db, older);
        lake.Lake.Db.Scalar<long>("SELECT count(DISTINCT _position) FROM lake.events").ShouldBe(9);

        lake.Pass(2 * Minute);
        lake.Maintain().ShouldContain(new MaintenanceWork(MaintenanceKind.Vacuum, "events", 3));
        lake.DataFiles("events").ShouldHaveSingleItem().ShouldContain("compact-");
        lake.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(9009);
        lake.Maintain().ShouldBeEmpty();

        // Who is slower fails, and is told why.
        Should.Throw<DuckDBException>(() => LakeViews.Create(lake.Lake.Db, older));
        lake.Lake.Store.FindGone(older).ShouldNotBeNull().Code.ShouldBe("WEIR6011");
        lake.Lake.Store.FindGone(lake.Lake.Store.ReadSnapshot()).ShouldBeNull();
    }

    [Fact] // L11
    public void File_that_no_commit_names_goes_after_an_hour_and_not_before()
    {
        using var lake = new MaintainedLake();
        lake.Lake.Land("s1", 0, 3);
        var orphan = lake.Lake.WriteEvents("s1", 3, 6).Single(); // its round was overtaken
        lake.Pass(59 * Minute);
        lake.Maintain();
        lake.DataFiles("events").Count.ShouldBe(2);
        lake.Pass(TimeSpan.FromDays(1));
        lake.Maintain().Where(w => w.Kind == MaintenanceKind.Vacuum && w.Files > 0).ShouldBe([new MaintenanceWork(MaintenanceKind.Vacuum, "events", 1)]);
        lake.DataFiles("events").Count.ShouldBe(1);
        lake.Lake.Count().ShouldBe(3);

        // Whose round slept that long is told, and commits nothing.
        var late = lake.Lake.Range("s1", 3, 6) with { Adds = new Dictionary<string, IReadOnlyList<AddFile>> { ["events"] = [orphan] } };
        Should.Throw<WeirException>(() => lake.Lake.Store.Commit(late)).Code.ShouldBe("WEIR6009");
        lake.Lake.Store.Positions["s1"].ShouldBe(3);
    }

    [Fact] // L11, G5
    public void Files_of_a_commit_that_is_not_copied_yet_are_spared()
    {
        using var lake = new MaintainedLake();
        lake.Lake.Land("s1", 0, 3);
        var disk = new RecordingDisk(LocalDisk.Instance) { BeforeLink = path => { if (path.Contains("events")) throw new CrashingDisk.CrashException(); } };
        using (var dying = new TestLake(lake.Lake.Folder, disk)) Should.Throw<CrashingDisk.CrashException>(() => dying.Land("s1", 3, 6));
        lake.Pass(TimeSpan.FromDays(2));
        // Even a vacuum that cannot copy spares them.
        using (var broken = new MaintainedLake(lake.Lake.Folder, disk))
        {
            broken.Pass(TimeSpan.FromDays(2));
            for (var n = 0; n < 10; n++)
            {
                try { broken.Maintain(); }
                catch (CrashingDisk.CrashException) { }
            }
        }
        lake.DataFiles("events").Count(f => !f.Contains("compact-")).ShouldBe(2); // nor is a compaction of them that could not be committed old enough
        lake.Maintain();
        lake.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(6006);
    }

    [Fact] // L11
    public void Empty_folders_go_and_those_with_files_stay()
    {
        using var lake = new MaintainedLake();
        lake.Lake.Land("s1", 0, 3);
        var empty = Directory.CreateDirectory(Path.Combine(lake.Lake.Folder, "events", "date=2020-01-01", "hour=3", "source=web"));
        lake.Maintain();
        empty.Exists.ShouldBeTrue();
        lake.Pass(TimeSpan.FromDays(1) + Hour);
        lake.Maintain();
        Directory.Exists(Path.Combine(lake.Lake.Folder, "events", "date=2020-01-01")).ShouldBeFalse();
        Directory.Exists(Path.Combine(lake.Lake.Folder, "events", "_delta_log")).ShouldBeTrue();
        lake.Lake.Count().ShouldBe(3);
    }

    [Fact] // L11, L12
    public void Nothing_that_counts_is_deleted_wherever_the_process_dies_in_vacuum_and_cleaning()
    {
        var crashes = 0;
        for (var failAt = 1; ; failAt++)
        {
            using var lake = Compacted(out _, checkpointEvery: 2);
            lake.Lake.WriteEvents("s1", 9, 10);
            var disk = new CrashingDisk(LocalDisk.Instance, failAt);
            using (var dying = new MaintainedLake(lake.Lake.Folder, disk, checkpointEvery: 2))
            {
                dying.Pass(3 * Hour);
                try { dying.Maintain(); }
                catch (CrashingDisk.CrashException) { }
            }
            using var next = new TestLake(lake.Lake.Folder, checkpointEvery: 2);
            next.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(9009, $"at operation {failAt}");
            next.Count("SELECT sum(landed)::BIGINT FROM lake.ledger").ShouldBe(9);
            next.Land("s1", 9, 12).ShouldBe(new CommitOutcome.Committed(5));
            if (!disk.Crashed) break;
            crashes++;
        }
        crashes.ShouldBeGreaterThan(4);
    }

    /// <summary>Three files of one hour that became one.</summary>
    private static MaintainedLake Compacted(out Snapshot older, int checkpointEvery = 100)
    {
        var lake = new MaintainedLake(checkpointEvery: checkpointEvery);
        for (var n = 0; n < 3; n++) lake.Lake.Land("s1", n * 3, n * 3 + 3);
        older = lake.Lake.Store.ReadSnapshot();
        lake.Pass(Hour);
        lake.Compact().Count.ShouldBe(1);
        return lake;
    }
}
