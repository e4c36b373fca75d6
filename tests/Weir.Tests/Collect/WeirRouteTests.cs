using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Weir.Collect;

namespace Weir.Tests.Collect;

public class WeirRouteTests
{
    public static TheoryData<string, string, string[]> Bodies => new()
    {
        { "application/json", """ [ {"event": "a" } , {"event":"b","n":1.50} ] """, ["""{"event": "a" }""", """{"event":"b","n":1.50}"""] },
        { "application/json", """ {"event":"a"} """, ["""{"event":"a"}"""] },
        { "application/json", "{\"event\":\"a\"}\n{\"event\":\"b\"}\n", ["""{"event":"a"}""", """{"event":"b"}"""] },
        { "application/x-ndjson", "{\"event\":\"a\"}\r\n\n{broken\n[1]", ["""{"event":"a"}""", "", "{broken", "[1]"] },
        { "application/json", "{broken\n{\"event\":\"b\"}\n", ["{broken", """{"event":"b"}"""] },
        { "application/json", "{\"event\":\n\"a\",\n", ["{\"event\":\n\"a\",\n"] },
        { "application/json", """[{"event":"a"},""", ["""[{"event":"a"},"""] },
        { "application/json", "[1, \"x\", null]", ["1", "\"x\"", "null"] },
        { "application/json", "\uFEFF[{\"event\":\"a\"}]", ["""{"event":"a"}"""] },
        { "text/plain", "hello", ["hello"] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_is_split_into_events_byte_for_byte_and_what_cannot_be_split_is_one(string type, string body, string[] expected)
    {
        await using var collector = await Collector.StartAsync();
        var answer = await collector.PostAsync("/v1/events", body, type: type);
        await Collector.ShouldBe(answer, HttpStatusCode.OK, $$"""{"accepted":{{expected.Length}}}""");
        (await collector.EventsAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task One_deeply_nested_event_does_not_spoil_its_batch()
    {
        await using var collector = await Collector.StartAsync();
        var deep = new string('[', 100_000) + new string(']', 100_000);
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", $$"""[{"event":"a"},{{deep}},{"event":"b"}]"""), HttpStatusCode.OK, "3");
        (await collector.EventsAsync()).ShouldBe(["""{"event":"a"}""", deep, """{"event":"b"}"""]);
    }

    [Fact]
    public async Task An_empty_array_is_accepted_and_appends_nothing()
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", "[]"), HttpStatusCode.OK, """{"accepted":0}""");
        (await collector.FramesAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Compressed_bodies_are_unpacked(string encoding)
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", Compressed("""{"event":"a"}"""u8.ToArray(), encoding)), HttpStatusCode.OK, "1");
        (await collector.EventsAsync()).ShouldBe(["""{"event":"a"}"""]);
    }

    [Theory]
    [InlineData("127.0.0.0/8", "198.51.100.7", "198.51.100.7")]
    [InlineData("127.0.0.1/32", " 1.1.1.1 , 198.51.100.7:4711", "198.51.100.7")] // what the client itself wrote stands before
    [InlineData("127.0.0.0/8 10.0.0.0/8", "198.51.100.7, 10.1.2.3, 10.3.2.1", "198.51.100.7")]
    [InlineData("127.0.0.0/8 10.0.0.0/8", "10.9.9.9, 10.1.2.3", "10.9.9.9")] // all are proxies: the farthest
    [InlineData("127.0.0.0/8", "[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("127.0.0.0/8", "unknown", "127.0.0.1")]
    [InlineData("127.0.0.0/8", "1.2.3.4, unknown", "127.0.0.1")]
    [InlineData("127.0.0.0/8", null, "127.0.0.1")]
    [InlineData("10.0.0.0/8", "198.51.100.7", "127.0.0.1")] // nobody trusts who connects
    [InlineData("", "198.51.100.7", "127.0.0.1")]
    public async Task The_address_is_the_one_that_trusted_proxies_speak_for(string proxies, string? forwarded, string expected)
    {
        await using var collector = await Collector.StartAsync(limits: CollectOptions.Default with { TrustedProxies = [.. proxies.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => IPNetwork.Parse(n))] });
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events?writeKey=shop-web") { Content = new StringContent("{}") };
        if (forwarded is not null) request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded);
        (await collector.Http.SendAsync(request)).EnsureSuccessStatusCode();
        using var envelope = JsonDocument.Parse((await collector.FramesAsync()).Single().Envelope);
        envelope.RootElement.GetProperty("ip").GetString().ShouldBe(expected);
    }

    [Fact]
    public async Task The_envelope_holds_address_agent_and_query_but_no_write_key()
    {
        await using var collector = await Collector.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events?utm=1&writeKey=shop-web&x=%20") { Content = new StringContent("{}") };
        request.Headers.TryAddWithoutValidation("User-Agent", "Probe/1.0 \"quoted\"");
        await Collector.ShouldBe(await collector.Http.SendAsync(request), HttpStatusCode.OK, "1");
        var frame = (await collector.FramesAsync()).Single();
        frame.Dialect.ShouldBe("weir");
        using var envelope = JsonDocument.Parse(frame.Envelope);
        envelope.RootElement.EnumerateObject().Select(p => $"{p.Name}={p.Value.GetString()}")
            .ShouldBe(["ip=127.0.0.1", "userAgent=Probe/1.0 \"quoted\"", "query=utm=1&x=%20"]);
    }

    internal static ByteArrayContent Compressed(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream pack = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionMode.Compress, true),
            "br" => new BrotliStream(packed, CompressionMode.Compress, true),
            _ => new ZLibStream(packed, CompressionMode.Compress, true),
        }) pack.Write(bytes);
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add(encoding);
        content.Headers.ContentType = new("application/json") { CharSet = Encoding.UTF8.WebName };
        return content;
    }
}
