using Weir.DuckDb;
using Weir.Journal;
using Weir.Sources;
using Weir.Storage;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Landing;

public sealed class ExactlyOnceTests : IDisposable
{
    private readonly LandFixture land = new();

    public void Dispose() => land.Dispose();

    [Fact] // D1
    public async Task Copies_across_an_hour_a_midnight_ranges_and_streams_land_once()
    {
        var a = new MemoryEventStream("aaaa", "web");
        a.Append(At("2026-03-01T23:58:00"), Of(1, "2026-03-01T23:57:00"), Of(2, "2026-03-01T23:57:30"), Of(1, "2026-03-01T23:57:00", extra: ""","sent_at":"2026-03-01T23:57:59Z" """));
        a.Append(At("2026-03-02T00:01:00"), Of(1, "2026-03-01T23:57:00"), Of(3, "2026-03-02T00:00:30"), Of(2, "2026-03-02T00:00:10"));
        (await land.LandAsync(a)).Commits.ShouldBe(1);
        a.Append(At("2026-03-02T03:00:00"), Of(2, "2026-03-01T23:57:30"), Of(3, "2026-03-02T00:00:30"), Of(4, "2026-03-01T23:59:59"));
        var b = new MemoryEventStream("bbbb", "web").Append(At("2026-03-02T03:00:00"), Of(4, "2026-03-01T23:59:59"), Of(5, "2026-03-02T02:00:00"));
        var m = new MemoryEventStream("cccc", "mobile").Append(At("2026-03-02T03:00:00"), Of(1, "2026-03-01T23:57:00"));
        (await land.LandAsync(a, b, m)).Commits.ShouldBe(1);

        land.FateLine("aaaa").ShouldBe("0:landed 1:landed 2:duplicate 3:duplicate 4:landed 5:landed 6:duplicate 7:duplicate 8:landed");
        land.FateLine("bbbb").ShouldBe("0:duplicate 1:landed");
        land.FateLine("cccc").ShouldBe("0:landed"); // another source
        (await land.LandAsync(a, b, m)).ShouldSatisfyAllConditions(r => r.Events.ShouldBe(0), r => r.Commits.ShouldBe(0));
    }

