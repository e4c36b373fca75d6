using Weir.Events;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class WeirEventTests
{
    [Fact]
    public void Every_member_has_its_column()
    {
        var row = Landed("""
            {"event_id":"0190a1b2-0000-7000-8000-00000000000a","event":"order_placed","timestamp":"2024-06-15T11:59:00Z","sent_at":"2024-06-15T12:00:00Z",
             "user_id":"u","anonymous_id":"an","session_id":"se","schema_version":2,
             "page":{"url":"https://x.example/p?q=1","path":"/p","title":"P","referrer":"https://y.example"},
             "campaign":{"source":"cs","medium":"cm","name":"cn","term":"ct","content":"cc"},
             "device":{"id":"di","type":"phone","platform":"ios","os_name":"iOS","os_version":"17.5","browser":"Safari"},
             "app":{"name":"Shop","version":"3.1"},"locale":"de-DE","country":"DE","ip":"192.0.2.1","user_agent":"UA",
             "order_id":"o","product_id":"p","product_name":"Lamp","category":"Home","quantity":2,"price":19.99,"revenue":39.98,"currency":"EUR","coupon":"SUN","cart_id":"ca",
             "context":{"a": 1},"properties":{"b" : [1, 2.50]}}
            """.ReplaceLineEndings(" "));
        (row.Source, row.Event, row.UserId, row.AnonymousId, row.SessionId, row.SchemaVersion).ShouldBe(("web", "order_placed", "u", "an", "se", "2"));
        (row.ReceivedAt, row.SentAt).ShouldBe((Utc(2024, 6, 15, 12), Utc(2024, 6, 15, 12)));
        (row.PageUrl, row.PagePath, row.PageTitle, row.PageReferrer).ShouldBe(("https://x.example/p?q=1", "/p", "P", "https://y.example"));
        (row.UtmSource, row.UtmMedium, row.UtmCampaign, row.UtmTerm, row.UtmContent).ShouldBe(("cs", "cm", "cn", "ct", "cc"));
        (row.Platform, row.DeviceType, row.DeviceId, row.OsName, row.OsVersion, row.Browser).ShouldBe(("ios", "phone", "di", "iOS", "17.5", "Safari"));
        (row.AppVersion, row.AppName, row.Locale, row.Country, row.Ip, row.UserAgent).ShouldBe(("3.1", "Shop", "de-DE", "DE", "192.0.2.1", "UA"));
        (row.OrderId, row.ProductId, row.ProductName, row.Category, row.CartId).ShouldBe(("o", "p", "Lamp", "Home", "ca"));
        (row.Quantity, row.Price, row.Revenue, row.Currency, row.Coupon).ShouldBe((2, 19.99m, 39.98m, "EUR", "SUN"));
        (row.Context, row.Properties, row.Imputed, row.Dialect).ShouldBe(("""{"a": 1}""", """{"b" : [1, 2.50]}""", null, "weir"));
    }

    [Fact]
    public void What_is_absent_or_null_is_null()
    {
        var row = Landed(Valid("\"price\":null,\"page\":null,\"properties\":null,\"coupon\":null"));
        (row.Price, row.PageUrl, row.Properties, row.Context, row.Coupon).ShouldBe((null, null, null, null, null));
    }

    [Fact]
    public void Unknown_members_go_to_the_properties_as_sent() =>
        Landed(Valid("\"plan\": {\"n\": 1.0},\"properties\":{\"b\":2}, \"x\\u0041\":\"é\"")).Properties.ShouldBe("""{"b":2,"plan":{"n": 1.0},"x\u0041":"é"}""");

    [Fact]
    public void Unknown_members_make_properties_where_there_are_none() =>
        Landed(Valid("\"plan\":1,\"size\":2")).Properties.ShouldBe("""{"plan":1,"size":2}""");

    [Fact]
    public void A_name_that_the_properties_have_too_is_kept_beside_them() =>
        Landed(Valid("\"plan\":\"new\",\"same\":1,\"properties\":{\"plan\":\"old\",\"_plan\":0,\"same\":1}")).Properties
            .ShouldBe("""{"plan":"old","_plan":0,"same":1,"__plan":"new"}""");

    [Fact]
    public void An_object_with_more_than_its_columns_is_kept_whole() =>
        Landed(Valid("\"page\":{\"path\":\"/\",\"search\":\"?a\"}")).Properties.ShouldBe("""{"page":{"path":"/","search":"?a"}}""");

    [Fact]
    public void Envelope_fills_what_the_event_does_not_say()
    {
        const string envelope = """{"ip":"192.0.2.9","userAgent":"Envelope","context":{"a":1,"b":2}}""";
        var row = Landed(Valid("\"context\":{\"b\":3}"), envelope: envelope);
        (row.Ip, row.UserAgent, row.Context).ShouldBe(("192.0.2.9", "Envelope", """{"b":3,"a":1}"""));
        Landed(Valid("\"ip\":\"192.0.2.1\""), envelope: envelope).Ip.ShouldBe("192.0.2.1");
    }

    [Theory]
    [InlineData("17850", "17850")]
    [InlineData("-3", "-3")]
    [InlineData("12345678901234567890123", "12345678901234567890123")]
    [InlineData("\"a\\u0062\\n\"", "ab\n")]
    public void Ids_are_texts_or_whole_numbers_as_written(string sent, string id) =>
        Landed($$"""{"event":"a","user_id":{{sent}}}""").UserId.ShouldBe(id);

    [Theory]
    [InlineData("2", 2)]
    [InlineData("\"2\"", 2)]
    [InlineData("2.0", 2)]
    [InlineData("2e2", 200)]
    [InlineData("-2147483648", int.MinValue)]
    public void Quantities_are_whole_numbers(string sent, int quantity) => Landed(Valid($"\"quantity\":{sent}")).Quantity.ShouldBe(quantity);

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("99999999999999.9999", "99999999999999.9999")]
    [InlineData("1.50000000", "1.5")]
    [InlineData("15e-1", "1.5")]
    [InlineData("\"-0.05\"", "-0.05")]
    [InlineData("0e999999999", "0")]
    [InlineData("1E+3", "1000")]
    [InlineData("0.0001", "0.0001")]
    public void Money_is_exact(string sent, string price) =>
        Landed(Valid($"\"price\":{sent}")).Price.ShouldBe(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_signature_before_an_event_is_skipped() => Landed("\uFEFF" + Valid()).Event.ShouldBe("order_placed");

    [Fact]
    public void Sixty_four_levels_land() =>
        Landed(Valid("\"properties\":{\"a\":" + new string('[', 62) + new string(']', 62) + "}")).Event.ShouldBe("order_placed");

    [Fact]
    public void A_source_may_do_without_identity() =>
        Landed("""{"event":"a"}""", Web with { RequireIdentity = false }).UserId.ShouldBeNull();

    [Fact]
    public void An_anonymous_id_is_identity_enough() => Landed("""{"event":"a","anonymous_id":"x"}""").AnonymousId.ShouldBe("x");

    [Fact]
    public void Paired_surrogate_escapes_are_one_character() => Landed(Valid("\"coupon\":\"\\ud83d\\uDE00\"")).Coupon.ShouldBe("😀");

    [Fact]
    public void Csv_events_have_columns_by_name_and_properties_for_the_rest()
    {
        const string header = """{"header":["event_id","event","timestamp","user_id","price","quantity","page_url","size","empty","properties"]}""";
        var row = Landed("\"x,1\",order_placed,2024-06-15 13:59:00,u,19.9900, 2 ,/p,\"big \"\"one\"\"\",,\"{\"\"b\"\": 1}\"", Web, Dialects.Csv, header);
        (row.Event, row.ClientTime, row.UserId, row.Price, row.Quantity, row.PageUrl, row.Dialect)
            .ShouldBe(("order_placed", Utc(2024, 6, 15, 11, 59), "u", 19.99m, 2, "/p", "csv"));
        row.Properties.ShouldBe("""{"b": 1,"size":"big \"one\""}""");
    }
}
