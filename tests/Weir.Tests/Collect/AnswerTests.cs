using System.Net;
using System.Text;
using Weir.Collect;
using Weir.Journal;
using Weir.Tests.Journal;
using Weir.Tests.Storage;

namespace Weir.Tests.Collect;

public class AnswerTests
{
    [Theory] // WEIR3001
    [InlineData("/v1/events", "wrong")]
    [InlineData("/v1/events", null)]
    [InlineData("/v1/batch", "wrong")]
    [InlineData("/v1/track", null)]
    public async Task An_unknown_write_key_is_401_and_nothing_is_taken(string path, string? key)
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync(path, """{"batch":[{}],"writeKey":"other"}""", key), HttpStatusCode.Unauthorized, "WEIR3001");
        (await collector.FramesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/v1/events")]
    [InlineData("/v1/batch")]
    public async Task The_key_may_be_a_bearer_token_or_in_the_query(string path)
    {
        await using var collector = await Collector.StartAsync();
        var bearer = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent("""{"batch":[{}]}""") };
        bearer.Headers.Authorization = new("Bearer", "shop-web");
        (await collector.Http.SendAsync(bearer)).EnsureSuccessStatusCode();
        (await collector.PostAsync(path + "?writeKey=shop-web", """{"batch":[{}]}""", key: null)).EnsureSuccessStatusCode();
        (await collector.EventsAsync()).Count.ShouldBe(2);
    }

    [Theory] // WEIR3002
    [InlineData("/v1/events", 32 << 20, 413)]
    [InlineData("/v1/batch", 4_000 << 10, 413)]
    [InlineData("/batch/", 20 << 20, 413)] // PostHog's client halves it
    [InlineData("/com.snowplowanalytics.snowplow/tp2?writeKey=shop-web", 4 << 20, 400)] // Snowplow's sends everything else again
    public async Task A_body_above_the_limit_is_refused_as_the_dialects_clients_expect_however_it_is_sent(string path, int limit, int status)
    {
        await using var collector = await Collector.StartAsync();
        var body = new byte[limit + 1];
        Array.Fill(body, (byte)' ');
        await Collector.ShouldBe(await collector.PostAsync(path, new ByteArrayContent(body)), (HttpStatusCode)status, "WEIR3002");
        await Collector.ShouldBe(await collector.PostAsync(path, WeirRouteTests.Compressed(body, "gzip")), (HttpStatusCode)status, "WEIR3002");
        (await collector.FramesAsync()).ShouldBeEmpty();
    }

    [Fact] // WEIR3002
    public async Task A_body_of_too_many_events_is_413()
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", new string('\n', 100_001), type: "application/x-ndjson"), HttpStatusCode.RequestEntityTooLarge, "WEIR3002");
    }

    [Fact] // WEIR3003, WEIR3004, WEIR3005
    public async Task Unreadable_bodies_are_refused_with_the_reason()
    {
        await using var collector = await Collector.StartAsync();
        var unknown = new ByteArrayContent([1, 2, 3]);
        unknown.Headers.ContentEncoding.Add("compress");
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", unknown), HttpStatusCode.UnsupportedMediaType, "WEIR3003");
        foreach (var encoding in new[] { "gzip", "br", "deflate" })
        {
            var broken = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"event":"this is not compressed at all"}"""));
            broken.Headers.ContentEncoding.Add(encoding);
            await Collector.ShouldBe(await collector.PostAsync("/v1/events", broken), HttpStatusCode.BadRequest, "WEIR3004");
        }
        await Collector.ShouldBe(await collector.PostAsync("/v1/batch", ""), HttpStatusCode.BadRequest, "WEIR3005");
    }

    [Theory] // WEIR3004
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task A_compressed_body_that_was_cut_off_is_refused_wherever_it_was_cut(string encoding)
    {
        await using var collector = await Collector.StartAsync();
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 200).Select(i => $"{{\"event\":\"{i * 7919}\"}}\n")));
        var whole = await WeirRouteTests.Compressed(lines, encoding).ReadAsByteArrayAsync();
        foreach (var length in new[] { 1, 5, 12, whole.Length / 2, whole.Length - 9, whole.Length - 8, whole.Length - 4, whole.Length - 1 })
            await Collector.ShouldBe(await PostAsync(whole[..length]), HttpStatusCode.BadRequest, "WEIR3004");
        await Collector.ShouldBe(await PostAsync([.. whole, 1, 2, 3]), HttpStatusCode.BadRequest, "WEIR3004");
        (await collector.FramesAsync()).ShouldBeEmpty();
        (await PostAsync(whole)).EnsureSuccessStatusCode();
        (await collector.EventsAsync()).Count.ShouldBe(200);

        Task<HttpResponseMessage> PostAsync(byte[] bytes)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentEncoding.Add(encoding);
            content.Headers.ContentType = new("application/x-ndjson");
            return collector.PostAsync("/v1/events", content);
        }
    }

    [Fact] // WEIR3006
    public async Task Two_sources_with_one_write_key_are_refused_at_the_start()
    {
        using var bench = new JournalBench();
        await using var writer = await bench.OpenAsync();
        Should.Throw<WeirException>(() => CollectEndpoints.Map(null!, writer, [new() { Name = "a", WriteKeys = ["k"] }, new() { Name = "b", WriteKeys = ["k"] }], bench.Time))
            .Code.ShouldBe("WEIR3006");
    }

    [Fact]
    public async Task A_full_journal_is_503_with_retry_after_and_takes_again_when_there_is_room()
    {
        await using var collector = await Collector.StartAsync(o => o with { DiskBudget = 20_000 });
        var body = $$"""{"batch":[{"x":"{{new string('x', 9_000)}}"}]}""";
        (await collector.PostAsync("/v1/batch", body)).EnsureSuccessStatusCode();
        (await collector.PostAsync("/v1/batch", body)).EnsureSuccessStatusCode();
        var refused = await collector.PostAsync("/v1/batch", body);
        await Collector.ShouldBe(refused, HttpStatusCode.ServiceUnavailable, "WEIR2002");
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        (await refused.Content.ReadAsStringAsync()).ShouldNotContain(collector.Bench.Data);
        await Collector.ShouldBe(await collector.Http.GetAsync("/health"), HttpStatusCode.ServiceUnavailable, "full");

        var stream = collector.Bench.Reader();
        await Wait.UntilAsync(() =>
        {
            JournalRaw.MoveLanded(stream, 2, keepRaw: true, lease: 1);
            return collector.PostAsync("/v1/batch", body).Result.IsSuccessStatusCode;
        });
        (await collector.EventsAsync()).Count.ShouldBe(3);
        await Collector.ShouldBe(await collector.Http.GetAsync("/health"), HttpStatusCode.OK, "ok");
    }

    [Fact]
    public async Task A_failing_disk_is_503_and_what_was_answered_200_is_there()
    {
        var disk = new FaultyDisk();
        await using var collector = await Collector.StartAsync(disk: disk);
        (await collector.PostAsync("/v1/events", "[1]")).EnsureSuccessStatusCode();
        disk.FailSync = true;
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", "[2]"), HttpStatusCode.ServiceUnavailable, "WEIR2003");
        disk.FailSync = false;
        (await collector.PostAsync("/v1/events", "[3]")).EnsureSuccessStatusCode();
        (await collector.EventsAsync()).ShouldBe(["1", "3"]);
    }

    [Fact]
    public async Task Browsers_may_send_from_any_page()
    {
        await using var collector = await Collector.StartAsync();
        var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/batch");
        preflight.Headers.Add("Origin", "https://shop.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        var answer = await collector.Http.SendAsync(preflight);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://shop.example"]);
        answer.Headers.GetValues("Access-Control-Allow-Credentials").ShouldBe(["true"]);
        answer.Headers.GetValues("Access-Control-Allow-Headers").ShouldBe(["authorization,content-type"]);
        (await collector.PostAsync("/v1/batch", "{}", "wrong")).Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["*"]);
    }

    [Fact]
    public void Collect_does_not_know_duckdb() =>
        typeof(CollectEndpoints).Assembly.GetReferencedAssemblies().Select(a => a.Name)
            .Concat(typeof(JournalWriter).Assembly.GetReferencedAssemblies().Select(a => a.Name)).ShouldNotContain("Weir.DuckDb");
}
