using Weir.Accounting;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Verifying;

/// <summary>What is well is proven.</summary>
public sealed class HoldsTests : IDisposable
{
    private readonly VerifyBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public Task A_fresh_lake_holds() => bench.HoldsAsync();

    [Fact]
    public async Task Each_fate_is_proven_and_what_waits_or_came_after_the_witness_is_stated()
    {
        await using (var journal = await bench.OpenAsync())
        {
            await VerifyBench.AppendAsync(journal, Of(1, "2026-03-01T09:00:00"), Of(1, "2026-03-01T09:00:00"), "{", Of(2, "2026-03-01T09:00:00"));
            await bench.LandAndWitnessAsync();
            await VerifyBench.AppendAsync(journal, Of(3, "2026-03-01T09:00:00"), Of(3, "2026-03-01T09:00:00"));
            await bench.Land.LandAsync(bench.Streams);
            await VerifyBench.AppendAsync(journal, Of(4, "2026-03-01T09:00:00"));
            (await bench.VerifyAsync()).ShouldSatisfyAllConditions(
                r => r.Faults.ShouldBeEmpty(),
                r => r.Streams.ShouldHaveSingleItem().ShouldBe(new StreamVerdict(bench.Id(), "web", 0, 7, 3, 2, 1, 0, Waiting: 1, Unproven: 3, 0)));
        }
    }

    [Fact]
    public async Task Entities_and_loaded_files_that_grew_hold()
    {
        bench.Land.Sources.Add(new SourceDefinition
        {
            Name = "lines", Entity = "order_lines", Format = FileFormat.Csv, Dedupe = DedupeRule.None,
            Fields = [new("order_id", "Invoice", new(FieldKind.Varchar), Required: true), new("quantity", "Qty", new(FieldKind.Integer))],
        });
        var path = Path.Combine(bench.Land.Data, "lines.csv");
        await File.WriteAllTextAsync(path, "Invoice,Qty\nA1,2\nA1,2\nA2,x\nA3,1,1\n");
        await bench.Intake.TakeAsync(bench.Land.Sources[^1], path, CancellationToken.None);
        await bench.LandAndWitnessAsync();
        await File.AppendAllTextAsync(path, "A4,7\nA5,8");
        bench.Time.Now += TimeSpan.FromHours(2);
        (await bench.Intake.TakeAsync(bench.Land.Sources[^1], path, CancellationToken.None)).Records.ShouldBe(2);
        await bench.LandAndWitnessAsync();
        (await bench.VerifyAsync()).ShouldSatisfyAllConditions(
            r => r.Faults.ShouldBeEmpty(),
            r => r.Streams.ShouldHaveSingleItem().ShouldBe(new StreamVerdict(bench.Id("lines"), "lines", 0, 6, 4, 0, 2, 0, 0, 0, 0)));
    }

    [Fact]
    public async Task Where_raw_is_not_kept_the_ledgers_rows_stand_for_what_was_removed()
    {
        bench.Land.Configure = o => o with { Retention = LandFixture.NoRaw };
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        bench.Segments().ShouldBeEmpty();
        await using (var journal = await bench.OpenAsync()) await VerifyBench.AppendAsync(journal, Of(20, "2026-03-01T09:00:00")); // the chain goes on from the row
        (await bench.VerifyAsync()).ShouldSatisfyAllConditions(
            r => r.Faults.ShouldBeEmpty(), r => r.Streams.ShouldHaveSingleItem().Removed.ShouldBe(9), r => r.Streams[0].Waiting.ShouldBe(1));
        bench.Land.Texts("SELECT concat_ws('|', from_position, to_position, hour(hour), received, landed, length(chain_hash)) FROM lake.ledger WHERE movement = 'remove' ORDER BY 1")
            .ShouldBe(["0|3|10|0|0|64", "3|6|11|0|0|64", "6|9|12|0|0|64"]);
        using var lake = bench.Land.OpenLake();
        Account.Read(lake, () => bench.Streams).ShouldSatisfyAllConditions(a => a.AddsUp.ShouldBeTrue(), a => a.Rows.Sum(r => r.Landed).ShouldBe(9));
    }

    [Fact] // G7
    public async Task A_segment_that_is_recorded_as_removed_and_still_there_holds_and_is_not_recorded_twice()
    {
        bench.Land.Configure = o => o with { Retention = LandFixture.NoRaw };
        await bench.ReceiveThreeHoursAsync();
        var kept = bench.Segments().ToDictionary(s => s, File.ReadAllBytes);
        await bench.LandAndWitnessAsync();
        // As a crash between the row and the removal leaves it.
        File.Delete(Directory.GetFiles(bench.Journal, "removed-*.json").ShouldHaveSingleItem());
        foreach (var (path, bytes) in kept) await File.WriteAllBytesAsync(path, bytes);
        (await bench.VerifyAsync()).ShouldSatisfyAllConditions(r => r.Faults.ShouldBeEmpty(), r => r.Streams[0].Removed.ShouldBe(0));
        await bench.Land.LandAsync(bench.Streams);
        bench.Segments().ShouldBeEmpty();
        bench.Land.Count("SELECT count(*) FROM lake.ledger WHERE movement = 'remove'").ShouldBe(3);
        await bench.HoldsAsync();
    }

