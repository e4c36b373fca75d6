using Weir.Events;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class PostHogEventTests
{
    [Fact]
    public void A_browsers_page_view_is_mapped()
    {
        var row = PostHog("""
            {"uuid":"0190A1B2-0000-7000-8000-00000000000A","event":"$pageview","timestamp":"2024-06-15T11:58:00.000Z",
             "properties":{"token":"phc_secret","distinct_id":"d1","$device_id":"d1","$session_id":"s1","$current_url":"https://shop.example/a/b?utm_source=nl&utm_medium=e%2Dmail#x","$referrer":"https://search.example/",
                           "title":"Welcome","$os":"iOS","$os_version":"17","$browser":"Mobile Safari","$device_type":"Mobile","$browser_language":"de-DE","$lib":"web","$raw_user_agent":"UA","$ip":"192.0.2.7","$geoip_country_code":"DE"}}
            """, """{"sentAt":"2024-06-15T11:59:00.000Z","ip":"192.0.2.1","userAgent":"other"}""");
        (row.EventId, row.Event, row.UserId, row.AnonymousId, row.DeviceId, row.SessionId).ShouldBe(("0190a1b2-0000-7000-8000-00000000000a", "page", null, "d1", "d1", "s1"));
        (row.ClientTime, row.EventTime).ShouldBe((Utc(2024, 6, 15, 11, 58), Utc(2024, 6, 15, 11, 59)));
        (row.PageUrl, row.PagePath, row.PageTitle, row.PageReferrer).ShouldBe(("https://shop.example/a/b?utm_source=nl&utm_medium=e%2Dmail#x", "/a/b", "Welcome", "https://search.example/"));
        (row.UtmSource, row.UtmMedium, row.UtmCampaign).ShouldBe(("nl", "e-mail", null));
        (row.OsName, row.OsVersion, row.Browser, row.DeviceType, row.Locale, row.Platform).ShouldBe(("iOS", "17", "Mobile Safari", "Mobile", "de-DE", "web"));
        (row.UserAgent, row.Ip, row.Country).ShouldBe(("UA", "192.0.2.7", "DE"));
        row.Properties!.ShouldContain("\"distinct_id\":\"d1\"");
        row.Properties!.ShouldNotContain("phc_secret");
    }

    [Theory] // who it is: worked out by hand from what the libraries send
    [InlineData("""{"event":"a","distinct_id":"u1","properties":{}}""", "u1", null)]
    [InlineData("""{"event":"a","distinct_id":"u1","properties":{"$device_id":"d1"}}""", "u1", "d1")]
    [InlineData("""{"event":"a","distinct_id":"d1","properties":{"$device_id":"d1"}}""", null, "d1")]
    [InlineData("""{"event":"a","distinct_id":"x1","properties":{"$is_identified":false}}""", null, "x1")]
    [InlineData("""{"event":"$identify","distinct_id":"u1","properties":{"$anon_distinct_id":"d0","$device_id":"d1"}}""", "u1", "d0")]
    [InlineData("""{"event":"$groupidentify","distinct_id":"$company_7","properties":{"$group_type":"company","$group_key":"7"}}""", null, null)]
    [InlineData("""{"event":"$groupidentify","distinct_id":"u1","properties":{"$group_type":"company","$group_key":"7"}}""", "u1", null)]
    public void A_distinct_id_is_a_user_a_device_or_a_group(string text, string? user, string? anonymous)
    {
        var row = PostHog(text);
        (row.UserId, row.AnonymousId).ShouldBe((user, anonymous));
    }

    [Theory]
    [InlineData("$pageview", "page")]
    [InlineData("$screen", "screen")]
    [InlineData("$identify", "identify")]
    [InlineData("$set", "identify")]
    [InlineData("$groupidentify", "group")]
    [InlineData("$create_alias", "alias")]
    [InlineData("$autocapture", "$autocapture")]
    [InlineData("Order Completed", "Order Completed")]
    public void Events_are_named_as_in_the_event_model(string sent, string name) => PostHog($$"""{"event":"{{sent}}","distinct_id":"u"}""").Event.ShouldBe(name);

    [Fact]
    public void A_stamp_that_is_not_to_be_corrected_is_not() =>
        PostHog("""{"event":"a","distinct_id":"u","timestamp":"2024-06-15T10:00:00Z","options":{"disable_skew_correction":true}}""", """{"sentAt":"2024-06-15T11:00:00Z"}""")
            .EventTime.ShouldBe(Utc(2024, 6, 15, 10));

    [Fact]
    public void Members_beside_the_properties_are_kept_with_them() =>
        PostHog("""{"event":"$set","distinct_id":"u","properties":{"a":1},"$set":{"plan":"pro"},"api_key":"secret"}""").Properties.ShouldBe("""{"a":1,"$set":{"plan":"pro"}}""");

    [Fact]
    public void A_properties_name_of_an_event_of_posthogs_own_is_no_product() =>
        PostHog("""{"event":"$feature_flag_called","distinct_id":"u","properties":{"name":"flag","price":"free"}}""").ProductName.ShouldBeNull();

    [Theory]
    [InlineData("""{"distinct_id":"u"}""", "missing_field")]
    [InlineData("""{"event":"a"}""", "no_identity")]
    [InlineData("""{"event":"a","distinct_id":"u","timestamp":"yesterday"}""", "invalid_time")]
    [InlineData("""{"event":"a","distinct_id":"u","properties":[]}""", "wrong_type")]
    public void Bad_events_are_quarantined(string text, string reason) => Quarantined(text, dialect: Dialects.PostHog).Reason.ShouldBe(reason);

    private static Weir.Land.Evaluate.EventRow PostHog(string text, string envelope = "{}") => Landed(text.ReplaceLineEndings(""), Web, Dialects.PostHog, envelope);
}
