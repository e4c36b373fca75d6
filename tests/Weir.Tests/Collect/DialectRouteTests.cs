using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Weir.Tests.Collect;

/// <summary>The routes of PostHog, Snowplow and GA4: what is kept of their requests, and what their clients hear.</summary>
public class DialectRouteTests
{
    [Theory]
    [InlineData("/batch/", """{"api_key":"shop-web","batch":[{"event":"a"},{"event":"b"}],"sent_at":"2026-03-01T10:00:00Z"}""", new[] { """{"event":"a"}""", """{"event":"b"}""" })]
    [InlineData("/batch", """{"token":"shop-web","batch":[{"event":"a"}]}""", new[] { """{"event":"a"}""" })]
    [InlineData("/capture/", """{"api_key":"shop-web","event":"a"}""", new[] { """{"api_key":"shop-web","event":"a"}""" })]
    [InlineData("/i/v0/e/?ip=0", """{"token":"shop-web","event":"a"}""", new[] { """{"token":"shop-web","event":"a"}""" })]
    [InlineData("/e/", """[{"event":"a","properties":{"x":[1],"token":"shop-web"}},{"event":"b"}]""", new[] { """{"event":"a","properties":{"x":[1],"token":"shop-web"}}""", """{"event":"b"}""" })]
    public async Task PostHogs_bodies_are_split(string path, string body, string[] events)
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync(path, body, key: null, type: "text/plain"), HttpStatusCode.OK, "Ok");
        (await collector.EventsAsync()).ShouldBe(events);
        (await collector.FramesAsync()).Single().Dialect.ShouldBe("posthog");
    }

    [Fact]
    public async Task PostHogs_newer_route_tells_of_each_event_and_takes_the_attempts_time()
    {
        await using var collector = await Collector.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/i/v1/analytics/events") { Content = new StringContent("""{"created_at":"2026-03-01T09:00:00Z","batch":[{"uuid":"1"},{"uuid":"2"},{"uuid":"1"},{}]}""") };
        request.Headers.Authorization = new("Bearer", "shop-web");
        request.Headers.Add("PostHog-Request-Timestamp", "2026-03-01T10:00:00Z");
        await Collector.ShouldBe(await collector.Http.SendAsync(request), HttpStatusCode.OK, """{"results":{"1":{"result":"ok"},"2":{"result":"ok"}}}""");
        Envelope(await collector.FramesAsync()).GetProperty("sentAt").GetString().ShouldBe("2026-03-01T10:00:00Z");
    }

    [Fact]
    public async Task PostHogs_browser_library_says_in_the_query_that_it_compresses()
    {
        await using var collector = await Collector.StartAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("""{"token":"shop-web","event":"a"}"""u8);
        (await collector.PostAsync("/i/v0/e/?compression=gzip-js", new ByteArrayContent(packed.ToArray()), key: null)).EnsureSuccessStatusCode();
        (await collector.EventsAsync()).ShouldBe(["""{"token":"shop-web","event":"a"}"""]);
    }

    [Theory] // as posthog-js sends while a page is being left: base64 in a form, escaped; and as older ones did
    [InlineData("data={0}&ver=1.399.4", true, true)]
    [InlineData("ip=1&data={0}", true, true)]
    [InlineData("data={0}", true, false)]
    [InlineData("data={0}", false, true)]
    public async Task PostHogs_browser_library_may_send_a_form(string form, bool isBase64, bool isEscaped)
    {
        const string Body = """[{"event":"a","properties":{"token":"shop-web","what":"Ü>?~+  100%"}},{"event":"b"}]""";
        await using var collector = await Collector.StartAsync();
        var data = isBase64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(Body)) : Body;
        data.ShouldContain("+");
        if (isBase64) data.ShouldEndWith("=");
        var content = new StringContent(string.Format(form, isEscaped ? Uri.EscapeDataString(data) : data.TrimEnd('=')), Encoding.UTF8, "application/x-www-form-urlencoded");
        await Collector.ShouldBe(await collector.PostAsync("/i/v0/e/?compression=base64&beacon=1", content, key: null), HttpStatusCode.OK, "Ok");
        (await collector.EventsAsync()).ShouldBe(["""{"event":"a","properties":{"token":"shop-web","what":"Ü>?~+  100%"}}""", """{"event":"b"}"""]);
    }

    [Theory]
    [InlineData("data=%%%%")]
    [InlineData("data=")]
    [InlineData("data=bm8ganNvbg%3D%3D")] // no json
    public async Task A_form_that_holds_no_events_is_one_event_for_quarantine(string form)
    {
        await using var collector = await Collector.StartAsync();
        (await collector.PostAsync("/e/", form)).EnsureSuccessStatusCode();
        (await collector.EventsAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/flags/?v=2")]
    [InlineData("/decide/?v=3")]
    public async Task Feature_flags_are_none(string path)
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync(path, """{"token":"shop-web"}""", key: null), HttpStatusCode.OK, "\"featureFlags\":{}");
    }

    [Fact]
    public async Task Snowplows_payloads_go_each_to_the_source_of_its_application()
    {
        await using var collector = await Collector.StartAsync();
        var answer = await collector.PostAsync("/com.snowplowanalytics.snowplow/tp2", """{"schema":"iglu:x","data":[{"e":"pv","aid":"shop-mobile"},{"aid":"shop-web","e":"pv"},{"e":"pp","aid":"nobody"},{"e":"se"}]}""", key: null);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("ok");
        (await collector.EventsAsync("mobile")).ShouldBe(["""{"e":"pv","aid":"shop-mobile"}""", """{"e":"pp","aid":"nobody"}""", """{"e":"se"}"""]);
        (await collector.EventsAsync()).ShouldBe(["""{"aid":"shop-web","e":"pv"}"""]);
        await Collector.ShouldBe(await collector.PostAsync("/com.snowplowanalytics.snowplow/tp2", """{"data":[{"e":"pv","aid":"nobody"}]}""", key: null), HttpStatusCode.Unauthorized, "WEIR3001");
    }

    [Fact]
    public async Task Snowplows_pixel_takes_its_query_as_it_came_and_answers_an_image()
    {
        await using var collector = await Collector.StartAsync();
        var answer = await collector.Http.GetAsync("/i?e=pv&aid=shop-web&page=A+%26%20B");
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/gif");
        var image = await answer.Content.ReadAsByteArrayAsync();
        (Encoding.ASCII.GetString(image[..6]), image[6], image[8]).ShouldBe(("GIF89a", (byte)1, (byte)1));
        (await collector.EventsAsync()).ShouldBe(["e=pv&aid=shop-web&page=A+%26%20B"]);
        (await collector.FramesAsync()).Single().Dialect.ShouldBe("snowplow-query");
        (await collector.Http.GetAsync("/i?e=pv&aid=nobody")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_browser_gets_a_cookie_and_keeps_it_a_server_and_an_anonymous_one_do_not()
    {
        await using var collector = await Collector.StartAsync();
        var first = await SendAsync(("Origin", "https://shop.example"));
        var cookie = first.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldStartWith("sp=");
        cookie.ShouldContain("max-age=31536000");
        var id = cookie[3..39];
        (await SendAsync(("Origin", "https://shop.example"), ("Cookie", $"sp={id}"), ("X-Forwarded-Proto", "https"))).Headers.GetValues("Set-Cookie").Single().ShouldContain("secure; samesite=none");
        (await SendAsync()).Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await SendAsync(("Origin", "https://shop.example"), ("Cookie", $"sp={id}"), ("SP-Anonymous", "*"))).Headers.Contains("Set-Cookie").ShouldBeFalse();
        var kept = (await collector.FramesAsync()).Select(f => JsonSerializer.Deserialize<Dictionary<string, string>>(f.Envelope.Span)!).ToList();
        kept.Select(e => e.GetValueOrDefault("networkUserId")).ShouldBe([id, id, null, null]);
        kept.Select(e => e.ContainsKey("ip")).ShouldBe([true, true, true, false]);

        async Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] headers)
        {
            using var client = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = collector.Http.BaseAddress };
            var request = new HttpRequestMessage(HttpMethod.Get, "/i?e=pv&aid=shop-web");
            foreach (var (name, value) in headers) request.Headers.Add(name, value);
            return (await client.SendAsync(request)).EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task Ga4s_events_are_split_and_the_rest_of_the_request_is_their_context()
    {
        await using var collector = await Collector.StartAsync();
        var answer = await collector.PostAsync("/mp/collect?measurement_id=G-1&api_secret=shop-web", """{"client_id":"c1","timestamp_micros":1772359200000000,"events":[{"name":"a"},{"name":"b","params":{"x":1}}]}""", key: null);
        (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).Length).ShouldBe((HttpStatusCode.NoContent, 0));
        (await collector.EventsAsync()).ShouldBe(["""{"name":"a"}""", """{"name":"b","params":{"x":1}}"""]);
        var envelope = Envelope(await collector.FramesAsync());
        envelope.GetProperty("context").GetRawText().ShouldBe("""{"client_id":"c1","timestamp_micros":1772359200000000}""");
        envelope.GetProperty("query").GetString().ShouldBe("measurement_id=G-1");
        (await collector.PostAsync("/mp/collect?measurement_id=G-1&api_secret=wrong", """{"events":[]}""", key: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory] // codes and field paths as Google's validation server has them
    [InlineData("api_secret=shop-web", """{"client_id":"c","events":[{"name":"purchase","params":{"value":1}}]}""", "")]
    [InlineData("api_secret=shop-web", """{"events":[{"name":"a"}]}""", "client_id VALUE_REQUIRED")]
    [InlineData("api_secret=shop-web&firebase_app_id=1:2:ios:3", """{"app_instance_id":"short","events":[{"name":"a"}]}""", "app_instance_id VALUE_INVALID")]
    [InlineData("api_secret=shop-web", """{"client_id":"c"}""", "events VALUE_REQUIRED")]
    [InlineData("api_secret=shop-web", """{"client_id":"c","events":[{"name":"_bad"},{"name":"session_start"},{}]}""", "events[0].name NAME_INVALID, events[1].name NAME_RESERVED, events[2].name VALUE_REQUIRED")]
    [InlineData("api_secret=shop-web", """{"client_id":"c","timestamp_micros":1,"events":[{"name":"a"}]}""", "timestamp_micros VALUE_OUT_OF_BOUNDS")]
    [InlineData("api_secret=shop-web", "{\"client_id\":", " VALUE_INVALID")]
    [InlineData("api_secret=shop-web", "{\"client_id\":\"\\ud800\"}", " VALUE_INVALID")]
    [InlineData("api_secret=wrong", """{"client_id":"c","events":[{"name":"a"}]}""", "api_secret VALUE_INVALID")]
    public async Task Ga4s_validation_says_what_is_wrong_and_takes_nothing(string query, string body, string expected)
    {
        await using var collector = await Collector.StartAsync();
        using var answer = JsonDocument.Parse(await (await collector.PostAsync($"/debug/mp/collect?{query}", body, key: null)).EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        string.Join(", ", answer.RootElement.GetProperty("validationMessages").EnumerateArray().Select(m => $"{m.GetProperty("fieldPath").GetString()} {m.GetProperty("validationCode").GetString()}"))
            .ShouldBe(expected);
        (await collector.FramesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Ga4s_validation_knows_the_limits_of_count_and_length()
    {
        await using var collector = await Collector.StartAsync();
        var events = string.Join(',', Enumerable.Repeat("""{"name":"a"}""", 25).Append($$"""{"name":"{{new string('n', 41)}}","params":{"p":"{{new string('v', 101)}}"} }"""));
        var properties = string.Join(',', Enumerable.Range(0, 26).Select(i => $"\"p{i}\":{{\"value\":1}}"));
        var answer = await (await collector.PostAsync("/debug/mp/collect?api_secret=shop-web", "{\"client_id\":\"c\",\"user_properties\":{" + properties + "},\"events\":[" + events + "]}", key: null)).Content.ReadAsStringAsync();
        foreach (var code in new[] { "EXCEEDED_MAX_ENTITIES", "NAME_INVALID", "VALUE_OUT_OF_BOUNDS" }) answer.ShouldContain(code);
    }

    private static JsonElement Envelope(List<Weir.Events.Frame> frames)
    {
        using var json = JsonDocument.Parse(frames.Single().Envelope);
        return json.RootElement.Clone();
    }
}
