using Weir.Land;
using Weir.Sources;

namespace Weir.Tests.Land.Landing;

/// <summary>Many events with known counts: copies with another sending and receive time, some of them late, over an hour and a midnight.</summary>
public sealed class ManyEventsTests : IDisposable
{
    private readonly LandFixture land = new();

    public void Dispose() => land.Dispose();

    [Fact]
    public Task Fifty_thousand_events_land_with_exactly_their_distinct_count() => LandAsync(50_000);

    /// <summary>Every seventh event is sent again: most at once, every tenth of these 70 minutes later. The receive clock runs from 22:00 over midnight.</summary>
    private async Task LandAsync(int distinct)
    {
        var start = new DateTimeOffset(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);
        var step = TimeSpan.FromHours(5) / distinct;
        var stream = new MemoryEventStream("aaaa", "web");
        var batch = new List<string>();
        var late = new Queue<(DateTimeOffset Due, int Number)>();
        var copies = 0;
        for (var i = 0; i < distinct; i++)
        {
            var now = start + step * i;
            batch.Add(Event(i, start + step * i, now));
            if (i % 7 == 0 && i % 70 != 0) batch.Add(Event(i, start + step * i, now.AddSeconds(9)));
            if (i % 70 == 0) late.Enqueue((now.AddMinutes(70), i));
            if (i % 7 == 0) copies++;
            while (late.TryPeek(out var due) && due.Due <= now) batch.Add(Event(late.Dequeue().Number, start + step * due.Number, now));
            if (batch.Count < 400) continue;
            stream.Append(now, batch);
            batch = [];
        }
        batch.AddRange(late.Select(l => Event(l.Number, start + step * l.Number, start.AddHours(7))));
        stream.Append(start.AddHours(7), batch);

        var result = await land.LandAsync(stream);
        (result.Landed, result.Duplicate, result.Quarantined).ShouldBe((distinct, copies, 0));
        land.Count("SELECT count(DISTINCT event_id) FROM lake.events").ShouldBe(distinct);
        land.Count("SELECT count(DISTINCT date) FROM lake.events").ShouldBe(2);
        using var lake = land.OpenLake();
        Account.Read(lake, () => [stream]).AddsUp.ShouldBeTrue();
    }

    private static string Event(int number, DateTimeOffset at, DateTimeOffset sentAt) => Events.Of(number, at.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ"), "product_viewed",
        $$""","sent_at":"{{sentAt:yyyy-MM-ddTHH:mm:ss.fffZ}}","page":{"url":"https://shop.example/p/{{number % 500}}","title":"Product {{number % 500}}"},"product_id":"p{{number % 500}}","price":{{number % 90}}.95,"properties":{"note":"{{new string('n', 500)}}"}""");
}
