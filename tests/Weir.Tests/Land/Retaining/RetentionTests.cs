using Weir.Connect;
using Weir.DuckDb;
using Weir.Journal;
using Weir.Lake;
using Weir.Land;
using Weir.Land.Quarantines;
using Weir.Land.Retaining;
using Weir.Leases;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using Weir.Tests.Land.Verifying;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Retaining;

/// <summary>What goes when its time is over, to the second; what stays until then; and that everything stays accounted for.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly RetentionBench bench = new();

    private LandFixture Land => bench.Land;

    public void Dispose() => bench.Dispose();

    [Fact] // J14, J21, G7
    public async Task Raw_goes_by_its_newest_events_time_of_receipt_and_the_account_is_still_proven()
    {
        await bench.Bench.ReceiveThreeHoursAsync(); // received at 10:30, 11:30 and 12:30, three events each
        await bench.Bench.LandAndWitnessAsync();
        bench.Now("2026-03-02T10:30:00");
        bench.Plan().ShouldBe("");
        (await bench.RunAsync()).ShouldBe("");
        bench.Now("2026-03-02T10:30:01");
        bench.Plan().ShouldBe("raw/web:1f3e");
        bench.Bench.Segments().Length.ShouldBe(3);
        (await bench.RunAsync()).ShouldBe("raw/web:1f3e");
        bench.Bench.Segments().Length.ShouldBe(2);
        Directory.Exists(Path.Combine(Land.Data, "raw", "date=2026-03-01", "hour=10")).ShouldBeFalse();
        await bench.ShouldAddUpAsync(9);
        bench.Now("2026-03-02T12:30:01");
        (await bench.RunAsync()).ShouldBe("raw/web:2f6e");
        bench.Bench.Segments().ShouldBeEmpty();
        Directory.Exists(Path.Combine(Land.Data, "raw", "date=2026-03-01")).ShouldBeFalse();
        (await bench.RunAsync()).ShouldBe("");
        await bench.ShouldAddUpAsync(9);
        (await bench.Bench.VerifyAsync()).Streams.Single().Removed.ShouldBe(9);
        await using var journal = await bench.Bench.OpenAsync(); // it goes on behind what is gone
        (await journal.AppendAsync("web", Weir.Events.Dialects.Weir, "{}"u8.ToArray(), ["{}"u8.ToArray()], CancellationToken.None)).FirstOrdinal.ShouldBe(9);
    }

    [Fact]
    public async Task What_has_not_landed_stays_and_so_does_its_key()
    {
        await bench.Bench.ReceiveThreeHoursAsync();
        bench.Now("2027-03-01T00:00:00");
        bench.Plan().ShouldBe("");
        (await bench.RunAsync()).ShouldBe("");
        (await Land.LandAsync(bench.Bench.Streams)).Landed.ShouldBe(9);
    }

    [Fact] // G14
    public async Task Events_go_by_the_hour_in_which_they_happened_and_the_ledger_names_their_positions()
    {
        await using (var journal = await bench.Bench.OpenAsync())
        {
            await VerifyBench.AppendAsync(journal, Of(1, "2026-03-01T08:59:59"), Of(2, "2026-03-01T09:00:00"), Of(3, "2026-03-01T08:00:00"));
            bench.Bench.Time.Now += TimeSpan.FromHours(1);
            await VerifyBench.AppendAsync(journal, Of(4, "2026-03-01T08:30:00"), Of(5, "2026-03-01T10:00:00"));
        }
        await bench.Bench.LandAndWitnessAsync();
        bench.Rules = new(new Retention { Events = TimeSpan.FromDays(2) });
        bench.Now("2026-03-03T08:59:59");
        bench.Plan().ShouldBe("");
        bench.Now("2026-03-03T09:00:00"); // the hour from 08:00 ended two days ago
        bench.Plan().ShouldBe("events/web:1f3e");
        Land.FateLine(bench.Bench.Id()).ShouldBe("0:landed 1:landed 2:landed 3:landed 4:landed");
        (await bench.RunAsync()).ShouldBe("events/web:1f3e");
        Land.FateLine(bench.Bench.Id()).ShouldBe("1:landed 4:landed");
        bench.Expired().ShouldBe("web/10:0,2| web/11:3|");
        await bench.ShouldAddUpAsync(5);
        bench.Now("2026-03-03T11:00:00");
        (await bench.RunAsync()).ShouldBe("events/web:2f2e");
        Land.FateLine(bench.Bench.Id()).ShouldBe("");
        await bench.ShouldAddUpAsync(5);
        (await bench.RunAsync()).ShouldBe("");
    }

    [Fact]
    public async Task Who_reads_an_older_snapshot_reads_on_and_models_keep_their_rows()
    {
        await bench.Bench.ReceiveThreeHoursAsync();
        await bench.Bench.LandAndWitnessAsync();
        using var lake = Land.OpenLake();
        var old = lake.ReadSnapshot();
        var mark = LakeMark.Of(lake, old);
        bench.Now("2027-03-01T00:00:00");
        (await bench.RunAsync()).ShouldContain("events/web:1f9e");
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        LakeViews.Create(connection, old);
        connection.Scalar<long>("SELECT count(*) FROM lake.events").ShouldBe(9);
        LakeViews.Create(connection, lake.ReadSnapshot());
        connection.Scalar<long>("SELECT count(*) FROM lake.events").ShouldBe(0);
        LakeRows.Since(lake, lake.ReadSnapshot(), "events", mark).ShouldNotBeNull(); // nothing came, and nothing must be read anew
    }

    [Theory]
    [InlineData(true, "2026-03-05T00:00:00")] // three days after the day's end: what is sealed in quarantine
    [InlineData(false, "2026-03-03T00:00:00")] // raw, a day after the day's end at the earliest
    public async Task A_key_is_destroyed_when_the_last_thing_that_it_seals_is_due_and_not_before(bool isQuarantined, string due)
    {
        await bench.Bench.ReceiveThreeHoursAsync();
        if (isQuarantined)
        {
            await using var journal = await bench.Bench.OpenAsync();
            await VerifyBench.AppendAsync(journal, """{"event":"page","timestamp":"never","anonymous_id":"a"}""");
        }
        await bench.Bench.LandAndWitnessAsync();
        bench.Rules = new(bench.Rules.Usual with { Events = TimeSpan.FromDays(100) });
        bench.Bench.Time.Now = At(due) - TimeSpan.FromSeconds(1);
        (await bench.RunAsync()).ShouldBe($"raw/web:{(isQuarantined ? 4 : 3)}f{(isQuarantined ? 10 : 9)}e");
        bench.HasKey("web", 1).ShouldBeTrue();
        Sealed().ShouldBe(isQuarantined ? [true] : []);
        bench.Now(due);
        bench.Plan().ShouldBe("keys/web:1f0e");
        (await bench.RunAsync()).ShouldBe("keys/web:1f0e");
        bench.HasKey("web", 1).ShouldBeFalse();
        Sealed().ShouldBe(isQuarantined ? [false] : []); // and says so
        await bench.ShouldAddUpAsync(9, isQuarantined ? 1 : 0);
    }

    [Fact]
    public async Task A_plan_says_what_a_run_does_keys_of_what_is_about_to_go_among_them()
    {
        await bench.Bench.ReceiveThreeHoursAsync();
        await bench.Bench.LandAndWitnessAsync();
        bench.Now("2026-06-01T00:00:00");
        const string All = "raw/web:3f9e events/web:1f9e keys/web:1f0e";
        bench.Plan().ShouldBe(All);
        (await bench.RunAsync()).ShouldBe(All);
        await bench.ShouldAddUpAsync(9);
    }

    [Fact]
    public async Task Rows_of_quarantine_go_with_the_events()
    {
        await using (var journal = await bench.Bench.OpenAsync()) await VerifyBench.AppendAsync(journal, "{", Of(1, "2026-03-01T10:00:00"), "[");
        await bench.Bench.LandAndWitnessAsync();
        bench.Now("2026-03-03T23:59:59"); // 1 March ended two days ago in a second
        (await bench.RunAsync()).ShouldNotContain("quarantine");
        bench.Now("2026-03-04T00:00:00");
        (await bench.RunAsync()).ShouldBe("quarantine/web:1f2e keys/web:1f0e"); // nothing is left that the key seals
        bench.Expired().ShouldBe("web/10:|0,2 web/10:1|");
        await bench.ShouldAddUpAsync(1, 2);
    }

    [Fact]
    public async Task A_source_may_say_otherwise()
    {
        await using (var journal = await bench.Bench.OpenAsync())
        {
            await VerifyBench.AppendAsync(journal, Of(1, "2026-03-01T10:00:00"));
            await VerifyBench.AppendAsync("mobile", journal, Of(2, "2026-03-01T10:00:00"));
        }
        await bench.Bench.LandAndWitnessAsync();
        bench.Rules = bench.Rules with { Sources = new Dictionary<string, Retention> { ["mobile"] = new() } };
        bench.Now("2026-03-20T00:00:00");
        (await bench.RunAsync()).ShouldBe("raw/web:1f1e events/web:1f1e keys/web:1f0e");
        bench.Now("2026-03-31T10:30:01");
        (await bench.RunAsync()).ShouldBe("raw/mobile:1f1e");
        bench.Now("2026-04-01T00:00:00");
        (await bench.RunAsync()).ShouldBe("keys/mobile:1f0e");
        await bench.ShouldAddUpAsync(2);
    }

    [Fact] // R11
    public async Task Copies_of_loaded_files_go_and_the_file_goes_on_where_it_was()
    {
        var path = Path.Combine(Land.Data, "f.ndjson");
        await File.WriteAllTextAsync(path, $"{Of(1, "2026-03-01T10:00:00")}\n{Of(2, "2026-03-01T10:00:00")}\n");
        await bench.Bench.Intake.TakeAsync(RetentionBench.Files, path, CancellationToken.None);
        await bench.Bench.LandAndWitnessAsync();
        bench.Now("2026-03-02T10:30:00");
        (await bench.RunAsync()).ShouldBe("");
        bench.Now("2026-03-02T10:30:01");
        (await bench.RunAsync()).ShouldBe("raw/files:1f2e");
        Directory.GetFiles(Land.Data, "*.raw", SearchOption.AllDirectories).ShouldBeEmpty();
        await bench.ShouldAddUpAsync(2);
        (await bench.Bench.VerifyAsync()).Streams.Single().Removed.ShouldBe(2);
        var stream = bench.Bench.Streams.Single();
        stream.ReadFirst().ShouldBe(2);
        (await Should.ThrowAsync<WeirException>(async () => { await foreach (var _ in stream.ReadAsync(1, CancellationToken.None)) { } })).Code.ShouldBe("WEIR4013");

        (await bench.Bench.Intake.TakeAsync(RetentionBench.Files, path, CancellationToken.None)).Outcome.ShouldBe(IntakeOutcome.SameAs);
        await File.AppendAllTextAsync(path, $"{Of(3, "2026-03-02T10:00:00")}\n");
        (await bench.Bench.Intake.TakeAsync(RetentionBench.Files, path, CancellationToken.None)).Outcome.ShouldBe(IntakeOutcome.Grown);
        await bench.Bench.LandAndWitnessAsync();
        await bench.ShouldAddUpAsync(3);
        bench.Now("2026-03-03T11:00:00"); // the key of the first day is gone, that of the second not yet
        (await bench.RunAsync()).ShouldBe("raw/files:1f1e events/files:1f2e keys/files:1f0e");
        (bench.HasKey("files", 1), bench.HasKey("files", 2)).ShouldBe((false, true));
        await bench.ShouldAddUpAsync(3);
    }

    [Fact]
    public async Task A_lost_copy_is_no_removed_one()
    {
        var path = Path.Combine(Land.Data, "f.ndjson");
        await File.WriteAllTextAsync(path, $"{Of(1, "2026-03-01T10:00:00")}\n");
        await bench.Bench.Intake.TakeAsync(RetentionBench.Files, path, CancellationToken.None);
        await bench.Bench.LandAndWitnessAsync();
        File.Delete(Directory.GetFiles(Land.Data, "*.raw", SearchOption.AllDirectories).Single());
        (await bench.Bench.VerifyAsync()).Faults.ShouldHaveSingleItem();
        bench.Now("2026-03-08T00:00:00");
        await bench.RunAsync();
        (await bench.Bench.VerifyAsync()).Faults.ShouldHaveSingleItem(); // its time being over does not make it accounted for
    }

    [Fact] // WEIR5060
    public async Task Beside_a_lander_only_the_lander_removes()
    {
        using var held = Lease.TryTake(Land.Data, Lander.LeaseName, LocalDisk.Instance, Lease.DefaultDuration);
        (await Should.ThrowAsync<WeirException>(() => bench.RunAsync())).Code.ShouldBe("WEIR5060");
        bench.Plan().ShouldBe("");
    }

    private IReadOnlyList<bool> Sealed()
    {
        using var lake = Land.OpenLake();
        return [.. new QuarantineReader(lake, Land.Keys).List(new QuarantineFilter(null, null, null, null, null), null).Select(e => e.IsKept)];
    }
}
