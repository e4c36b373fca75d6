using System.Text.Json.Nodes;
using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Tests.Lake;

public class WriterTests
{
    private static readonly TableDefinition Table = new("t",
        [new("name", "VARCHAR", true), new("n", "INTEGER", true), new("day", "DATE", true), new("part", "VARCHAR")], ["part"]);

    [Fact]
    public void Empty_staging_table_writes_no_file()
    {
        using var lake = new TestLake();
        Write(lake, "SELECT NULL, NULL, NULL, NULL WHERE false").ShouldBeEmpty();
    }

    [Fact] // L3
    public void Stats_are_bounds_of_each_partition()
    {
        using var lake = new TestLake();
        var adds = Write(lake, """
            VALUES ('b', 3, DATE '2026-01-02', 'x'), ('a', NULL, DATE '2026-01-01', 'x'), (repeat('y', 40), -1, NULL, 'y'), (repeat('z', 40), -1, NULL, 'y')
            """);
        adds.Count.ShouldBe(2);
        Stats(adds, "x").ShouldBe("""{"numRecords":2,"minValues":{"name":"a","n":3,"day":"2026-01-01"},"maxValues":{"name":"b","n":3,"day":"2026-01-02"},"nullCount":{"name":0,"n":1,"day":0}}""");
        // A long text is cut: still a minimum, but no maximum any more.
        Stats(adds, "y").ShouldBe($$$"""{"numRecords":2,"minValues":{"name":"{{{new string('y', 32)}}}","n":-1},"maxValues":{"n":-1},"nullCount":{"name":0,"n":0,"day":2}}""");
    }

    [Fact] // L3
    public void Stats_of_times_are_bounds_though_they_are_in_milliseconds()
    {
        using var lake = new TestLake();
        var table = new TableDefinition("times", [new("at", "TIMESTAMP WITH TIME ZONE", true), new("part", "VARCHAR")], ["part"]);
        lake.Db.Execute($"{table.CreateStagingSql("staged")}; INSERT INTO staged VALUES ('2026-03-01 10:00:00.000999+00', 'x'), ('2026-03-01 10:00:00.123001+00', 'x')");
        lake.Store.Writer.Write(lake.Db, "staged", table, "r").Single().Stats.ShouldBe(
            """{"numRecords":2,"minValues":{"at":"2026-03-01T10:00:00.000Z"},"maxValues":{"at":"2026-03-01T10:00:00.124Z"},"nullCount":{"at":0}}""");
    }

    [Fact] // L3
    public void Personal_data_has_no_stats()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);
        foreach (var log in Directory.GetFiles(lake.Folder, "*.json", SearchOption.AllDirectories)) File.ReadAllText(log).ShouldNotContain("secret@example.com");
        foreach (var column in (string[])["user_id", "anonymous_id", "session_id", "device_id", "ip", "user_agent", "page_url", "context", "properties", "event_id", "order_id"])
            LakeTables.Events.Columns.Single(c => c.Name == column).HasStats.ShouldBeFalse(column);
    }

    [Fact]
    public void Partition_that_got_several_files_keeps_its_bounds_and_counts_each_file()
    {
        using var lake = new TestLake();
        lake.Db.Execute("SET threads = 1; SET partitioned_write_flush_threshold = 2048; SET partitioned_write_max_open_files = 2");
        var adds = Write(lake, "SELECT 'n', i, NULL, 'p' || (i // 7) % 40 FROM range(40000) r(i)");
        adds.Count.ShouldBeGreaterThan(40);
        adds.Sum(a => JsonNode.Parse(a.Stats!)!["numRecords"]!.GetValue<long>()).ShouldBe(40000);
        lake.Store.Commit(new RangeCommit([new("s", 0, 1)], [], new Dictionary<string, IReadOnlyList<AddFile>> { ["t"] = adds }, -1));
        lake.Count("SELECT count(DISTINCT n) FROM lake.t").ShouldBe(40000);
        foreach (var add in adds)
        {
            var found = lake.Db.Query($"SELECT count(*), min(n), max(n) FROM read_parquet('{Path.Combine(lake.Folder, "t", add.Path)}')", r => (r.GetInt64(0), r.GetInt32(1), r.GetInt32(2))).Single();
            var stats = JsonNode.Parse(add.Stats!)!;
            stats["numRecords"]!.GetValue<long>().ShouldBe(found.Item1);
            stats["minValues"]!["n"]!.GetValue<int>().ShouldBeLessThanOrEqualTo(found.Item2);
            stats["maxValues"]!["n"]!.GetValue<int>().ShouldBeGreaterThanOrEqualTo(found.Item3);
        }
    }

    [Fact]
    public void Many_partitions_are_written_each_once_and_the_session_keeps_its_threads()
    {
        using var lake = new TestLake();
        var adds = Write(lake, "SELECT 'n', i::INTEGER, NULL, 'p' || i % 250 FROM range(1000) r(i)");
        adds.Select(a => a.PartitionValues["part"]).ShouldBe(Enumerable.Range(0, 250).Select(i => $"p{i}"), ignoreOrder: true);
        adds.ShouldAllBe(a => JsonNode.Parse(a.Stats!)!["numRecords"]!.GetValue<long>() == 4);
        lake.Db.Scalar<long>("SELECT current_setting('threads')").ShouldBe(2);
    }

    [Fact]
    public void Names_hold_the_range_and_are_never_written_twice()
    {
        using var lake = new TestLake();
        var first = Write(lake, "SELECT 'n', 1, NULL, 'p'");
        var second = Write(lake, "SELECT 'n', 2, NULL, 'p'");
        first.Concat(second).Select(a => a.Path).ShouldAllBe(p => p.StartsWith("part=p/file_ab-0-1-"));
        Directory.GetFiles(lake.Folder, "*.parquet", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    private static IReadOnlyList<AddFile> Write(TestLake lake, string select)
    {
        lake.Db.Execute($"DROP TABLE IF EXISTS st; {Table.CreateStagingSql("st")}; INSERT INTO st {select}");
        return lake.Store.Writer.Write(lake.Db, "st", Table, "file/ab-0-1");
    }

    private static string Stats(IReadOnlyList<AddFile> adds, string part) => adds.Single(a => a.PartitionValues["part"] == part).Stats!;
}
