using System.Net;
using Weir.Collect.Requests;

namespace Weir.Tests.Collect;

/// <summary>Rate limits and allowed origins of a source's keys.</summary>
public class WriteKeyTests
{
    private const string Batch = """{"batch":[{"event":"a","uuid":"1"},{"event":"b","uuid":"2"}],"api_key":"shop-web","writeKey":"shop-web"}""";

    /// <summary>So many that paying back what is owed takes longer than any test.</summary>
    private static readonly string Hundreds = $"[{string.Join(',', Enumerable.Repeat("{}", 500))}]";

    [Theory] // WEIR3007
    [InlineData("/v1/batch", 429)]
    [InlineData("/v1/events?writeKey=shop-web", 429)]
    [InlineData("/batch/", 503)]
    [InlineData("/i/v1/analytics/events", 503)]
    [InlineData("/mp/collect?api_secret=shop-web", 503)]
    [InlineData("/com.snowplowanalytics.snowplow/tp2?writeKey=shop-web", 503)]
    public async Task Above_its_rate_a_key_is_told_to_wait_in_the_way_its_clients_understand(string path, int status)
    {
        await using var collector = await Collector.StartAsync(web: w => w with { RateLimit = 1 });
        var batch = path.Contains("/v1/events") ? Hundreds : $$"""{"{{(path.Contains("/mp/") ? "events" : path.Contains("tp2") ? "data" : "batch")}}":{{Hundreds}},"api_key":"shop-web","writeKey":"shop-web"}""";
        (await collector.PostAsync(path, batch, key: null)).EnsureSuccessStatusCode(); // one is left, so all are taken
        var refused = await collector.PostAsync(path, batch, key: null);
        await Collector.ShouldBe(refused, (HttpStatusCode)status, "WEIR3007");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
        // Another key of the same source has a rate of its own.
        (await collector.PostAsync("/v1/batch", """{"batch":[{}]}""", "shop-web-next")).EnsureSuccessStatusCode();
    }

    [Fact]
    public void A_rate_holds_over_time_and_a_batch_beyond_it_is_owed()
    {
        var time = new TickingTime();
        var limit = new RateLimit(10, time);
        limit.TryTake(25, out _).ShouldBeTrue(); // 10 were there, 15 are owed
        limit.TryTake(1, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(1.6));
        time.Ticks += TimeSpan.FromSeconds(1.5).Ticks;
        limit.TryTake(1, out _).ShouldBeFalse(); // exactly paid back, and nothing there
        time.Ticks += TimeSpan.FromSeconds(0.1).Ticks;
        limit.TryTake(1, out _).ShouldBeTrue();
        time.Ticks += TimeSpan.FromHours(1).Ticks;
        limit.TryTake(10, out _).ShouldBeTrue(); // a second's worth is there, no more
        limit.TryTake(1, out _).ShouldBeFalse();
    }

    [Theory] // WEIR3008
    [InlineData("/v1/batch")]
    [InlineData("/batch/")]
    [InlineData("/v1/events?writeKey=shop-web")]
    public async Task Pages_of_another_origin_are_refused_so_that_the_browser_sees_it(string path)
    {
        await using var collector = await Collector.StartAsync(web: w => w with { Origins = ["https://shop.example"] });
        (await SendAsync("https://shop.example")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(null)).StatusCode.ShouldBe(HttpStatusCode.OK, "apps and servers name no origin");
        foreach (var origin in new[] { "https://evil.example", "null", "http://shop.example" })
        {
            var refused = await SendAsync(origin);
            await Collector.ShouldBe(refused, HttpStatusCode.Forbidden, "WEIR3008");
            refused.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([origin]);
        }
        (await collector.EventsAsync()).Count.ShouldBe(path.Contains("events") ? 2 : 4); // for /v1/events the object is one event

        Task<HttpResponseMessage> SendAsync(string? origin)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(Batch) };
            if (origin is not null) request.Headers.Add("Origin", origin);
            return collector.Http.SendAsync(request);
        }
    }

    [Theory]
    [InlineData("/v1/track")]
    [InlineData("/i/v0/e/")]
    [InlineData("/com.snowplowanalytics.snowplow/tp2")]
    [InlineData("/mp/collect")]
    [InlineData("/flags/")]
    public async Task A_preflight_is_answered_for_every_route_with_credentials(string path)
    {
        await using var collector = await Collector.StartAsync();
        var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://shop.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type,sp-anonymous");
        var answer = await collector.Http.SendAsync(preflight);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://shop.example"]);
        answer.Headers.GetValues("Access-Control-Allow-Credentials").ShouldBe(["true"]);
        answer.Headers.GetValues("Access-Control-Allow-Headers").ShouldBe(["content-type,sp-anonymous"]);
    }

    /// <summary>A clock whose time stamps a test sets.</summary>
    private sealed class TickingTime : TimeProvider
    {
        public long Ticks { get; set; }
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
        public override long GetTimestamp() => Ticks;
    }
}
