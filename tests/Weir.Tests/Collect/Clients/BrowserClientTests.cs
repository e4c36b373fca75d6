using System.Diagnostics;

namespace Weir.Tests.Collect.Clients;

/// <summary>Snowplow's browser tracker with its e-commerce plugin in Chromium, on a page of another origin: real preflights, cookies and beacons.</summary>
public class BrowserClientTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"encodeBase64":false}""")]
    [InlineData("""{"eventMethod":"get"}""")]
    public async Task What_a_page_tracks_lands_with_its_visitor_and_commerce_columns(string options)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        (await Chromium.OpenAsync(collector.Url, options)).ShouldBe("ok");
        (await collector.LandAndReadAsync("""
            SELECT event, order_id, product_id, product_name, category, quantity, price, revenue, currency, cart_id, utm_source FROM lake.events WHERE _dialect LIKE 'snowplow%' ORDER BY event
            """)).ShouldBe([
            "Play|-|-|-|-|-|-|-|-|-|nl",
            "add_to_cart|-|p1|Lamp|Home|2|64.9500|-|EUR|c1|nl",
            "liked|-|-|-|-|-|-|-|-|-|nl",
            "page|-|-|-|-|-|-|-|-|-|nl",
            "product_view|-|p1|Lamp|Home|2|64.9500|-|EUR|-|nl",
            "transaction|o1|p1|Lamp|Home|2|64.9500|129.9000|EUR|-|nl",
        ]);
        (await collector.LandAndReadAsync("""
            SELECT DISTINCT user_id, length(anonymous_id), length(session_id), platform, page_path, user_agent LIKE '%Chrome/%', abs(epoch(event_time) - epoch(received_at)) < 60, _imputed, length(properties->>'network_userid')
            FROM lake.events WHERE _dialect LIKE 'snowplow%'
            """)).ShouldBe(["u1|36|36|web|/page|true|true|-|36"]);
        (await collector.LandAndReadAsync("SELECT event, page_title FROM lake.events WHERE page_title IS NOT NULL")).ShouldBe(["page|Lamps & more"]); // the tracker names it with page views only
        (await collector.LandAndReadAsync("SELECT count(DISTINCT anonymous_id), count(DISTINCT event_id) FROM lake.events WHERE _dialect LIKE 'snowplow%'")).ShouldBe(["1|6"]);
    }

    [Fact]
    public async Task Each_of_many_events_of_a_page_lands_once_with_its_time_and_product()
    {
        var count = CountedCalls.Events(100);
        await using var collector = await CollectorAndLake.StartAsync();
        var (began, watch) = (TimeProvider.System.GetUtcNow(), Stopwatch.StartNew());
        (await Chromium.OpenAsync(collector.Url, "{}", count)).ShouldBe("ok");
        var seconds = watch.Elapsed.TotalSeconds;
        var rows = await collector.LandAndReadAsync($"SELECT {CountedCalls.Columns.Replace("user_id", "replace(user_id, 'u1', 'u0')")} FROM lake.events WHERE properties->>'n' IS NOT NULL ORDER BY 1");
        rows.Except(CountedCalls.Rows("snowplow", count)).Take(3).ShouldBeEmpty();
        (rows.Length, rows.Distinct().Count()).ShouldBe((count, count));
        (await collector.LandAndReadAsync($"SELECT count(*) FROM lake.events WHERE properties->>'n' IS NOT NULL AND (client_time < '{began.AddMilliseconds(-1):O}' OR abs(epoch(event_time) - epoch(received_at)) > 30)")).ShouldBe(["0"]);
        ClientFigures.Add("every", $"| snowplow, browser | {count:N0} | {rows.Length:N0} | {seconds:N1} |");
    }

    [Fact]
    public async Task Beacons_are_taken()
    {
        await using var collector = await CollectorAndLake.StartAsync();
        (await Chromium.OpenAsync(collector.Url, "{}")).ShouldBe("ok");
        string[] beacons = [];
        for (var i = 0; i < 100 && beacons.Length < 2; i++)
        {
            beacons = await collector.LandAndReadAsync("SELECT event, user_id, _dialect FROM lake.events WHERE _dialect NOT LIKE 'snowplow%' ORDER BY event");
            if (beacons.Length < 2) await Task.Delay(100);
        }
        beacons.ShouldBe(["Left|u1|segment", "left|u1|weir"]);
    }

    [Fact]
    public async Task A_page_that_tracks_anonymously_leaves_neither_visitor_nor_address()
    {
        await using var collector = await CollectorAndLake.StartAsync(w => w with { RequireIdentity = false });
        (await Chromium.OpenAsync(collector.Url, """{"anonymousTracking":{"withServerAnonymisation":true}}""")).ShouldBe("ok");
        (await collector.LandAndReadAsync("SELECT count(*), count(user_id), count(anonymous_id), count(session_id), count(ip), count(properties->>'network_userid') FROM lake.events WHERE _dialect = 'snowplow'")).ShouldBe(["6|0|0|0|0|0"]);
    }
}
