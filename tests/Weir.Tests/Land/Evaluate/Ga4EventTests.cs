using Weir.Events;
using Weir.Sources;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class Ga4EventTests
{
    // 2024-06-15 11:58:00 UTC, by `date -u -d … +%s`.
    private const string Created = "1718452680123456";

    [Fact]
    public void A_purchase_is_mapped()
    {
        var row = Ga4("""
            {"name":"purchase","params":{"transaction_id":"o1","value":129.9,"currency":"EUR","coupon":"JUNE","session_id":"1718452000","page_location":"https://shop.example/thanks?utm_source=nl","page_title":"Thanks",
             "items":[{"item_id":"p1","item_name":"Lamp","item_category":"Home","price":64.95,"quantity":2}]}}
            """, $$$"""
            {"query":"measurement_id=G-1","ip":"192.0.2.1","context":{"client_id":"123.456","user_id":"u1","timestamp_micros":{{{Created}}},"ip_override":"192.0.2.9","user_agent":"UA",
             "device":{"category":"mobile","language":"de","operating_system":"iOS","operating_system_version":"17","browser":"Safari"},"user_location":{"country_id":"DE"} } }
            """);
        (row.Event, row.UserId, row.AnonymousId, row.SessionId, row.Platform).ShouldBe(("purchase", "u1", "123.456", "1718452000", "web"));
        (row.ClientTime, row.EventTime).ShouldBe((Utc(2024, 6, 15, 11, 58, 0, 123456), Utc(2024, 6, 15, 11, 58, 0, 123456)));
        (row.OrderId, row.Revenue, row.Currency, row.Coupon).ShouldBe(("o1", 129.9m, "EUR", "JUNE"));
        (row.ProductId, row.ProductName, row.Category, row.Price, row.Quantity).ShouldBe(("p1", "Lamp", "Home", 64.95m, 2));
        (row.PagePath, row.PageTitle, row.UtmSource).ShouldBe(("/thanks", "Thanks", "nl"));
        (row.DeviceType, row.OsName, row.OsVersion, row.Browser, row.Locale, row.Country, row.Ip, row.UserAgent).ShouldBe(("mobile", "iOS", "17", "Safari", "de", "DE", "192.0.2.9", "UA"));
        row.Imputed.ShouldBe("event_id");
        row.Context!.ShouldContain("\"client_id\":\"123.456\"");
    }

    [Fact]
    public void The_worth_of_another_event_is_no_revenue() =>
        Ga4("""{"name":"add_to_cart","params":{"value":9,"currency":"EUR","items":[{"item_id":"p1"},{"item_id":"p2"}]}}""").ShouldSatisfyAllConditions(
            row => (row.Revenue, row.ProductId, row.Currency).ShouldBe((null, null, "EUR")),
            row => row.Properties!.ShouldContain("\"value\":9"));

    [Theory]
    [InlineData("firebase_app_id=1%3A123%3Aandroid%3A456", "android")]
    [InlineData("firebase_app_id=1:123:ios:456", "ios")]
    [InlineData("measurement_id=G-1", "web")]
    [InlineData("", null)]
    public void The_platform_is_that_of_the_stream(string query, string? platform) =>
        Ga4("""{"name":"page_view"}""", $$$"""{"query":"{{{query}}}","context":{"app_instance_id":"a1"}}""").ShouldSatisfyAllConditions(
            row => row.Platform.ShouldBe(platform), row => row.AnonymousId.ShouldBe("a1"), row => row.Event.ShouldBe("page"));

    [Fact]
    public void An_events_own_stamp_comes_before_its_requests_and_none_is_imputed()
    {
        Ga4($$"""{"name":"a","timestamp_micros":"{{Created}}"}""", """{"context":{"client_id":"c","timestamp_micros":1718452740000000}}""").ClientTime.ShouldBe(Utc(2024, 6, 15, 11, 58, 0, 123456));
        Ga4("""{"name":"a"}""").Imputed.ShouldBe("event_id,event_time");
    }

    [Fact]
    public void A_declared_key_is_the_id_and_may_name_what_stands_beside_the_events()
    {
        var source = new SourceDefinition { Name = "web", IdFields = ["client_id", "params.transaction_id"] };
        const string Request = """{"context":{"client_id":"c1"}}""", Event = """{"name":"purchase","params":{"transaction_id":"o1"}}""";
        var row = Landed(Event, source, Dialects.Ga4, Request);
        row.Imputed.ShouldBe("event_time");
        row.EventId.ShouldBe(Landed(Event, source, Dialects.Ga4, Request).EventId);
        row.EventId.ShouldNotBe(Landed(Event, source, Dialects.Ga4, """{"context":{"client_id":"c2"}}""").EventId);
    }

    [Theory]
    [InlineData("""{"params":{}}""", "missing_field")]
    [InlineData("""{"name":"a","params":[]}""", "wrong_type")]
    [InlineData("""{"name":"purchase","params":{"value":"much"}}""", "wrong_type")]
    [InlineData("""{"name":"a","timestamp_micros":"2024-06-15T11:58:00Z"}""", "invalid_time")]
    [InlineData("""{"name":"a","timestamp_micros":1718452680123}""", "absurd_time")]
    public void Bad_events_are_quarantined(string text, string reason) =>
        Quarantined(text, dialect: Dialects.Ga4, envelope: """{"context":{"client_id":"c"}}""").Reason.ShouldBe(reason);

    private static Weir.Land.Evaluate.EventRow Ga4(string text, string envelope = """{"context":{"client_id":"c"}}""") =>
        Landed(text.ReplaceLineEndings(""), Web, Dialects.Ga4, envelope.ReplaceLineEndings(""));
}
