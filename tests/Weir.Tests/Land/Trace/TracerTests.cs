using Weir.Events;
using Weir.Journal;
using Weir.Land;
using Weir.Land.Trace;
using Weir.Storage;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Trace;

public sealed class TracerTests : IDisposable
{
    private static readonly DateTimeOffset Ten = At("2026-03-01T10:00:00");
    private readonly LandFixture land = new();
    private readonly MemoryEventStream web = new("aaaa", "web"), mobile = new("bbbb", "mobile");

    public void Dispose() => land.Dispose();

    [Fact]
    public async Task Every_copy_has_its_fate_its_commit_and_its_row()
    {
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"));
        await land.LandAsync(web);
        web.Append(At("2026-03-01T10:01:00"), Of(2, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:01"), Of(3, "2026-03-01T09:00:00"));
        web.Append(At("2026-03-01T10:02:00"), Of(2, "2026-03-01T13:00:00"));
        mobile.Append(At("2026-03-01T10:03:00"), Of(2, "2026-03-01T09:00:00"));
        await land.LandAsync(web, mobile);
        web.Append(At("2026-03-01T10:04:00"), Of(2, "2026-03-01T13:00:00"));
        await land.LandAsync(web);
        web.Append(At("2026-03-01T10:05:00"), Of(2, "2026-03-01T09:00:00"));
        var found = await TraceAsync($"{Id(2)}".ToUpperInvariant());
        Lines(found).ShouldBe(
        [
            "web 1: landed, event 2 of 2, committed 0-1, events",
            "web 2: duplicate of 1, event 1 of 3, committed 2-5",
            "web 3: quarantined reused_id, event 2 of 3, committed 2-5, quarantine",
            "web 5: landed, event 1 of 1, committed 2-5, events", // another hour of the client's is another event
            "mobile 0: landed, event 1 of 1, committed 0-0, events",
            "web 6: duplicate of 5, event 1 of 1, committed 6-6",
            "web 7: pending, event 1 of 1",
        ]);
        // The commit that a copy names is the one after which the ledger had passed it.
        using (var lake = land.OpenLake())
            foreach (var copy in found.Copies.Where(c => c.Decision is not null))
                (lake.ReadCommit(copy.Decision!.Version!.Value)!.NextPositions[copy.Stream], lake.ReadCommit(copy.Decision.Version.Value - 1)?.NextPositions.GetValueOrDefault(copy.Stream) ?? 0)
                    .ShouldSatisfyAllConditions(c => c.Item1.ShouldBeGreaterThan(copy.Position), c => c.Item2.ShouldBeLessThanOrEqualTo(copy.Position));
        // And the row that it names is that event's.
        foreach (var row in found.Copies.Where(c => c.Row is not null))
            land.Read(c => Weir.DuckDb.DuckDBConnectionExtensions.Scalar<string>(c, $"select event_id || ' ' || _position from read_parquet('{Path.Combine(land.LakeFolder, row.Row!.File)}', file_row_number = true) where file_row_number = {row.Row.Number}"))
                .ShouldBe($"{Id(2)} {row.Position}");
        Lines(await TraceAsync($"{Id(2)}", "mobile")).ShouldBe(["mobile 0: landed, event 1 of 1, committed 0-0, events"]);
        (await TraceAsync($"{Id(77)}")).Copies.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_id_as_its_client_sent_it_is_found_and_so_is_the_one_that_Weir_made_of_it()
    {
        const string segment = """{"type":"track","event":"Order Completed","messageId":"m-\u0031","anonymousId":"a","timestamp":"2026-03-01T09:00:00Z"}""";
        web.Append(Ten, "{}", Dialects.Segment, [segment, segment.Replace("\\u0031", "2", StringComparison.Ordinal)]);
        await land.LandAsync(web);
        var found = await TraceAsync("m-1");
        Lines(found).ShouldBe(["web 0: landed, event 1 of 2, committed 0-1, events"]);
        Lines(await TraceAsync($"{found.Copies[0].EventId}")).ShouldBe(["web 0: landed, event 1 of 2, committed 0-1, events"]);
        Lines(await TraceAsync("m-2")).ShouldBe(["web 1: landed, event 2 of 2, committed 0-1, events"]);
    }

    [Fact]
    public async Task A_copy_that_was_dropped_on_purpose_is_told_with_the_reason()
    {
        land.Sources[0] = land.Sources[0] with { DropBots = true };
        web.Append(Ten, """{"userAgent":"bingbot/2.0"}""", Dialects.Weir, [Of(1, "2026-03-01T09:00:00")]);
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"));
        await land.LandAsync(web);
        Lines(await TraceAsync($"{Id(1)}")).ShouldBe(["web 0: dropped bot, event 1 of 1, committed 0-1", "web 1: landed, event 1 of 1, committed 0-1, events"]);
    }

    [Fact]
    public async Task A_UUID_that_is_escaped_or_in_capitals_is_found()
    {
        var id = $"{Id(5)}";
        web.Append(Ten, Of(4, "2026-03-01T09:00:00"), Of(5, "2026-03-01T09:00:00").Replace(id, $"\\u0030{id[1..]}", StringComparison.Ordinal),
            """{"event_id":"ABCDEF00-0000-4000-8000-000000000001","event":"page","timestamp":"2026-03-01T09:00:00","anonymous_id":"a"}""");
        Lines(await TraceAsync(id)).ShouldBe(["web 1: pending, event 2 of 3"]);
        Lines(await TraceAsync("abcdef00-0000-4000-8000-000000000001")).ShouldBe(["web 2: pending, event 3 of 3"]);
    }

    [Fact]
    public async Task After_its_segment_was_removed_the_row_is_found_and_lost_duplicates_are_counted()
    {
        land.Configure = o => o with { Retention = LandFixture.NoRaw };
        await using (var journal = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, TimeProvider.System))
            await journal.AppendAsync("web", Dialects.Weir, "{}"u8.ToArray(), [.. new[] { Of(1, "2026-03-01T09:00:00"), Of(1, "2026-03-01T09:00:00"), "{" }.Select(e => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(e))], CancellationToken.None);
        // Closed, and so moved out of the journal once it has landed.
        await land.LandAsync(Journal());
        Journal()[0].ReadFirst().ShouldBe(3);
        var found = await new Tracer(land.OpenLake(), land.Sources, EventRules.None).RunAsync(new TraceRequest($"{Id(1)}", null), Journal, (_, _) => { }, CancellationToken.None);
        var copy = found.Copies.ShouldHaveSingleItem();
        (copy.Position, copy.Fate.Kind, copy.Request, copy.Row!.Table).ShouldBe((0, "landed", null, "events"));
        found.UnknownDuplicates.ShouldBe(1);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_read_is_told_and_the_rest_is_found()
    {
        web.Append(Ten, Of(1, "2026-03-01T09:00:00"));
        mobile.Append(Ten, Of(1, "2026-03-01T09:00:00"));
        await land.LandAsync(web, mobile);
        mobile.Unreadable = true;
        var found = await TraceAsync($"{Id(1)}");
        found.Copies.Count.ShouldBe(2);
        found.Problems.ShouldHaveSingleItem().ShouldStartWith("WEIR5007");
    }

    private IReadOnlyList<IEventStream> Journal() => JournalReader.OpenAll(land.Data, LocalDisk.Instance, land.Keys);

    private async Task<TraceResult> TraceAsync(string id, string? source = null)
    {
        using var lake = land.OpenLake();
        return await new Tracer(lake, land.Sources, EventRules.None).RunAsync(new TraceRequest(id, source), () => [web, mobile], (part, _) => part.ShouldBeInRange(0, 1), CancellationToken.None);
    }

    private static IEnumerable<string> Lines(TraceResult found) => found.Copies.Select(c =>
        $"{c.Source} {c.Position}: {c.Fate.Kind}{(c.Of is { } of ? $" of {of.Position}" : "")}{(c.Fate.Reason is { } reason ? $" {reason}" : "")}, event {c.Request?.Number} of {c.Request?.Count}"
        + (c.Decision is { } d ? $", committed {d.From}-{d.To - 1}" : "") + (c.Row is { } row ? $", {row.Table}" : ""));
}