    [Fact]
    public async Task Segments_that_are_removed_while_they_are_proven_are_no_fault()
    {
        bench.Land.Configure = o => o with { Retention = new(new()) };
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var removed = false;
        var report = await bench.VerifyAsync(meanwhile: () =>
        {
            if (removed || !(removed = true)) return;
            bench.Land.Configure = o => o with { Retention = LandFixture.NoRaw };
            bench.Land.LandAsync(bench.Streams).GetAwaiter().GetResult();
        });
        removed.ShouldBeTrue();
        bench.Segments().ShouldBeEmpty();
        report.Faults.ShouldBeEmpty();
        report.Streams[0].Removed.ShouldBe(9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task More_ordinals_than_one_pass_may_hold_are_proven_in_several(long atOnce)
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        (await bench.VerifyAsync(options: o => o with { OrdinalsAtOnce = atOnce })).ShouldSatisfyAllConditions(r => r.Faults.ShouldBeEmpty(), r => r.Streams[0].Landed.ShouldBe(9));
    }

    [Fact]
    public async Task A_source_and_a_range_of_hours_are_proven_alone()
    {
        await bench.ReceiveThreeHoursAsync();
        await using (var journal = await bench.OpenAsync()) await VerifyBench.AppendAsync("mobile", journal, Of(1, "2026-03-01T09:00:00"));
        await bench.LandAndWitnessAsync();
        var hour = new DateTime(2026, 3, 1, 11, 0, 0, DateTimeKind.Utc);
        (await bench.VerifyAsync(new(Source: "web", From: hour, To: hour.AddHours(1)))).ShouldSatisfyAllConditions(
            r => r.Faults.ShouldBeEmpty(), r => r.Streams.ShouldHaveSingleItem().ShouldBe(new StreamVerdict(bench.Id(), "web", 3, 6, 3, 0, 0, 0, 0, 0, 0)));
        (await bench.VerifyAsync(new(Source: "mobile"))).Streams.ShouldHaveSingleItem().Landed.ShouldBe(1);

        // What is wrong elsewhere is not looked at.
        File.Delete(bench.Segments()[0]);
        await bench.HoldsAsync(new(Source: "web", From: hour, To: hour.AddHours(1)));
        (await bench.VerifyAsync(new(Source: "web", To: hour))).Holds.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_compacted_holds_by_its_rows()
    {
        bench.Land.Configure = o => o with { RoundBytes = 1 }; // a commit for each frame
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var files = bench.LakeFiles();
        var later = new Weir.Tests.Journal.ManualTime(TimeProvider.System.GetUtcNow().AddDays(2));
        using (var lake = LakeStore.Open(new LakeOptions(bench.Land.LakeFolder), LocalDisk.Instance, later))
        {
            var upkeep = lake.Maintain(new MaintenanceOptions(Path.Combine(bench.Land.Data, "run", "upkeep")) { FilesPerPartition = 1 });
            while (await upkeep.StepAsync(CancellationToken.None) is not null) { }
            lake.ReadSnapshot()["events"].Files.Count.ShouldBe(1);
        }
        foreach (var file in files) File.Delete(file); // as vacuum does
        await bench.HoldsAsync();
    }

    [Fact]
    public async Task Files_that_compaction_replaces_while_they_are_read_are_no_fault()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var compacted = false;
        var report = await bench.VerifyAsync(options: o => o with { OrdinalsAtOnce = 4 }, meanwhile: () =>
        {
            if (compacted || !(compacted = true)) return;
            var old = bench.LakeFiles();
            Compact();
            foreach (var file in old) File.Delete(file); // a vacuum that does not wait
        });
        compacted.ShouldBeTrue();
        report.Faults.ShouldBeEmpty();
        report.Streams.ShouldHaveSingleItem().Landed.ShouldBe(9);
        await bench.HoldsAsync();
    }

    [Fact] // WEIR5021
    public async Task A_lake_whose_files_never_stay_is_an_error_not_a_fault()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var error = await Should.ThrowAsync<WeirException>(() => bench.VerifyAsync(options: o => o with { OrdinalsAtOnce = 4 }, meanwhile: () =>
        {
            var old = bench.LakeFiles();
            Compact();
            foreach (var file in old) File.Delete(file);
        }));
        error.Code.ShouldBe("WEIR5021");
    }

    /// <summary>All event rows in new files, decided in the ledger.</summary>
    private void Compact()
    {
        using var lake = bench.Land.OpenLake();
        var snapshot = lake.ReadSnapshot();
        using var connection = new Weir.DuckDb.DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Weir.DuckDb.DuckDBConnectionExtensions.Execute(connection, "SET TimeZone = 'UTC'");
        LakeViews.Create(connection, snapshot);
        Weir.DuckDb.DuckDBConnectionExtensions.Execute(connection, "CREATE TABLE staging AS SELECT * FROM lake.events");
        var added = lake.Writer.Write(connection, "staging", LakeTables.Events, "compacted").Select(f => f with { DataChange = false }).ToList();
        var removed = snapshot["events"].Files.Values.Select(f => new RemoveFile(f.Path, 0, DataChange: false)).ToList();
        lake.Commit(new LakeChange("OPTIMIZE", [], new Dictionary<string, IReadOnlyList<AddFile>> { ["events"] = added }, new Dictionary<string, IReadOnlyList<RemoveFile>> { ["events"] = removed }))
            .ShouldBeOfType<CommitOutcome.Committed>();
    }
}
