namespace Weir.Tests.Collect.Clients;

/// <summary>Snowplow's tracker for Node.js, with self-describing data in base64 and plain, by POST and by GET.</summary>
public class SnowplowClientTests
{
    private const string Stamp = "2026-03-01T10:30:00.123Z";
    private const string Ecommerce = "iglu:com.snowplowanalytics.snowplow.ecommerce/";

    private static readonly object[][] Calls =
    [
        ["setUserId", "u1"],
        ["buildPageView", new { pageUrl = "https://shop.example/home?utm_source=nl&utm_campaign=june+sale", pageTitle = "Welcome", referrer = "https://search.example/" }, Array.Empty<object>(), Stamp],
        ["buildPagePing", new { pageUrl = "https://shop.example/home", pageTitle = "Welcome", maxYOffset = 300 }, Array.Empty<object>(), Stamp],
        ["buildStructEvent", new { category = "Mixes", action = "Play", label = "x", value = 2.5 }, Array.Empty<object>(), Stamp],
        ["buildEcommerceTransaction", new { orderId = "o1", total = 129.9, currency = "EUR", city = "Köln" }, Array.Empty<object>(), Stamp],
        ["buildEcommerceTransactionItem", new { orderId = "o1", sku = "p1", name = "Lamp", category = "Home", price = 64.95, quantity = 2, currency = "EUR" }, Array.Empty<object>(), Stamp],
        ["buildAddToCart", new { sku = "p2", name = "Cup", category = "Kitchen", unitPrice = 4.5, quantity = 3, currency = "EUR" }, Array.Empty<object>(), Stamp],
        ["buildSelfDescribingEvent", new { @event = new { schema = "iglu:com.acme/liked/jsonschema/1-0-0", data = new { what = "Ümlaut" } } }, new[] { Entity("iglu:com.acme/shelf/jsonschema/1-0-0", new { row = 3 }) }, Stamp],
        ["buildSelfDescribingEvent", new { @event = new { schema = $"{Ecommerce}snowplow_ecommerce_action/jsonschema/1-0-2", data = new { type = "transaction" } } },
            new[]
            {
                Entity($"{Ecommerce}transaction/jsonschema/1-0-0", new { transaction_id = "o2", revenue = 9.0, currency = "EUR", payment_method = "card", discount_code = "JUNE" }),
                Entity($"{Ecommerce}product/jsonschema/1-0-0", new { id = "p3", name = "Pen", category = "Office", price = 3.0, quantity = 3, currency = "EUR" }),
                Entity($"{Ecommerce}cart/jsonschema/1-0-0", new { cart_id = "c1", total_value = 9.0, currency = "EUR" }),
            }, Stamp],
    ];

    [Theory]
    [InlineData("""{"encodeBase64":true}""")]
    [InlineData("""{"encodeBase64":false}""")]
    [InlineData("""{"eventMethod":"get"}""")]
    public async Task Events_land_with_their_times_users_and_commerce_columns(string options)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        (await TrackingClient.RunAsync("snowplow", collector.Url, "shop-web", Calls, options: options)).ShouldBeEmpty();
        (await collector.LandAndReadAsync("""
            SELECT event, order_id, product_id, product_name, category, quantity, price, revenue, currency, coupon, cart_id, page_path, page_title, utm_source, utm_campaign
            FROM lake.events ORDER BY event, order_id
            """)).ShouldBe([
            "Play|-|-|-|-|-|-|-|-|-|-|-|-|-|-",
            "add_to_cart|-|p2|Cup|Kitchen|3|4.5000|-|EUR|-|-|-|-|-|-",
            "liked|-|-|-|-|-|-|-|-|-|-|-|-|-|-",
            "page|-|-|-|-|-|-|-|-|-|-|/home|Welcome|nl|june sale",
            "page_ping|-|-|-|-|-|-|-|-|-|-|/home|Welcome|-|-",
            "transaction|o1|-|-|-|-|-|129.9000|EUR|-|-|-|-|-|-",
            "transaction|o2|p3|Pen|Office|3|3.0000|9.0000|EUR|JUNE|c1|-|-|-|-",
            "transaction_item|o1|p1|Lamp|Home|2|64.9500|-|EUR|-|-|-|-|-|-",
        ]);
        // A true timestamp is the application's own word.
        (await collector.LandAndReadAsync("""
            SELECT DISTINCT user_id, strftime(client_time, '%Y-%m-%dT%H:%M:%S.%g'), event_time = client_time, platform, _imputed FROM lake.events
            """)).ShouldBe(["u1|2026-03-01T10:30:00.123|true|server|-"]);
        (await collector.LandAndReadAsync("SELECT properties->>'what', properties->>'schema', context->'contexts'->0->'data'->>'row' FROM lake.events WHERE event = 'liked'"))
            .ShouldBe(["Ümlaut|iglu:com.acme/liked/jsonschema/1-0-0|3"]);
    }

    [Fact]
    public async Task Each_applications_events_come_to_the_source_that_has_its_id_as_write_key()
    {
        await using var collector = await CollectorAndLake.StartAsync(null, null, new Weir.Sources.SourceDefinition { Name = "mobile", WriteKeys = ["shop-mobile"] });
        foreach (var key in new[] { "shop-web", "shop-mobile" })
            (await TrackingClient.RunAsync("snowplow", collector.Url, key, [["setUserId", "u1"], ["buildPageView", new { pageUrl = $"https://{key}.example/" }, Array.Empty<object>()]])).ShouldBeEmpty();
        (await collector.LandAndReadAsync("SELECT source, page_url, abs(epoch(event_time) - epoch(received_at)) < 60 FROM lake.events ORDER BY source"))
            .ShouldBe(["mobile|https://shop-mobile.example/|true", "web|https://shop-web.example/|true"]);
    }

    private static object Entity(string schema, object data) => new { schema, data };
}
