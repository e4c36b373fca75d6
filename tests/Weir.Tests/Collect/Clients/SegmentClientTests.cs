namespace Weir.Tests.Collect.Clients;

/// <summary>Segment's and RudderStack's libraries for Node.js: they speak the same protocol, and stamp differently.</summary>
public class SegmentClientTests
{
    private const string Stamp = "2026-03-01T10:30:00.123Z";

    private static readonly object[][] Calls =
    [
        ["track", new
        {
            userId = "u1", @event = "Order Completed", timestamp = Stamp,
            properties = new { order_id = "o1", revenue = 129.9, currency = "EUR", coupon = "JUNE", products = new[] { new { sku = "p1", name = "Lamp", category = "Home", quantity = 2, price = 64.95 } } },
        }],
        ["track", new { anonymousId = "a1", @event = "Product Added", timestamp = Stamp, properties = new { product_id = "p2", name = "Cup", quantity = 3, price = "4.50", cart_id = "c1" } }],
        ["identify", new { userId = "u1", timestamp = Stamp, traits = new { plan = "pro" } }],
        ["page", new { anonymousId = "a1", timestamp = Stamp, name = "Home", properties = new { url = "https://shop.example/home", title = "Welcome" } }],
        ["group", new { userId = "u1", groupId = "g1", timestamp = Stamp, traits = new { size = 7 } }],
        ["alias", new { userId = "u1", previousId = "a1", timestamp = Stamp }],
    ];

    [Theory]
    [InlineData("segment")]
    [InlineData("rudderstack")]
    public async Task Calls_land_with_their_times_users_and_commerce_columns(string client)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        (await TrackingClient.RunAsync(client, collector.Url, "shop-web", Calls)).ShouldBeEmpty();
        (await collector.LandAndReadAsync("""
            SELECT event, user_id, anonymous_id, order_id, product_id, product_name, category, quantity, price, revenue, currency, coupon, cart_id, page_url, page_title
            FROM lake.events ORDER BY event, user_id
            """)).ShouldBe([
            "Order Completed|u1|-|o1|p1|Lamp|Home|2|64.9500|129.9000|EUR|JUNE|-|-|-",
            "Product Added|-|a1|-|p2|Cup|-|3|4.5000|-|-|-|c1|-|-",
            "alias|u1|-|-|-|-|-|-|-|-|-|-|-|-|-",
            "group|u1|-|-|-|-|-|-|-|-|-|-|-|-|-",
            "identify|u1|-|-|-|-|-|-|-|-|-|-|-|-|-",
            "page|-|a1|-|-|-|-|-|-|-|-|-|-|https://shop.example/home|Welcome",
        ]);
        // The application's own stamp, by which it happened then and not when it was sent.
        (await collector.LandAndReadAsync("""
            SELECT DISTINCT strftime(client_time, '%Y-%m-%dT%H:%M:%S.%g'), abs(epoch(event_time) - epoch(client_time)) < 60, platform, _dialect, _imputed, sent_at > '2026-03-02' FROM lake.events
            """)).ShouldBe(["2026-03-01T10:30:00.123|true|server|segment|-|true"]);
        (await collector.LandAndReadAsync("SELECT properties->>'previousId' FROM lake.events WHERE event = 'alias'")).ShouldBe(["a1"]);
    }
}
