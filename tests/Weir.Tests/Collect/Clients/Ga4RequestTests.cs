using System.Net;
using System.Text;

namespace Weir.Tests.Collect.Clients;

/// <summary>The Measurement Protocol has no client: its documentation's own requests, for web and Firebase streams.</summary>
public class Ga4RequestTests
{
    [Fact]
    public async Task Events_land_with_their_times_users_and_commerce_columns()
    {
        await using var collector = await CollectorAndLake.StartAsync();
        using var client = new HttpClient { BaseAddress = collector.Url };
        var now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).AddHours(-1);
        await PostAsync("measurement_id=G-1", $$"""
            {"client_id":"123.456","user_id":"u1","timestamp_micros":"{{now.ToUnixTimeMilliseconds() * 1000}}","non_personalized_ads":false,
             "user_properties":{"customer_tier":{"value":"premium"} },
             "events":[{"name":"purchase","params":{"session_id":"1664522406546","engagement_time_msec":"100","transaction_id":"T_1","currency":"USD","value":30.03,"coupon":"SUMMER_FUN","shipping":3.33,"tax":1.11,
                        "items":[{"item_id":"SKU_1","item_name":"Tee","item_category":"Apparel","price":10.01,"quantity":3}]} },
                       {"name":"add_to_cart","params":{"currency":"USD","value":7.77,"items":[{"item_id":"SKU_1"},{"item_id":"SKU_2"}]} },
                       {"params":{"nameless":true} }]}
            """);
        await PostAsync("firebase_app_id=1:1234567890:android:321abc456def7890", """
            {"app_instance_id":"0123456789abcdef0123456789abcdef","events":[{"name":"screen_view","params":{"session_id":1664522406546}}]}
            """);
        (await collector.LandAndReadAsync("""
            SELECT event, user_id, anonymous_id, session_id, platform, order_id, product_id, product_name, category, quantity, price, revenue, currency, coupon, _imputed FROM lake.events ORDER BY event
            """)).ShouldBe([
            "add_to_cart|u1|123.456|-|web|-|-|-|-|-|-|-|USD|-|event_id",
            "purchase|u1|123.456|1664522406546|web|T_1|SKU_1|Tee|Apparel|3|10.0100|30.0300|USD|SUMMER_FUN|event_id",
            "screen|-|0123456789abcdef0123456789abcdef|1664522406546|android|-|-|-|-|-|-|-|-|-|event_id,event_time",
        ]);
        (await collector.LandAndReadAsync("SELECT DISTINCT epoch(client_time)::BIGINT, client_time = event_time, context->'user_properties'->'customer_tier'->>'value' FROM lake.events WHERE user_id = 'u1'"))
            .ShouldBe([$"{now.ToUnixTimeSeconds()}|true|premium"]);
        // The nameless one spoilt nothing but itself.
        (await collector.LandAndReadAsync("SELECT reason FROM lake.quarantine")).ShouldBe(["missing_field"]);

        async Task PostAsync(string stream, string body) =>
            (await client.PostAsync($"/mp/collect?{stream}&api_secret=shop-web", new StringContent(body, Encoding.UTF8, "application/json"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
