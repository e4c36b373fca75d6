using Weir.Accounting;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Verifying;

/// <summary>What is wrong is found, and named with stream, source, ordinals and file. "It holds when" of the account.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly VerifyBench bench = new();

    public void Dispose() => bench.Dispose();

    private async Task<VerifyFault> FindAsync(long from, long to)
    {
        var report = await bench.VerifyAsync();
        report.Holds.ShouldBeFalse();
        report.Faults.ShouldAllBe(f => f.What.Length > 10 && f.Remedy.Length > 10 && f.File.Length > 0);
        var fault = report.Faults.FirstOrDefault(f => f.Stream == bench.Id() && f.Source == "web" && f.From == from && f.To == to);
        fault.ShouldNotBeNull(string.Join('\n', report.Faults));
        return fault;
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(2, false)]
    public async Task A_segment_that_was_deleted_is_named(int number, bool landed)
    {
        await bench.ReceiveThreeHoursAsync();
        if (landed) await bench.LandAndWitnessAsync();
        else bench.Witness();
        File.Delete(bench.Segments()[number]);
        (await FindAsync(number * 3, number * 3 + 3)).What.ShouldContain("missing");
    }

    [Fact]
    public async Task A_last_segment_deleted_together_with_the_head_is_known_from_the_witness()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.Witness();
        File.Delete(bench.Segments()[2]);
        foreach (var head in Directory.GetFiles(bench.Journal, "head-*")) File.Delete(head);
        var fault = await FindAsync(6, 9);
        fault.What.ShouldContain("the witness says");
        fault.File.ShouldContain("_witness");
    }

    [Fact]
    public async Task A_journal_that_is_gone_is_known_from_the_witness()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.Witness();
        var id = bench.Id();
        Directory.Delete(bench.Journal, recursive: true);
        (await bench.VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.Stream.ShouldBe(id), f => f.Source.ShouldBe("web"), f => (f.From, f.To).ShouldBe((0, 9)));
    }

    [Fact]
    public async Task Any_flipped_bit_of_a_segment_is_found()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var segment = bench.Segments()[1];
        var whole = await File.ReadAllBytesAsync(segment);
        for (var at = 0; at < whole.Length; at += 5)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= (byte)(1 << at % 8);
            await File.WriteAllBytesAsync(segment, flipped);
            var report = await bench.VerifyAsync();
            report.Holds.ShouldBeFalse($"byte {at} of {whole.Length}");
            report.Faults.ShouldContain(f => f.Source == "web" && f.From >= 3 && f.To <= 6 && f.File == segment, $"byte {at}: {string.Join('\n', report.Faults)}");
        }
    }

    [Fact]
    public async Task Frames_that_were_replaced_by_others_break_the_chain()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        // The same journal lived through again with another event: every checksum and tag is right.
        using var other = new VerifyBench();
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(other.Journal).FullName, "stream.json"), await File.ReadAllTextAsync(Path.Combine(bench.Journal, "stream.json")));
        Directory.CreateDirectory(Path.Combine(other.Land.Data, "keys", "web"));
        foreach (var key in Directory.GetFiles(Path.Combine(bench.Land.Data, "keys", "web"))) File.Copy(key, Path.Combine(other.Land.Data, "keys", "web", Path.GetFileName(key)));
        await using (var journal = await other.OpenAsync())
        {
            await VerifyBench.AppendAsync(journal, Of(1, "2026-03-01T09:00:00"));
            await VerifyBench.AppendAsync(journal, Of(2, "2026-03-01T09:10:00"), Of(99, "2026-03-01T09:20:00"));
        }
        File.Copy(other.Segments()[0], bench.Segments()[0], overwrite: true);
        (await FindAsync(3, 6)).What.ShouldContain("does not go on from what lies before it");
    }

    [Fact]
    public async Task A_segment_removed_without_its_row_is_a_fault()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        JournalRaw.MoveLanded(bench.Streams[0], 6, keepRaw: false, lease: 1).ShouldBe(2);
        (await FindAsync(0, 6)).What.ShouldContain("no row that it was removed");
    }

    [Fact] // G7
    public async Task What_cannot_be_recorded_is_not_removed()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var segments = bench.Segments();
        Should.Throw<IOException>(() => JournalRaw.MoveLanded(bench.Streams[0], 9, keepRaw: false, lease: 1, _ => throw new IOException("No space left on device.")));
        bench.Segments().ShouldBe(segments);
        await bench.HoldsAsync();
    }

    [Fact]
    public async Task A_row_for_removed_segments_with_another_hash_is_a_fault()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        JournalRaw.MoveLanded(bench.Streams[0], 3, keepRaw: false, lease: 1, removed =>
        {
            using var lake = bench.Land.OpenLake();
            var what = removed.ShouldHaveSingleItem();
            var row = new LedgerRow(bench.Id(), "web", what.First, what.End, what.Hour, "remove", 0, 0, 0, 0, 0, 0, ChainHash: new string('a', 64));
            lake.Commit(new LakeChange("WRITE", [row], new Dictionary<string, IReadOnlyList<AddFile>>(), new Dictionary<string, IReadOnlyList<RemoveFile>>()));
        });
        (await FindAsync(3, 6)).What.ShouldContain("does not go on");
    }

    [Fact]
    public async Task A_lake_file_that_was_deleted_is_named_with_the_ordinals_it_held()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var file = bench.LakeFiles().ShouldHaveSingleItem();
        File.Delete(file);
        (await FindAsync(0, 3)).ShouldSatisfyAllConditions(f => f.File.ShouldBe(file), f => f.What.ShouldContain("no fate"));
        (await bench.VerifyAsync()).Faults.ShouldContain(f => f.File == file && f.What.Contains("'events' is missing"));
    }

    [Fact]
    public async Task A_lake_file_that_is_no_parquet_any_more_is_named()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.LandAndWitnessAsync();
        var file = bench.LakeFiles().ShouldHaveSingleItem();
        await File.WriteAllBytesAsync(file, new byte[new FileInfo(file).Length]);
        (await FindAsync(6, 9)).File.ShouldBe(file);
    }

    [Theory] // a row dropped; written twice; one instead of another, so that every count is right
    [InlineData(new long[] { 0, 1 }, 2, 3, "no fate")]
    [InlineData(new long[] { 0, 1, 2, 1 }, 1, 2, "more than one fate")]
    [InlineData(new long[] { 0, 1, 1 }, 2, 3, "no fate")]
    public async Task A_lander_that_drops_or_doubles_a_row_is_found(long[] rows, long from, long to, string what)
    {
        await bench.ReceiveThreeHoursAsync();
        bench.LandByHand(rows, 0, 3);
        await bench.LandAndWitnessAsync();
        (await FindAsync(from, to)).What.ShouldContain(what);
    }

    [Fact]
    public async Task A_row_that_lies_in_the_lake_and_among_the_duplicates_is_found()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.LandByHand([0, 1, 2], 0, 3, row => row with { Landed = 2, Duplicate = 1, DuplicateRuns = "2" });
        (await FindAsync(2, 3)).What.ShouldContain("more than one fate");
    }

    [Fact]
    public async Task A_count_that_the_data_does_not_have_is_found()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.LandByHand([0, 1, 2], 0, 3, row => row with { Landed = 2, Duplicate = 1 });
        (await FindAsync(0, 3)).What.ShouldContain("says 3 received, 2 landed, 1 duplicate, 0 quarantined, 0 dropped, but the data holds 3 received, 3 landed");
    }

    [Fact]
    public async Task A_missing_row_of_the_ledger_is_found()
    {
        await bench.ReceiveThreeHoursAsync();
        await bench.Land.LandAsync(bench.Streams);
        await using (var journal = await bench.OpenAsync()) await VerifyBench.AppendAsync(journal, Of(30, "2026-03-01T09:00:00"));
        using (var lake = bench.Land.OpenLake())
            lake.Commit(new RangeCommit([new StreamRange(bench.Id(), 9, 10)], [], new Dictionary<string, IReadOnlyList<AddFile>>(), lake.ReadSnapshot().LedgerVersion)).ShouldBeOfType<CommitOutcome.Committed>();
        (await FindAsync(9, 10)).What.ShouldContain("no row");
        File.Delete(bench.LakeFiles("ledger").ShouldHaveSingleItem());
        (await FindAsync(0, 10)).What.ShouldContain("no row");
    }

    [Fact]
    public async Task A_row_under_another_hour_is_found()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.LandByHand([0, 1, 2], 0, 3, row => row with { Hour = row.Hour.AddHours(1) });
        (await FindAsync(0, 3)).What.ShouldContain("accounts it under 2026-03-01 11:00");
    }

    [Fact]
    public async Task Rows_that_the_ledger_has_not_landed_are_found()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.LandByHand([0, 1, 2, 7], 0, 3);
        (await FindAsync(7, 8)).What.ShouldContain("1 rows that the ledger has not landed");
    }

    [Fact] // R10
    public async Task A_loaded_files_raw_copy_that_was_changed_cut_or_deleted_is_found()
    {
        var path = Path.Combine(bench.Land.Data, "export.ndjson");
        await File.WriteAllLinesAsync(path, [Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00")]);
        await bench.Intake.TakeAsync(bench.Land.Sources[0], path, CancellationToken.None);
        await bench.LandAndWitnessAsync();
        var raw = Directory.GetFiles(Path.Combine(bench.Land.Data, "raw"), "*.raw", SearchOption.AllDirectories).Single();
        var whole = await File.ReadAllBytesAsync(raw);
        foreach (var damage in new Func<byte[]?>[] { () => [.. whole[..40], (byte)(whole[40] ^ 1), .. whole[41..]], () => whole[..^1], () => null })
        {
            if (damage() is { } bytes) await File.WriteAllBytesAsync(raw, bytes);
            else File.Delete(raw);
            (await FindAsync(0, 2)).File.ShouldBe(raw);
        }
        await File.WriteAllBytesAsync(raw, whole);
        var manifest = Path.ChangeExtension(raw, ".json");
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, text.Replace("\"records\": 2", "\"records\": 3", StringComparison.Ordinal));
        (await FindAsync(0, 3)).What.ShouldContain("holds 2 records, but 3 were counted");
    }

    [Fact] // WEIR5020
    public async Task A_damaged_witness_is_named_and_never_overwritten()
    {
        await bench.ReceiveThreeHoursAsync();
        bench.Witness();
        var file = Directory.GetFiles(Path.Combine(bench.Land.LakeFolder, "_witness"), "*.json").Single();
        await File.WriteAllTextAsync(file, "{");
        bench.Witness();
        (await File.ReadAllTextAsync(file)).ShouldBe("{");
        (await bench.VerifyAsync()).Faults.ShouldHaveSingleItem().ShouldSatisfyAllConditions(f => f.What.ShouldContain("WEIR5020"), f => f.File.ShouldBe(file));
    }
}
