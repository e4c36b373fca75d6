using Weir.Events;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class SegmentEventTests
{
    [Fact]
    public void A_track_call_of_a_server_sdk_is_mapped()
    {
        var row = Segment("""
            {"type":"track","event":"Order Completed","messageId":"node-next-1700000000000-abc","timestamp":"2024-06-15T11:58:00.000Z","userId":"u1",
             "context":{"library":{"name":"@segment/analytics-node","version":"2.1.0"},"session_id":"s9","schema_version":"2"},"integrations":{},"_metadata":{"nodeVersion":"20"},
             "properties":{"order_id":"o1","product_id":"p1","name":"Lamp","category":"Home","quantity":"2","price":"19.99","revenue":39.98,"currency":"EUR","coupon":"C","cart_id":"k","products":[{"sku":"1"}]}}
            """.ReplaceLineEndings(""), """{"sentAt":"2024-06-15T11:59:00.000Z","ip":"192.0.2.1"}""");
        (row.Event, row.UserId, row.SessionId, row.SchemaVersion, row.Platform, row.Ip).ShouldBe(("Order Completed", "u1", "s9", "2", "server", "192.0.2.1"));
        // Sent at 11:59:00 by its clock, a minute after it happened; received at 12:00:00.
        (row.ClientTime, row.EventTime).ShouldBe((Utc(2024, 6, 15, 11, 58), Utc(2024, 6, 15, 11, 59)));
        (row.OrderId, row.ProductId, row.ProductName, row.Category, row.Quantity, row.Price, row.Revenue).ShouldBe(("o1", "p1", "Lamp", "Home", 2, 19.99m, 39.98m));
        (row.Currency, row.Coupon, row.CartId).ShouldBe(("EUR", "C", "k"));
        row.Properties!.ShouldContain("\"products\":[{\"sku\":\"1\"}]");
        row.Context!.ShouldStartWith("""{"library":{"name":"@segment/analytics-node","version":"2.1.0"}""");
    }

    [Fact]
    public void A_page_call_of_a_browser_is_mapped()
    {
        var row = Segment("""
            {"type":"page","name":"Home","messageId":"m","anonymousId":"a1","originalTimestamp":"2024-06-15T11:58:00Z","timestamp":"2024-06-15T11:59:59Z","channel":"web",
             "context":{"page":{"url":"https://shop.example/","path":"/"},"campaign":{"source":"nl","medium":"email","name":"june","term":"t","content":"c"},
                        "locale":"de-DE","userAgent":"UA","ip":"192.0.2.7","library":{"name":"analytics.js"},"location":{"country":"Germany"}},
             "properties":{"name":"Home","title":"Welcome","referrer":"https://search.example","url":"https://other.example/"}}
            """.ReplaceLineEndings(""), """{"sentAt":"2024-06-15T11:59:59.500Z"}""");
        (row.Event, row.AnonymousId, row.Platform, row.Locale, row.UserAgent, row.Ip, row.Country).ShouldBe(("page", "a1", "web", "de-DE", "UA", "192.0.2.7", "Germany"));
        // Where both stamps are there, `timestamp` is the application's word or Segment's, and holds as it is.
        (row.ClientTime, row.EventTime).ShouldBe((Utc(2024, 6, 15, 11, 59, 59), Utc(2024, 6, 15, 11, 59, 59)));
        (row.PageUrl, row.PagePath, row.PageTitle, row.PageReferrer).ShouldBe(("https://shop.example/", "/", "Welcome", "https://search.example"));
        (row.UtmSource, row.UtmMedium, row.UtmCampaign, row.UtmTerm, row.UtmContent).ShouldBe(("nl", "email", "june", "t", "c"));
        row.ProductName.ShouldBeNull("a page's name is not a product's");
        row.Properties.ShouldBe("""{"name":"Home","title":"Welcome","referrer":"https://search.example","url":"https://other.example/","channel":"web"}""");
    }

    [Fact]
    public void A_screen_call_of_a_phone_is_mapped()
    {
        var row = Segment("""
            {"type":"screen","anonymousId":"a","context":{"device":{"id":"d","type":"ios","model":"iPhone"},"os":{"name":"iOS","version":"17"},"app":{"name":"Shop","version":"2.0"},"sessionId":77,"library":{"name":"analytics-swift"}}}
            """);
        (row.Event, row.Platform, row.DeviceId, row.DeviceType, row.OsName, row.OsVersion).ShouldBe(("screen", "ios", "d", "ios", "iOS", "17"));
        (row.AppName, row.AppVersion, row.SessionId).ShouldBe(("Shop", "2.0", "77"));
    }

    [Theory]
    [InlineData("identify")]
    [InlineData("group")]
    [InlineData("alias")]
    public void Other_calls_are_events_named_as_their_type(string type) =>
        Segment($$$"""{"type":"{{{type}}}","userId":"u","traits":{"plan":"pro"}}""").ShouldSatisfyAllConditions(
            row => row.Event.ShouldBe(type),
            row => row.Properties.ShouldBe("""{"plan":"pro"}"""));

    [Fact]
    public void What_has_no_column_goes_to_the_properties() =>
        Segment("""{"type":"group","userId":"u","groupId":"g1","traits":{"plan":"pro"},"writeKey":"secret","integrations":{"All":true}}""").Properties
            .ShouldBe("""{"plan":"pro","groupId":"g1"}""");

    [Fact]
    public void The_type_may_come_from_the_route() => Segment("""{"event":"a","userId":"u"}""", """{"type":"track"}""").Event.ShouldBe("a");

    [Fact]
    public void A_track_call_without_an_event_is_missing_field() =>
        Quarantined("""{"type":"track","userId":"u"}""", dialect: Dialects.Segment).Reason.ShouldBe("missing_field");

    [Fact]
    public void A_message_without_any_id_is_no_identity() =>
        Quarantined("""{"type":"track","event":"a"}""", dialect: Dialects.Segment).Reason.ShouldBe("no_identity");

    [Fact]
    public void The_batchs_context_holds_where_the_message_says_nothing() =>
        Segment("""{"type":"track","event":"a","userId":"u","context":{"locale":"fr"}}""", """{"context":{"locale":"de","page":{"path":"/x"}}}""").ShouldSatisfyAllConditions(
            row => (row.Locale, row.PagePath).ShouldBe(("fr", "/x")),
            row => row.Context.ShouldBe("""{"locale":"fr","page":{"path":"/x"}}"""));
}