    [Fact] // D2
    public async Task A_reused_id_is_quarantined_with_its_bytes_and_claims_nothing()
    {
        var reused = Of(1, "2026-03-01T10:00:01", "order");
        var s = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T11:00:00"),
            Of(1, "2026-03-01T10:00:00"), Of(1, "2026-03-01T10:00:00", "order"), reused, Of(1, "2026-03-01T09:59:59"), Of(1, "2026-03-01T10:00:00"), reused);
        await land.LandAsync(s);
        land.FateLine("aaaa").ShouldBe("0:landed 1:quarantined 2:quarantined 3:landed 4:duplicate 5:quarantined");
        land.Texts("SELECT DISTINCT reason FROM lake.quarantine").ShouldBe(["reused_id"]);
        var bytes = land.Read(c => c.Query("SELECT sealed FROM lake.quarantine WHERE _position = 2", r => r.GetFieldValue<byte[]>(0))).ShouldHaveSingleItem();
        using var sealer = new Sealer(land.Keys.TryGet("web", new DateOnly(2026, 3, 1))!);
        System.Text.Encoding.UTF8.GetString(sealer.Open(bytes)).ShouldBe(reused);
    }

    [Fact] // D2
    public async Task A_copy_that_is_not_valid_claims_no_id_and_a_valid_one_after_it_lands()
    {
        var s = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T11:00:00"),
            Of(1, "2026-03-01T10:00:00", extra: ""","quantity":"many" """), Of(1, "2026-03-01T10:00:00"), "{", "{");
        await land.LandAsync(s);
        land.FateLine("aaaa").ShouldBe("0:quarantined 1:landed 2:quarantined 3:quarantined");
    }

    [Fact] // D3
    public async Task Events_without_a_time_are_compared_over_72_hours_of_receipt()
    {
        var s = new MemoryEventStream("aaaa", "web");
        s.Append(At("2026-03-01T10:00:00"), WithoutTime(1), WithoutTime(1), WithoutTime(1, "order"), Of(1, "2026-03-01T10:00:00"));
        s.Append(At("2026-03-04T10:00:00"), WithoutTime(1));
        await land.LandAsync(s);
        s.Append(At("2026-03-04T10:00:01"), WithoutTime(1), WithoutTime(1));
        await land.LandAsync(s);
        land.FateLine("aaaa").ShouldBe("0:landed 1:duplicate 2:quarantined 3:landed 4:duplicate 5:landed 6:duplicate");
        land.Count("SELECT sum(without_time)::BIGINT FROM lake.ledger").ShouldBe(6);
    }

    [Fact] // D4
    public async Task Events_without_an_id_are_never_duplicates_nor_are_rows_of_a_source_without_dedupe()
    {
        land.Sources.Add(new SourceDefinition { Name = "lines", TimeZone = "UTC", Dedupe = DedupeRule.None });
        var web = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), WithoutId("2026-03-01T09:00:00"), WithoutId("2026-03-01T09:00:00"));
        var lines = new MemoryEventStream("bbbb", "lines").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(1, "2026-03-01T09:00:00"));
        await land.LandAsync(web, lines);
        land.FateLine("aaaa").ShouldBe("0:landed 1:landed");
        land.FateLine("bbbb").ShouldBe("0:landed 1:landed");
        land.Count("SELECT count(DISTINCT event_id) FROM lake.events WHERE source = 'web' AND _imputed = 'event_id'").ShouldBe(2);
    }

    [Fact] // D4
    public async Task An_imputed_id_is_no_duplicate_even_of_a_client_that_sends_it_as_its_own()
    {
        var imputed = Weir.Land.Evaluate.EventIds.FromPosition("aaaa", 1);
        var s = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"),
            WithoutId("2026-03-01T09:00:00").Replace("{", $$"""{"event_id":"{{imputed}}",""", StringComparison.Ordinal), WithoutId("2026-03-01T09:00:00"));
        await land.LandAsync(s);
        land.FateLine("aaaa").ShouldBe("0:landed 1:landed");
    }

    [Fact] // D5
    public async Task A_source_with_dedupe_by_id_lands_an_id_once_for_all_time()
    {
        land.Sources.Add(new SourceDefinition { Name = "crm", TimeZone = "UTC", Dedupe = DedupeRule.Id });
        var s = new MemoryEventStream("aaaa", "crm").Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), WithoutTime(2));
        await land.LandAsync(s);
        s.Append(At("2026-06-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(1, "2026-06-01T09:00:00"), WithoutTime(2));
        await land.LandAsync(s);
        land.FateLine("aaaa").ShouldBe("0:landed 1:landed 2:duplicate 3:quarantined 4:duplicate");
    }

    [Theory] // D8
    [InlineData("kept")]
    [InlineData("deleted")]
    [InlineData("stale")]
    [InlineData("manifest damaged")]
    [InlineData("run damaged")]
    public async Task What_was_landed_is_known_whatever_happens_to_the_remembered_ids(string fate)
    {
        var dedupe = Path.Combine(land.Data, "dedupe");
        var s = new MemoryEventStream("aaaa", "web").Append(At("2026-03-01T10:00:00"), [.. Enumerable.Range(0, 200).Select(i => Of(i, "2026-03-01T09:00:00"))]);
        await land.LandAsync(s);
        var before = Directory.CreateTempSubdirectory("weir-stale-");
        foreach (var file in Directory.GetFiles(dedupe)) File.Copy(file, Path.Combine(before.FullName, Path.GetFileName(file)));
        s.Append(At("2026-03-01T10:30:00"), [.. Enumerable.Range(200, 100).Select(i => Of(i, "2026-03-01T09:00:00")), WithoutTime(7), WithoutId("2026-03-01T09:00:00")]);
        await land.LandAsync(s);

        if (fate is "deleted" or "stale") Directory.Delete(dedupe, recursive: true);
        if (fate == "stale") Directory.Move(before.FullName, dedupe);
        if (fate == "manifest damaged") Flip(Path.Combine(dedupe, "manifest"), 20);
        if (fate == "run damaged") foreach (var run in Directory.GetFiles(dedupe, "*.run")) Flip(run, 100);

        s.Append(At("2026-03-01T10:40:00"), [.. Enumerable.Range(0, 301).Select(i => Of(i, "2026-03-01T09:00:00")), WithoutTime(7), WithoutId("2026-03-01T09:00:00")]);
        var result = await land.LandAsync(s);
        (result.Landed, result.Duplicate, result.Quarantined).ShouldBe((2, 301, 0)); // id 300 and the one without an id
    }

    private static void Flip(string path, int at)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[at] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
