using Weir.Lake;
using Weir.Storage;

namespace Weir.Tests.Lake;

public class CommitTests
{
    [Fact] // G1, G2
    public void Ranges_of_a_stream_follow_one_another()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3).ShouldBe(new CommitOutcome.Committed(1));
        lake.Land("s1", 3, 10).ShouldBe(new CommitOutcome.Committed(2));
        lake.Store.Positions.ShouldBe([new("s1", 10L)]);
        lake.Count().ShouldBe(10);
    }

    [Theory] // G2
    [InlineData(2, 5)]
    [InlineData(4, 5)]
    [InlineData(3, 3)]
    public void Range_that_overlaps_leaves_a_gap_or_is_empty_is_refused(long from, long to)
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);
        var range = lake.Range("s1", 0, 3) with { Ranges = [new StreamRange("s1", from, to)] };
        Should.Throw<WeirException>(() => lake.Store.Commit(range)).Code.ShouldBe("WEIR6004");
        lake.Count().ShouldBe(3);
    }

    [Fact] // G3
    public void Of_writers_that_decide_the_same_range_one_wins_and_the_others_see_its_files()
    {
        using var first = new TestLake();
        first.Land("s0", 0, 1);
        var others = Enumerable.Range(0, 4).Select(_ => new TestLake(first.Folder)).ToList();
        var ranges = others.Select(l => (Lake: l, Range: l.Range("s1", 0, 5))).ToList();

        var outcomes = new CommitOutcome[ranges.Count];
        Parallel.For(0, ranges.Count, i => outcomes[i] = ranges[i].Lake.Store.Commit(ranges[i].Range));

        outcomes.OfType<CommitOutcome.Committed>().Count().ShouldBe(1);
        var winner = Array.FindIndex(outcomes, o => o is CommitOutcome.Committed);
        foreach (var overtaken in outcomes.OfType<CommitOutcome.Overtaken>())
        {
            var commit = overtaken.Winners.ShouldHaveSingleItem();
            commit.NextPositions.ShouldBe([new("s1", 5L)]);
            commit.Adds["events"].Select(a => a.Path).ShouldBe(ranges[winner].Range.Adds["events"].Select(a => a.Path));
        }
        first.Count().ShouldBe(6);
        others.ForEach(l => l.Dispose());
    }

    [Fact] // G3, G5
    public void Writers_on_streams_of_their_own_all_get_through()
    {
        using var reader = new TestLake();
        reader.Store.Ensure(LakeTables.Events);
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, n =>
        {
            using var lake = new TestLake(reader.Folder);
            for (var from = 0; from < 12; from += 3)
            {
                var range = lake.Range($"s{n}", from, from + 3);
                while (lake.Store.Commit(range) is CommitOutcome.Overtaken overtaken) range = range with { DecidedAt = overtaken.Winners[^1].Version };
            }
        });
        reader.Count().ShouldBe(48);
        reader.Count("SELECT count(DISTINCT (_stream, _position)) FROM lake.events").ShouldBe(48);
        reader.Store.Positions.Values.ShouldBe([12L, 12L, 12L, 12L]);
        reader.Count("SELECT sum(landed)::BIGINT FROM lake.ledger").ShouldBe(48);
    }

    [Fact] // G4
    public void Writer_recognises_its_commit_though_the_disk_said_no()
    {
        var disk = new RecordingDisk(LocalDisk.Instance);
        using var lake = new TestLake(disk: disk);
        lake.Land("s1", 0, 3);
        disk.AfterLink = linked => false; // done, but the answer was lost
        lake.Land("s1", 3, 5).ShouldBe(new CommitOutcome.Committed(2));
        disk.AfterLink = linked => throw new IOException("The answer was lost.");
        lake.Land("s1", 5, 7).ShouldBe(new CommitOutcome.Committed(3));
        disk.AfterLink = linked => linked;
        lake.Count().ShouldBe(7);
    }

    [Fact] // L4
    public void Commit_of_a_taken_version_is_not_overwritten()
    {
        using var lake = new TestLake();
        lake.Land("s1", 0, 3);
        var before = File.ReadAllBytes(lake.Log("events", 1));
        using var engine = new Weir.Lake.Delta.Engine();
        var table = new Weir.Lake.Delta.DeltaTable(Path.Combine(lake.Folder, "events"), LocalLakeDisk.Of(LocalDisk.Instance), new(engine, LocalLakeDisk.Of(LocalDisk.Instance), TimeProvider.System));
        table.TryCommit(1, "another", [new Weir.Lake.Delta.DeltaAction { Txn = new("x", 1) }]).ShouldBeFalse();
        File.ReadAllBytes(lake.Log("events", 1)).ShouldBe(before);
        Directory.GetFiles(Path.Combine(lake.Folder, "events", "_delta_log"), "*.tmp", new EnumerationOptions { AttributesToSkip = 0 }).ShouldBeEmpty();
    }

    [Fact]
    public void Ledger_rows_come_back_as_written()
    {
        using var lake = new TestLake();
        var hour = new DateTime(2026, 3, 1, 7, 0, 0, DateTimeKind.Utc);
        var row = new LedgerRow("file/ab", "orders", 0, 9, hour, "land", 9, 4, 2, 2, 1, 3, """{"bot":1}""", "3-4", "7", """{"invalid_json":2}""");
        lake.Store.Commit(new RangeCommit([new("file/ab", 0, 9)], [row], new Dictionary<string, IReadOnlyList<AddFile>>(), -1)).ShouldBe(new CommitOutcome.Committed(1));
        lake.Store.ReadLedger(lake.Store.ReadSnapshot()).ShouldHaveSingleItem().ShouldBe(row);
    }
}
