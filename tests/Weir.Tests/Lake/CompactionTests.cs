using System.Text.Json.Nodes;
using Weir.DuckDb;
using Weir.Lake;
using Weir.Storage;
using Weir.Tests.Land;

namespace Weir.Tests.Lake;

public class CompactionTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact] // L10
    public void Closed_hour_becomes_one_file_with_the_same_rows()
    {
        using var lake = new MaintainedLake();
        for (var n = 0; n < 5; n++) lake.Lake.Land("s1", n * 4, n * 4 + 4);     // 00:30 to 00:49 of a day long past
        lake.Lake.Land("s2", 0, 40);                                          // 00:30 to 01:09: two hours
        lake.Lake.Count("SELECT count(*) FROM lake.events").ShouldBe(60);
        lake.Lake.Db.Execute("CREATE TABLE before AS FROM lake.events");
        lake.Compact().ShouldBeEmpty(); // something came just now
        lake.Pass(Hour);

        lake.Compact().ShouldHaveSingleItem().ShouldSatisfyAllConditions(w => w.Table.ShouldBe("events"), w => w.Files.ShouldBe(6));

        lake.ShowsTheRowsOf("before", "events").ShouldBeTrue();
        var files = lake.Lake.Store.ReadSnapshot()["events"].Files.Values;
        files.Select(f => f.PartitionValues["hour"]).ShouldBe(["0", "1"], ignoreOrder: true);
        lake.Compact().ShouldBeEmpty();
        // What the log says of it, counted by hand: 20 rows of s1 and 30 of s2.
        var actions = File.ReadAllLines(lake.Lake.Log("events", 7)).Select(l => JsonNode.Parse(l)!).ToList();
        actions.Where(a => a["remove"] is not null).ShouldAllBe(a => !a["remove"]!["dataChange"]!.GetValue<bool>());
        var add = actions.Single(a => a["add"] is not null)["add"]!;
        add["dataChange"]!.GetValue<bool>().ShouldBeFalse();
        var stats = JsonNode.Parse(add["stats"]!.GetValue<string>())!;
        stats["numRecords"]!.GetValue<int>().ShouldBe(50);
        stats["minValues"]!["_position"]!.GetValue<int>().ShouldBe(0);
        stats["maxValues"]!["_position"]!.GetValue<int>().ShouldBe(29);
        stats["minValues"]!["event_time"]!.GetValue<string>().ShouldBe("2026-03-01T00:30:00.123Z");
        stats["maxValues"]!["event_time"]!.GetValue<string>().ShouldBe("2026-03-01T00:59:00.124Z");
        stats["nullCount"]!["schema_version"]!.GetValue<int>().ShouldBe(50);
        stats["minValues"]!["user_id"].ShouldBeNull(); // personal data
    }

    [Fact] // L10
    public void Chdb_reads_the_same_before_and_after()
    {
        using var lake = new MaintainedLake();
        for (var n = 0; n < 4; n++) lake.Lake.Land("s1", n * 30, n * 30 + 30);
        const string Select = "select toString(hour) as h, count() as n, sum(_position) as p, toString(sum(revenue)) as r, min(event_id) as first, uniqExact(event_id) as ids from {table} group by hour order by hour";
        var before = Chdb.Select(Path.Combine(lake.Lake.Folder, "events"), Select);
        lake.Pass(Hour);
        lake.Compact().ShouldHaveSingleItem().Files.ShouldBe(2); // of hour 1; 0 and 2 have one each
        Chdb.Select(Path.Combine(lake.Lake.Folder, "events"), Select).ShouldBe(before);
        before.Length.ShouldBe(3);
    }

    [Fact] // L10
    public void Partition_with_too_many_files_is_compacted_while_it_grows()
    {
        using var lake = new MaintainedLake(configure: o => o with { FilesPerPartition = 4 });
        for (var n = 0; n < 5; n++) lake.Lake.Land("s1", n, n + 1);
        lake.Compact().Select(w => (w.Table, w.Files)).ShouldBe([("events", 5), ("ledger", 5)]);
        lake.Lake.Store.ReadSnapshot()["ledger"].Files.Count.ShouldBe(1);
        for (var n = 5; n < 8; n++) lake.Lake.Land("s1", n, n + 1);
        lake.Compact().ShouldBeEmpty();
        lake.Lake.Count("SELECT count(*) * 100 + count(DISTINCT _position) FROM lake.events").ShouldBe(808);
        lake.Lake.Count("SELECT sum(landed)::BIGINT FROM lake.ledger").ShouldBe(8);
    }

    [Fact] // L9, L10
    public void Rows_from_before_a_column_stay_null_in_it_and_quarantine_keeps_its_bytes()
    {
        using var lake = new MaintainedLake();
        var first = new TableDefinition("visits", [new("id", "VARCHAR"), new("n", "INTEGER", true), new("date", "DATE"), new("source", "VARCHAR")], ["date", "source"]);
        ViewTests.LandVisits(lake.Lake, first, 0, "('a', 1, DATE '2026-03-01', 'a b/ü=%')");
        ViewTests.LandVisits(lake.Lake, first with { Columns = [.. first.Columns, new LakeColumn("paid", "DECIMAL(18,4)")] }, 1, "('b', 2, DATE '2026-03-01', 'a b/ü=%', 2.5)");
        ViewTests.LandVisits(lake.Lake, first, 2, "('c', NULL, DATE '2026-03-01', 'a b/ü=%')");
        LandQuarantined(lake.Lake, 3, @"'\x00\xFF'::BLOB");
        LandQuarantined(lake.Lake, 4, "repeat('x', 200000)::BLOB");
        lake.Pass(Hour);
        lake.Compact().Select(w => (w.Table, w.Files)).ShouldBe([("quarantine", 2), ("visits", 3)]);

        lake.Lake.Count("SELECT count(*) FROM lake.visits").ShouldBe(3);
        lake.Lake.Db.Scalar<string>("SELECT string_agg(concat_ws(' ', id, coalesce(n::VARCHAR, '-'), coalesce(paid::VARCHAR, '-'), source), ';' ORDER BY id) FROM lake.visits")
            .ShouldBe("a 1 - a b/ü=%;b 2 2.5000 a b/ü=%;c - - a b/ü=%");
        lake.Lake.Db.Scalar<string>("SELECT string_agg(_position || ':' || octet_length(sealed) || ':' || md5(sealed), ' ' ORDER BY _position) FROM lake.quarantine")
            .ShouldBe($"3:2:{Md5([0, 255])} 4:200000:{Md5([.. Enumerable.Repeat((byte)'x', 200000)])}");
    }

    [Fact] // L10
    public void Rows_are_there_once_wherever_the_process_dies_in_a_compaction()
    {
        using var whole = new TestLake(checkpointEvery: 2);
        for (var n = 0; n < 3; n++) whole.Land("s1", n * 3, n * 3 + 3);
        var crashes = 0;
        for (var failAt = 1; ; failAt++)
        {
            using var folder = new TemporaryFolder();
            Copy(whole.Folder, folder.Path);
            var disk = new CrashingDisk(LocalDisk.Instance, failAt);
            using (var dying = new MaintainedLake(folder.Path, disk, checkpointEvery: 2))
            {
                dying.Pass(Hour);
                try { dying.Maintain(); }
                catch (CrashingDisk.CrashException) { }
            }
            using var next = new MaintainedLake(folder.Path, checkpointEvery: 2);
            next.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(9009, $"at operation {failAt}");
            next.Pass(Hour);
            next.Maintain();
            next.Lake.Store.ReadSnapshot()["events"].Files.Count.ShouldBe(1, $"at operation {failAt}");
            next.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(9009, $"at operation {failAt}");
            if (!disk.Crashed) break;
            crashes++;
        }
        crashes.ShouldBeGreaterThan(10);

        static void Copy(string from, string to)
        {
            foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(to, Path.GetRelativePath(from, file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    [Fact] // G8, L10
    public async Task Compactions_of_two_processes_beside_a_lander_lose_and_double_nothing()
    {
        using var reader = new TestLake();
        reader.Land("s1", 0, 2);
        var landing = OnThread(() =>
        {
            using var lake = new TestLake(reader.Folder);
            for (var from = 2; from < 42; from += 2) lake.Land("s1", from, from + 2).ShouldBeOfType<CommitOutcome.Committed>();
            return 0;
        });
        var compacting = Enumerable.Range(0, 2).Select(_ => OnThread(() =>
        {
            using var lake = new MaintainedLake(reader.Folder, configure: o => o with { FilesPerPartition = 2 });
            var count = 0;
            bool last;
            do
            {
                last = landing.IsCompleted; // once more after it: the other may have left nothing to this one, but not to both
                count += lake.Compact().Count;
            }
            while (!last);
            return count;
        })).ToArray();
        while (!landing.IsCompleted) reader.Count("SELECT count(*) - count(DISTINCT _position) FROM lake.events").ShouldBe(0);
        await landing;
        (await Task.WhenAll(compacting)).Sum().ShouldBePositive();
        reader.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(42042);
        reader.Count("SELECT sum(landed)::BIGINT FROM lake.ledger").ShouldBe(42);
    }

    [Fact]
    public void File_with_other_rows_than_the_log_says_is_not_compacted_and_holds_up_nothing_else() // WEIR6010
    {
        using var lake = new MaintainedLake();
        for (var n = 0; n < 3; n++) lake.Lake.Land("s1", n * 40, n * 40 + 40); // 00:30 to 02:29: three hours, three files in 01
        ViewTests.LandVisits(lake.Lake, Visits, 0, "('a', DATE '2026-03-01')");
        ViewTests.LandVisits(lake.Lake, Visits, 1, "('b', DATE '2026-03-01')");
        var file = lake.DataFiles("events").First(f => f.Contains("hour=1"));
        lake.Lake.Db.Execute($"COPY (FROM read_parquet('{file}', hive_partitioning = false) LIMIT 1) TO '{file}' (FORMAT parquet)");
        lake.Pass(Hour);
        var error = Should.Throw<WeirException>(lake.Maintain);
        error.Code.ShouldBe("WEIR6010");
        error.Message.ShouldContain("hour=1");
        lake.DataFiles("events").Count.ShouldBe(5); // and what it had written is gone
        lake.Compact().Select(w => w.Table).ShouldBe(["visits"]);
    }

    [Fact]
    public void Piece_of_work_has_a_target_size_and_finished_files_are_left_alone()
    {
        using var lake = new MaintainedLake(configure: o => o with { TargetBytes = 30_000 });
        for (var n = 0; n < 12; n++) lake.Lake.Land("s1", n * 2, n * 2 + 2);
        lake.Pass(Hour);
        var works = lake.Compact();
        works.Count.ShouldBeGreaterThan(1); // about 8 KB each: several to a target
        works.ShouldAllBe(w => w.Files < 12);
        lake.Lake.Count("SELECT count(*) * 1000 + count(DISTINCT _position) FROM lake.events").ShouldBe(24024);
        lake.Compact().ShouldBeEmpty();
    }

    private static Task<int> OnThread(Func<int> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static TableDefinition Visits { get; } = new("visits", [new("id", "VARCHAR"), new("date", "DATE")], ["date"], ["id"]);

    private static void LandQuarantined(TestLake lake, long position, string bytes)
    {
        lake.Db.Execute($"DROP TABLE IF EXISTS q; {LakeTables.Quarantine.CreateStagingSql("q")}; INSERT INTO q BY NAME SELECT 'web' AS source, 'invalid_json' AS reason, TIMESTAMPTZ '2026-03-01 10:00:00+00' AS received_at, {position} AS _position, {bytes} AS sealed, DATE '2026-03-01' AS date");
        var adds = lake.Store.Writer.Write(lake.Db, "q", LakeTables.Quarantine, "q");
        lake.Store.Commit(new RangeCommit([new StreamRange("q", position - 3, position - 2)], [], new Dictionary<string, IReadOnlyList<AddFile>> { ["quarantine"] = adds }, lake.Store.ReadSnapshot().LedgerVersion))
            .ShouldBeOfType<CommitOutcome.Committed>();
    }

#pragma warning disable CA5351 // as DuckDB's md5()
    private static string Md5(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(bytes));
#pragma warning restore CA5351
}
