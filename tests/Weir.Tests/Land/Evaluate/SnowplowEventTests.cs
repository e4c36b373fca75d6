using System.Buffers.Text;
using System.Text;
using Weir.Events;
using Weir.Sources;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class SnowplowEventTests
{
    // 2024-06-15 11:58:00 and 11:59:00 UTC, by `date -u -d … +%s`.
    private const string Created = "1718452680000", Sent = "1718452740000";

    [Fact]
    public void A_browsers_page_view_is_mapped()
    {
        var row = Snowplow($$"""
            {"e":"pv","eid":"0190a1b2-0000-7000-8000-00000000000a","aid":"shop-web","p":"web","tv":"js-4.0.0","tna":"sp","dtm":"{{Created}}","stm":"{{Sent}}","duid":"d1","sid":"s1","uid":"u1","vid":"3",
             "url":"https://shop.example/a?utm_source=nl&utm_campaign=june+sale","page":"Welcome","refr":"https://search.example/","lang":"de-DE","res":"1920x1080"}
            """, """{"ip":"192.0.2.1","userAgent":"UA","networkUserId":"n1"}""");
        (row.Event, row.UserId, row.AnonymousId, row.SessionId, row.Platform, row.Locale).ShouldBe(("page", "u1", "d1", "s1", "web", "de-DE"));
        (row.ClientTime, row.EventTime, row.SentAt).ShouldBe((Utc(2024, 6, 15, 11, 58), Utc(2024, 6, 15, 11, 59), Utc(2024, 6, 15, 11, 59)));
        (row.PageUrl, row.PagePath, row.PageTitle, row.PageReferrer).ShouldBe(("https://shop.example/a?utm_source=nl&utm_campaign=june+sale", "/a", "Welcome", "https://search.example/"));
        (row.UtmSource, row.UtmCampaign, row.Ip, row.UserAgent).ShouldBe(("nl", "june sale", "192.0.2.1", "UA"));
        row.Properties.ShouldBe("""{"tv":"js-4.0.0","tna":"sp","vid":"3","res":"1920x1080","network_userid":"n1"}""");
    }

    [Fact]
    public void A_true_timestamp_holds_as_it_is() =>
        Snowplow($$"""{"e":"pv","uid":"u","ttm":"{{Created}}","dtm":"{{Sent}}","stm":"{{Sent}}"}""").ShouldSatisfyAllConditions(
            row => (row.ClientTime, row.EventTime).ShouldBe((Utc(2024, 6, 15, 11, 58), Utc(2024, 6, 15, 11, 58))),
            row => row.Properties.ShouldBe($$"""{"dtm":"{{Sent}}"}"""));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_self_describing_event_is_named_by_its_schema_and_its_data_are_the_properties(bool base64)
    {
        var row = Snowplow($$"""{"e":"ue","uid":"u",{{Carry("ue", base64, Event("com.acme/liked", """{"what":"Ümlaut ÿ?","n":1.50}"""))}},{{Carry("c", base64, Contexts(Entity("com.acme/shelf", """{"row":3}""")))}}}""");
        row.Event.ShouldBe("liked");
        row.Properties.ShouldBe("""{"what":"Ümlaut ÿ?","n":1.50,"schema":"iglu:com.acme/liked/jsonschema/1-0-0"}""");
        row.Context.ShouldBe("""{"contexts":[{"schema":"iglu:com.acme/shelf/jsonschema/1-0-0","data":{"row":3}}]}""");
    }

    [Fact]
    public void A_phones_session_and_device_come_from_its_contexts()
    {
        var row = Snowplow($$"""{"e":"ue","p":"mob",{{Carry("ue", false, Event("com.snowplowanalytics.mobile/screen_view", """{"name":"Cart"}"""))}},{{Carry("c", false, Contexts(
            Entity("com.snowplowanalytics.snowplow/client_session", """{"userId":"d1","sessionId":"s1"}"""),
            Entity("com.snowplowanalytics.snowplow/mobile_context", """{"osType":"ios","osVersion":"17","deviceModel":"iPhone15","appleIdfv":"v1"}"""),
            Entity("com.snowplowanalytics.mobile/application", """{"version":"2.0","build":"9"}""")))}}}""");
        (row.Event, row.AnonymousId, row.SessionId, row.Platform, row.OsName, row.OsVersion, row.DeviceType, row.DeviceId, row.AppVersion)
            .ShouldBe(("screen", "d1", "s1", "ios", "ios", "17", "iPhone15", "v1", "2.0"));
    }

    [Fact]
    public void Of_several_products_none_is_the_events_product()
    {
        const string Schema = "com.snowplowanalytics.snowplow.ecommerce/";
        var row = Snowplow($$"""{"e":"ue","uid":"u",{{Carry("ue", false, Event($"{Schema}snowplow_ecommerce_action", """{"type":"add_to_cart"}"""))}},{{Carry("c", false, Contexts(
            Entity($"{Schema}product", """{"id":"p1","price":1}"""), Entity($"{Schema}product", """{"id":"p2","price":2}"""), Entity($"{Schema}cart", """{"cart_id":"c1","currency":"EUR"}""")))}}}""");
        (row.Event, row.ProductId, row.Price, row.CartId, row.Currency).ShouldBe(("add_to_cart", null, null, "c1", "EUR"));
    }

    [Fact]
    public void A_query_string_is_read_as_the_same_payload()
    {
        var row = Landed($"e=pv&eid=e1&uid=u1&dtm={Created}&page=A+%26+%22B%22&url=https%3A%2F%2Fshop.example%2F%C3%BC&aid=shop-web&odd", Web, Dialects.SnowplowQuery);
        (row.Event, row.UserId, row.PageTitle, row.PageUrl, row.ClientTime).ShouldBe(("page", "u1", "A & \"B\"", "https://shop.example/ü", Utc(2024, 6, 15, 11, 58)));
        row.Properties.ShouldBe("""{"odd":""}""");
    }

    [Theory]
    [InlineData("e=pv&uid=u&e=pp", "duplicate_member")]
    [InlineData("e=pv&uid=%FF", "invalid_utf8")]
    [InlineData("e=pv&uid=a%00b", "nul_character")]
    [InlineData("e=pv&uid=u&dtm=soon", "invalid_time")]
    [InlineData("uid=u", "unknown_type")]
    public void Bad_query_strings_are_quarantined(string query, string reason) => Quarantined(query, dialect: Dialects.SnowplowQuery).Reason.ShouldBe(reason);

    [Theory]
    [InlineData("""{"e":"xx","uid":"u"}""", "unknown_type")]
    [InlineData("""{"e":"ue","uid":"u"}""", "missing_field")]
    [InlineData("""{"e":"se","uid":"u"}""", "missing_field")]
    [InlineData("""{"e":"pv"}""", "no_identity")]
    [InlineData("""{"e":"pv","uid":"u","dtm":"99999999999999999"}""", "absurd_time")]
    [InlineData("""{"e":"ue","uid":"u","ue_px":"***"}""", "invalid_json")]
    [InlineData("""{"e":"ue","uid":"u","ue_pr":"{\"schema\":"}""", "invalid_json")]
    [InlineData("""{"e":"ue","uid":"u","ue_pr":"[]"}""", "wrong_type")]
    [InlineData("""{"e":"ue","uid":"u","ue_pr":"{\"data\":{\"schema\":\"liked\",\"data\":{}}}"}""", "missing_field")]
    [InlineData("""{"e":"ue","uid":"u","ue_pr":"{\"data\":{\"schema\":\"iglu:a/b/jsonschema/1-0-0\",\"data\":{\"x\":\"\\u0000\"}}}"}""", "nul_character")]
    [InlineData("""{"e":"pv","uid":"u","co":"{\"data\":{}}"}""", "wrong_type")]
    [InlineData("""{"e":"pv","uid":"u","co":"{}"}""", "wrong_type")]
    [InlineData("""{"e":"tr","uid":"u","tr_tt":"much"}""", "wrong_type")]
    public void Bad_payloads_are_quarantined(string text, string reason) => Quarantined(text, dialect: Dialects.Snowplow).Reason.ShouldBe(reason);

    [Fact]
    public void An_anonymous_event_lands_where_the_source_says_so() =>
        Landed("""{"e":"pv"}""", new SourceDefinition { Name = "web", RequireIdentity = false }, Dialects.Snowplow).AnonymousId.ShouldBeNull();

    private static string Entity(string name, string data) => $$"""{"schema":"iglu:{{name}}/jsonschema/1-0-0","data":{{data}}}""";

    private static string Event(string name, string data) => $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{{Entity(name, data)}}}""";

    private static string Contexts(params string[] entities) => $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[{{string.Join(',', entities)}}]}""";

    /// <summary>As trackers put it into a payload: as text, or as base64 for addresses.</summary>
    private static string Carry(string kind, bool base64, string json) => (kind, base64) switch
    {
        ("ue", true) => $"\"ue_px\":\"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json))}\"",
        ("ue", false) => $"\"ue_pr\":{System.Text.Json.JsonSerializer.Serialize(json)}",
        (_, true) => $"\"cx\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}\"",
        _ => $"\"co\":{System.Text.Json.JsonSerializer.Serialize(json)}",
    };

    private static Weir.Land.Evaluate.EventRow Snowplow(string text, string envelope = "{}") => Landed(text.ReplaceLineEndings(""), Web, Dialects.Snowplow, envelope);
}
