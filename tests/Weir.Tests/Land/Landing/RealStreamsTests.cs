using System.Text;
using Weir.Connect;
using Weir.DuckDb;
using Weir.Events;
using Weir.Journal;
using Weir.Land;
using Weir.Sources;
using Weir.Storage;
using Weir.Tests.Journal;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>The lander over what really holds received events: the journal and loaded files.</summary>
public sealed class RealStreamsTests : IDisposable
{
    private readonly LandFixture land = new();
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 1, 10, 59, 0, TimeSpan.Zero));

    public void Dispose() => land.Dispose();

    private FileIntake Intake => new(land.Data, LocalDisk.Instance, land.Keys, time, new FileIntakeOptions { StillFor = TimeSpan.Zero });

    private IReadOnlyList<IEventStream> Streams => [.. JournalReader.OpenAll(land.Data, LocalDisk.Instance, land.Keys), .. Intake.OpenAll()];

    private static Task<AppendResult> AppendAsync(JournalWriter journal, string source, params string[] events) =>
        journal.AppendAsync(source, Dialects.Weir, "{}"u8.ToArray(), [.. events.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e))], CancellationToken.None);

    [Fact]
    public async Task Journal_streams_land_while_they_grow_and_closed_segments_move_to_raw()
    {
        await using (var journal = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, time))
        {
            await AppendAsync(journal, "web", Of(1, "2026-03-01T10:50:00"), Of(1, "2026-03-01T10:50:00"), "{");
            await AppendAsync(journal, "mobile", Of(1, "2026-03-01T10:50:00"));
            (await land.LandAsync(Streams)).ShouldBe(new LandResult(2, 1, 1, 1, []), Same);
            time.Now += TimeSpan.FromMinutes(5);
            await AppendAsync(journal, "web", Of(1, "2026-03-01T10:50:00"), Of(2, "2026-03-01T11:03:00"));
            (await land.LandAsync(Streams)).ShouldBe(new LandResult(1, 1, 0, 1, []), Same);
        }
        (await land.LandAsync(Streams)).Events.ShouldBe(0); // all is closed now, and moves
        Directory.GetFiles(Path.Combine(land.Data, "journal"), "*.seg", SearchOption.AllDirectories).ShouldBeEmpty();
        var raw = Directory.GetFiles(Path.Combine(land.Data, "raw"), "*", SearchOption.AllDirectories);
        raw.ShouldContain(p => p.Contains("date=2026-03-01/hour=10/source=web"));
        using var lake = land.OpenLake();
        var account = Account.Read(lake, () => Streams);
        account.AddsUp.ShouldBeTrue(string.Join('\n', account.Problems));
        account.Rows.Select(r => (r.Source, r.Hour.Hour, r.Received, r.Landed, r.Duplicate, r.Quarantined))
            .ShouldBe([("mobile", 10, 1L, 1L, 0L, 0L), ("web", 10, 3L, 1L, 1L, 1L), ("web", 11, 2L, 1L, 1L, 0L)]);
    }

    private static readonly IEqualityComparer<LandResult> Same = EqualityComparer<LandResult>.Create(
        (a, b) => (a!.Landed, a.Duplicate, a.Quarantined, a.Commits, a.Problems.Count) == (b!.Landed, b.Duplicate, b.Quarantined, b.Commits, b.Problems.Count));

    private string[] RawFiles => Directory.Exists(Path.Combine(land.Data, "raw")) ? Directory.GetFiles(Path.Combine(land.Data, "raw"), "*", SearchOption.AllDirectories) : [];

    [Fact]
    public async Task A_raw_file_that_is_gone_does_not_stop_what_came_later()
    {
        await using var journal = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, time);
        await AppendAsync(journal, "web", Of(1, "2026-03-01T10:50:00"));
        time.Now += TimeSpan.FromMinutes(5);
        await AppendAsync(journal, "web", Of(2, "2026-03-01T10:50:00"));
        await land.LandAsync(Streams);
        await Wait.UntilAsync(() => JournalRaw.MoveLanded(Streams[0], 2, keepRaw: true, lease: 1) >= 0 && RawFiles.Length == 1);
        File.Delete(RawFiles[0]);
        await AppendAsync(journal, "web", Of(3, "2026-03-01T10:50:00"));
        (await land.LandAsync(Streams)).ShouldBe(new LandResult(1, 0, 0, 1, []), Same);
    }

    [Fact]
    public async Task A_segment_that_cannot_be_moved_fails_no_landing_and_is_moved_by_the_next()
    {
        land.Configure = o => o with { RoundBytes = 1 };
        await using (var journal = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, time))
        {
            await AppendAsync(journal, "web", Of(1, "2026-03-01T10:50:00"));
            time.Now += TimeSpan.FromMinutes(5);
            await AppendAsync(journal, "web", Of(2, "2026-03-01T10:50:00"));
        }
        var inTheWay = Path.Combine(land.Data, "raw");
        await File.WriteAllTextAsync(inTheWay, "");
        var result = await land.LandAsync(Streams);
        (result.Landed, result.Commits).ShouldBe((2, 2));
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Code.ShouldBe("WEIR5008"), p => p.Source.ShouldBe("web"), p => p.Position.ShouldBe(2), p => p.Message.ShouldContain("raw"));
        File.Delete(inTheWay);
        (await land.LandAsync(Streams)).ShouldBe(new LandResult(0, 0, 0, 0, []), Same);
        RawFiles.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Without_raw_landed_segments_are_removed_and_the_account_still_adds_up()
    {
        land.Configure = o => o with { Retention = LandFixture.NoRaw };
        await using (var journal = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, time))
        {
            await AppendAsync(journal, "web", Of(1, "2026-03-01T10:50:00"));
            time.Now += TimeSpan.FromMinutes(5);
            await AppendAsync(journal, "web", Of(2, "2026-03-01T10:50:00"));
            await land.LandAsync(Streams);
        }
        Directory.Exists(Path.Combine(land.Data, "raw")).ShouldBeFalse();
        using var lake = land.OpenLake();
        Account.Read(lake, () => Streams).ShouldSatisfyAllConditions(a => a.AddsUp.ShouldBeTrue(), a => a.Rows.Sum(r => r.Received).ShouldBe(2));
    }

    [Fact]
    public async Task A_landed_segment_that_is_not_yet_removed_keeps_none_after_it_from_landing()
    {
        land.Configure = o => o with { Retention = LandFixture.NoRaw };
        var small = new JournalOptions(land.Data) { SegmentBytes = 1 }; // a segment for each batch
        await using var journal = await JournalWriter.OpenAsync(small, LocalDisk.Instance, time);
        foreach (var id in (int[])[1, 2, 3]) await AppendAsync(journal, "web", Of(id, "2026-03-01T10:50:00"));
        await land.LandAsync(Streams); // the first two are removed, the third is still open
        await AppendAsync(journal, "web", Of(4, "2026-03-01T10:50:00")); // it lies between what is noted as removed and what is to land
        (await land.LandAsync(Streams)).ShouldBe(new LandResult(1, 0, 0, 1, []), Same);
    }

    [Fact]
    public async Task A_loaded_file_lands_once_and_its_wrong_lines_are_quarantined_with_file_and_line()
    {
        var path = Path.Combine(land.Data, "export.ndjson");
        await File.WriteAllLinesAsync(path, [Of(1, "2026-03-01T09:00:00"), "{", Of(2, "2026-03-01T09:00:00"), Of(1, "2026-03-01T09:00:00")]);
        await Intake.TakeAsync(land.Sources[0], path, CancellationToken.None);
        File.Copy(path, path + ".copy.ndjson");
        (await Intake.TakeAsync(land.Sources[0], path + ".copy.ndjson", CancellationToken.None)).Outcome.ShouldBe(IntakeOutcome.SameAs);
        (await land.LandAsync(Streams)).ShouldBe(new LandResult(2, 1, 1, 1, []), Same);
        land.Texts("SELECT concat_ws('|', file, line, reason, bytes) FROM lake.quarantine").ShouldBe(["export.ndjson|2|invalid_json|1"]);
        using var lake = land.OpenLake();
        Account.Read(lake, () => Streams).AddsUp.ShouldBeTrue();
    }

    [Fact]
    public async Task Rows_of_a_csv_file_land_in_their_entity()
    {
        land.Sources.Add(new SourceDefinition
        {
            Name = "lines", Entity = "order_lines", Format = FileFormat.Csv, Dedupe = DedupeRule.None,
            Fields = [new("order_id", "Invoice", new(FieldKind.Varchar), Required: true), new("quantity", "Qty", new(FieldKind.Integer))],
        });
        var path = Path.Combine(land.Data, "lines.csv");
        await File.WriteAllTextAsync(path, "Invoice,Qty\nA1,2\nA1,2\nA2,x\nA3,1,1\n");
        await Intake.TakeAsync(land.Sources[^1], path, CancellationToken.None);
        (await land.LandAsync(Streams)).ShouldBe(new LandResult(2, 0, 2, 1, []), Same);
        land.Read(c => c.Scalar<long>("SELECT sum(quantity) FROM lake.order_lines")).ShouldBe(4);
        land.Texts("SELECT reason || ' ' || line FROM lake.quarantine ORDER BY line").ShouldBe(["wrong_type 4", "column_count 5"]);
    }
}
