using System.Text.Json;
using Weir.Land;
using Weir.Land.Tap;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Land.Tap;

public sealed class LastEventsTests : IDisposable
{
    private readonly LandFixture land = new();
    private readonly MemoryEventStream web = new("aaaa", "web"), mobile = new("bbbb", "mobile");

    public void Dispose() => land.Dispose();

    [Fact]
    public async Task The_newest_of_all_streams_are_shown_in_order_of_receipt_with_their_fates()
    {
        web.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00"), Of(2, "2026-03-01T09:00:00"));
        mobile.Append(At("2026-03-01T10:00:01"), "{");
        web.Append(At("2026-03-01T10:00:02"), Of(2, "2026-03-01T09:00:00"));
        await land.LandAsync(web, mobile);
        web.Append(At("2026-03-01T10:00:03"), Of(2, "2026-03-01T09:00:00"));
        (await ReadAsync(TapFilter.All, 4)).ShouldBe(["web 1 landed", "mobile 0 quarantined invalid_json", "web 2 duplicate", "web 3 pending"]);
        (await ReadAsync(TapFilter.All, 100)).Count.ShouldBe(5);
        (await ReadAsync(TapFilter.All with { Source = "mobile" }, 4)).ShouldBe(["mobile 0 quarantined invalid_json"]);
    }

    [Fact]
    public async Task Rare_ones_are_looked_for_far_back_but_not_without_end()
    {
        web.Append(At("2026-03-01T10:00:00"), Of(1, "2026-03-01T09:00:00", "rare"));
        web.Append(At("2026-03-01T10:00:00"), Enumerable.Range(2, 20_000).Select(i => Of(i, "2026-03-01T09:00:00")));
        (await ReadAsync(TapFilter.All with { Event = "rare" }, 1)).ShouldBe(["web 0 pending"]);
        for (var i = 0; i < 8; i++) web.Append(At("2026-03-01T10:00:00"), Enumerable.Range(2, 10_000).Select(n => Of(n, "2026-03-01T09:00:00")));
        (await ReadAsync(TapFilter.All with { Event = "rare" }, 1, before: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_empty_journal_has_none() => (await ReadAsync(TapFilter.All, 4)).ShouldBeEmpty();

    private async Task<IReadOnlyList<string>> ReadAsync(TapFilter filter, int count, bool before = false)
    {
        using var lake = land.OpenLake();
        var found = await LastEvents.ReadAsync([web, mobile], lake, land.Sources, EventRules.None, filter, count, CancellationToken.None);
        found.Before.ShouldBe(before);
        found.Problems.ShouldBeEmpty();
        return [.. found.Events.Select(e => JsonDocument.Parse(e.Json).RootElement).Select(e =>
            $"{e.GetProperty("source")} {e.GetProperty("position")} {e.GetProperty("fate")}" + (e.TryGetProperty("reason", out var reason) ? $" {reason}" : ""))];
    }
}
