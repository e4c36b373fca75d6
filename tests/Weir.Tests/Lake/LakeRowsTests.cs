using Weir.DuckDb;
using Weir.Lake;

namespace Weir.Tests.Lake;

/// <summary>What landed since a reader was last here, in whatever files it lies now. The n-th event of a stream is at position n and minute n.</summary>
public sealed class LakeRowsTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly MaintainedLake lake = new(checkpointEvery: 2, configure: o => o with { FilesPerPartition = 3 });

    public void Dispose() => lake.Dispose();

    [Fact]
    public void Rows_that_landed_since_are_told_by_stream_and_position()
    {
        lake.Lake.Land("s1", 0, 3);
        lake.Lake.Land("s2", 0, 1);
        var mark = Mark();
        lake.Lake.Land("s1", 3, 5);
        lake.Lake.Land("s3", 0, 1);

        Added("events", mark).ShouldBe("s1 3,s1 4,s3 0");
        Added("events", Mark()).ShouldBe("");
    }

    [Fact] // G9
    public void Compaction_vacuum_and_a_cleaned_log_hide_none_of_them_and_show_none_twice()
    {
        for (var n = 0; n < 4; n++) lake.Lake.Land("s1", n * 20, n * 20 + 20);
        lake.Lake.Land("s2", 0, 10);
        var mark = Mark();
        lake.Lake.Land("s1", 80, 100);
        lake.Lake.Land("s2", 10, 12); // minutes 10 and 11, beside old rows of both streams
        for (var again = 0; again < 3; again++)
        {
            lake.Pass(2 * Hour);
            lake.Maintain();
        }

        // Every way to the files as they were is gone; the new rows lie among older ones.
        lake.Lake.Store.FilesHoldingRowsAfter(mark.Version, "events", lake.Lake.Store.ReadSnapshot()).ShouldBeNull();
        lake.DataFiles("events").ShouldAllBe(file => file.Contains("compact-") || file.Contains("hour=2"));
        Added("events", mark).ShouldBe(string.Join(",", Enumerable.Range(80, 20).Select(n => $"s1 {n}").Append("s2 10").Append("s2 11")));
        Added("events", Mark()).ShouldBe("");
    }

    [Fact]
    public void Files_whose_statistics_end_before_the_first_new_position_are_not_read()
    {
        for (var n = 0; n < 3; n++) lake.Lake.Land("s1", n * 60, n * 60 + 60);
        var mark = Mark();
        lake.Lake.Land("s1", 180, 190);
        for (var again = 0; again < 3; again++)
        {
            lake.Pass(2 * Hour);
            lake.Maintain();
        }

        lake.Lake.Store.FilesHoldingRowsAfter(mark.Version, "events", lake.Lake.Store.ReadSnapshot()).ShouldBeNull();
        var rows = LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), "events", mark)!;
        rows.Added.Split(".parquet").Length.ShouldBe(2, rows.Added); // positions 150 to 189 are hour 3: one file
        Added("events", mark).ShouldBe(string.Join(",", Enumerable.Range(180, 10).Select(n => $"s1 {n}")));
    }

    [Fact] // G9
    public void Nothing_is_known_once_rows_were_rewritten_however_long_ago()
    {
        lake.Lake.Land("s1", 0, 3);
        var mark = Mark();
        var merge = lake.Lake.MergeEvents();
        var rewrite = merge with { Operation = "WRITE", Adds = new Dictionary<string, IReadOnlyList<AddFile>> { ["events"] = [.. merge.Adds["events"].Select(f => f with { DataChange = true })] } };
        lake.Lake.Store.Commit(rewrite).ShouldBeOfType<CommitOutcome.Committed>();
        LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), "events", mark).ShouldBeNull();
        var after = Mark();
        for (var n = 3; n < 12; n++) lake.Lake.Land("s1", n, n + 1);
        lake.Pass(2 * Hour);
        lake.Maintain();

        lake.Lake.Store.ReadCommit(after.Version).ShouldBeNull(); // its commit is cleaned away
        using var fresh = new TestLake(lake.Lake.Folder, checkpointEvery: 2);
        LakeRows.Since(fresh.Store, fresh.Store.ReadSnapshot(), "events", mark).ShouldBeNull();
        LakeRows.Since(fresh.Store, fresh.Store.ReadSnapshot(), "quarantine", mark).ShouldNotBeNull();
        Added("events", after).ShouldBe(string.Join(",", Enumerable.Range(3, 9).Select(n => $"s1 {n}")));
    }

    [Fact]
    public void Rows_that_expired_are_no_change()
    {
        lake.Lake.Land("s1", 0, 40); // two hours
        var mark = Mark();
        var old = lake.Lake.Store.ReadSnapshot()["events"].Files.Values.Single(f => f.PartitionValues["hour"] == "0");
        var expire = TestLake.Replace("events", [old], []);
        expire = expire with { Operation = "DELETE", Removes = new Dictionary<string, IReadOnlyList<RemoveFile>> { ["events"] = [.. expire.Removes["events"].Select(r => r with { DataChange = true })] } };
        lake.Lake.Store.Commit(expire).ShouldBeOfType<CommitOutcome.Committed>();
        lake.Lake.Land("s1", 40, 41);

        Added("events", mark).ShouldBe("s1 40");
    }

    [Fact]
    public void A_mark_of_another_lake_or_of_a_later_state_tells_nothing()
    {
        lake.Lake.Land("s1", 0, 3);
        var mark = Mark();
        using var other = new TestLake();
        for (var n = 0; n < 4; n++) other.Land("s1", n, n + 1);

        LakeRows.Since(other.Store, other.Store.ReadSnapshot(), "events", mark).ShouldBeNull();
        LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), "events", mark with { Version = mark.Version + 1 }).ShouldBeNull();
        LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), "events", mark with { Positions = new Dictionary<string, long> { ["s1"] = 4 } }).ShouldBeNull();
        LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), "nothing", mark).ShouldBeNull();
    }

    [Fact]
    public void A_new_version_of_a_thing_takes_the_place_of_the_one_that_was_the_latest()
    {
        ViewTests.LandVisits(lake.Lake, ViewTests.Visits(), 0, """
            ('a', 1, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 0, 'x', DATE '2026-03-01'),
            ('b', 2, TIMESTAMPTZ '2026-03-01 10:00:00+00', 's', 1, 'x', DATE '2026-03-01')
            """, "s", 2);
        var mark = Mark();
        ViewTests.LandVisits(lake.Lake, ViewTests.Visits(), 2, """
            ('a', 3, TIMESTAMPTZ '2026-03-01 09:00:00+00', 's', 2, 'x', DATE '2026-03-01'),
            ('b', 4, TIMESTAMPTZ '2026-03-01 11:00:00+00', 's', 3, 'x', DATE '2026-03-01'),
            ('c', 5, TIMESTAMPTZ '2026-03-01 11:00:00+00', 's', 4, 'x', DATE '2026-03-01')
            """, "s", 5);
        for (var again = 0; again < 2; again++)
        {
            lake.Pass(26 * Hour);
            lake.Maintain();
        }

        lake.DataFiles("visits").ShouldHaveSingleItem().ShouldContain("compact-");
        var rows = LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), "visits", mark)!;
        lake.Lake.Count(); // makes the views
        // a: the older of the two came late, and the latest stays what it was.
        Text($"SELECT string_agg(id || n, ',' ORDER BY id, n) FROM (({rows.Added}) EXCEPT ALL ({rows.Removed}))").ShouldBe("b4,c5");
        Text($"SELECT string_agg(id || n, ',' ORDER BY id, n) FROM (({rows.Removed}) EXCEPT ALL ({rows.Added}))").ShouldBe("b2");
        Added("visits_history", mark).ShouldBe("s 2,s 3,s 4");
    }

    [Fact]
    public void The_ledgers_own_rows_are_those_of_its_commits()
    {
        lake.Lake.Land("s1", 0, 3);
        var mark = Mark();
        lake.Lake.Land("s1", 3, 5);
        lake.Lake.Land("s2", 0, 1);

        var rows = LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), "ledger", mark)!;
        Text($"SELECT string_agg(stream || ' ' || from_position, ',' ORDER BY stream) FROM ({rows.Added})").ShouldBe("s1 3,s2 0");
    }

    [Fact]
    public void A_mark_is_kept_as_text()
    {
        lake.Lake.Land("s1", 0, 3);
        var mark = Mark();
        var read = LakeMark.Parse(mark.ToText())!;
        (read.Lake, read.Version, read.Positions["s1"]).ShouldBe((lake.Lake.Store.Id, mark.Version, 3));
        LakeMark.Parse("{}").ShouldBeNull();
        LakeMark.Parse("version 7").ShouldBeNull();
    }

    private LakeMark Mark() => LakeMark.Of(lake.Lake.Store, lake.Lake.Store.ReadSnapshot());

    private string Added(string view, LakeMark since)
    {
        lake.Lake.Count();
        return Text($"SELECT coalesce(string_agg(_stream || ' ' || _position, ',' ORDER BY _stream, _position), '') FROM ({LakeRows.Since(lake.Lake.Store, lake.Lake.Store.ReadSnapshot(), view, since)!.Added})");
    }

    private string Text(string sql) => lake.Lake.Db.Scalar<string>(sql)!;
}
