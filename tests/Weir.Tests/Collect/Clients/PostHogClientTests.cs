namespace Weir.Tests.Collect.Clients;

/// <summary>PostHog's library for Node.js, in its usual mode and in the newer one, which wants to hear of each event.</summary>
public class PostHogClientTests
{
    private const string Stamp = "2026-03-01T10:30:00.123Z";

    private static readonly object[][] Calls =
    [
        ["capture", new
        {
            distinctId = "u1", @event = "Order Completed", timestamp = Stamp, uuid = "01955a1b-0000-7000-8000-0000000000a1",
            properties = new Dictionary<string, object> { ["order_id"] = "o1", ["revenue"] = 129.9, ["currency"] = "EUR", ["product_id"] = "p1", ["name"] = "Lamp", ["quantity"] = 2, ["$session_id"] = "s1", ["$current_url"] = "https://shop.example/thanks?utm_source=nl" },
        }],
        ["capture", new { distinctId = "a1", @event = "$pageview", timestamp = Stamp, properties = new Dictionary<string, object> { ["$device_id"] = "a1", ["$current_url"] = "https://shop.example/" } }],
        ["capture", new { distinctId = "a1", @event = "$screen", timestamp = Stamp, properties = new Dictionary<string, object> { ["$device_id"] = "a1", ["$screen_name"] = "Cart" } }],
        ["identify", new { distinctId = "u1", properties = new { plan = "pro" } }],
        ["alias", new { distinctId = "u1", alias = "a1" }],
        ["groupIdentify", new { groupType = "company", groupKey = "g1", properties = new { size = 7 } }],
    ];

    [Theory]
    [InlineData("v0")]
    [InlineData("v1")]
    public async Task Calls_land_with_their_times_users_and_commerce_columns(string mode)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        (await TrackingClient.RunAsync("posthog", collector.Url, "shop-web", Calls, new() { ["POSTHOG_CAPTURE_MODE"] = mode })).ShouldBeEmpty();
        (await collector.LandAndReadAsync("""
            SELECT event, user_id, anonymous_id, session_id, order_id, product_id, product_name, quantity, revenue, currency, page_url, page_path, utm_source, platform
            FROM lake.events ORDER BY event
            """)).ShouldBe([
            "Order Completed|u1|-|s1|o1|p1|Lamp|2|129.9000|EUR|https://shop.example/thanks?utm_source=nl|/thanks|nl|server",
            "alias|u1|-|-|-|-|-|-|-|-|-|-|-|server",
            "group|-|-|-|-|-|-|-|-|-|-|-|-|server",
            "identify|u1|-|-|-|-|-|-|-|-|-|-|-|server",
            "page|-|a1|-|-|-|-|-|-|-|https://shop.example/|/|-|server",
            "screen|-|a1|-|-|-|-|-|-|-|-|-|-|server",
        ]);
        (await collector.LandAndReadAsync("""
            SELECT event_id, strftime(client_time, '%Y-%m-%dT%H:%M:%S.%g'), abs(epoch(event_time) - epoch(client_time)) < 60, sent_at > '2026-03-02', _dialect FROM lake.events WHERE event = 'Order Completed'
            """)).ShouldBe(["01955a1b-0000-7000-8000-0000000000a1|2026-03-01T10:30:00.123|true|true|posthog"]);
        (await collector.LandAndReadAsync("""SELECT properties->'$."$set"'->>'plan' FROM lake.events WHERE event = 'identify'""")).ShouldBe(["pro"]);
    }

    [Fact]
    public async Task A_question_for_feature_flags_is_answered_with_none()
    {
        await using var collector = await CollectorAndLake.StartAsync();
        (await TrackingClient.RunAsync("posthog", collector.Url, "shop-web", [["getAllFlags", "u1"], ["capture", new { distinctId = "u1", @event = "a" }]])).ShouldBeEmpty();
        (await collector.LandAndReadAsync("SELECT event FROM lake.events")).ShouldBe(["a"]);
    }
}
