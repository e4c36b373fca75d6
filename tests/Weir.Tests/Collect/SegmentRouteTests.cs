using System.Net;
using System.Text;
using System.Text.Json;

namespace Weir.Tests.Collect;

public class SegmentRouteTests
{
    [Fact]
    public async Task A_batch_is_split_and_its_sending_time_and_context_are_in_the_envelope()
    {
        await using var collector = await Collector.StartAsync();
        var answer = await collector.PostAsync("/v1/batch",
            """{"context":{"ip":"1.2.3.4","library":{"name":"x"}},"batch":[{"type":"track", "messageId":"1"},{"type":"page","messageId":"2"}],"sentAt":"2026-03-01T10:00:00.000Z","writeKey":"shop-web","integrations":{}}""");
        await Collector.ShouldBe(answer, HttpStatusCode.OK, """{"success":true}""");
        (await collector.EventsAsync()).ShouldBe(["""{"type":"track", "messageId":"1"}""", """{"type":"page","messageId":"2"}"""]);
        var frame = (await collector.FramesAsync()).Single();
        frame.Dialect.ShouldBe("segment");
        using var envelope = JsonDocument.Parse(frame.Envelope);
        envelope.RootElement.GetProperty("sentAt").GetString().ShouldBe("2026-03-01T10:00:00.000Z");
        envelope.RootElement.GetProperty("context").GetRawText().ShouldBe("""{"ip":"1.2.3.4","library":{"name":"x"}}""");
    }

    [Theory]
    [InlineData("track")]
    [InlineData("identify")]
    [InlineData("page")]
    [InlineData("screen")]
    [InlineData("group")]
    [InlineData("alias")]
    public async Task A_single_message_is_one_event_and_the_envelope_says_its_type(string type)
    {
        await using var collector = await Collector.StartAsync();
        var body = """{"userId":"u1", "event":"Order Completed","writeKey":"shop-mobile"}""";
        await Collector.ShouldBe(await collector.PostAsync($"/v1/{type}", body, key: null), HttpStatusCode.OK, """{"success":true}""");
        (await collector.EventsAsync("mobile")).ShouldBe([body]);
        using var envelope = JsonDocument.Parse((await collector.FramesAsync("mobile")).Single().Envelope);
        envelope.RootElement.GetProperty("type").GetString().ShouldBe(type);
    }

    [Theory]
    [InlineData("""{"batch":[{"a":1},{"a":}]}""")]
    [InlineData("""{"batch":{"a":1}}""")]
    [InlineData("""{"events":[]}""")]
    [InlineData("""[{"type":"track"}]""")]
    [InlineData("""{"batch":[{"a":1}]} x""")]
    [InlineData("""{"batch":[{"a":1}],"context":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}""")]
    public async Task A_batch_that_cannot_be_split_is_one_event(string body)
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync("/v1/batch", body), HttpStatusCode.OK, """{"success":true}""");
        (await collector.EventsAsync()).ShouldBe([body]);
    }

    [Fact]
    public async Task Bytes_that_are_not_utf8_are_kept_as_they_came()
    {
        await using var collector = await Collector.StartAsync();
        byte[] odd = [.. """{"batch":[{"event":"""u8, (byte)'"', 0xFF, 0xC0, .. "\"}]}"u8];
        await Collector.ShouldBe(await collector.PostAsync("/v1/batch", new ByteArrayContent(odd)), HttpStatusCode.OK, "true");
        (await collector.FramesAsync()).Single().Events.Single().ToArray().ShouldBe(odd[10..^2]);
    }

    [Fact]
    public async Task A_key_in_the_body_is_found_before_the_place_where_the_body_breaks()
    {
        await using var collector = await Collector.StartAsync();
        await Collector.ShouldBe(await collector.PostAsync("/v1/batch", """{"writeKey":"shop-web","batch":[{]}""", key: null), HttpStatusCode.OK, "true");
        (await collector.EventsAsync()).ShouldBe(["""{"writeKey":"shop-web","batch":[{]}"""]);
    }

    [Fact]
    public async Task Concurrent_batches_of_several_sources_each_arrive_once()
    {
        await using var collector = await Collector.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var body = $$"""{"batch":[{"messageId":"{{i}}a"},{"messageId":"{{i}}b"}]}""";
            (await collector.PostAsync("/v1/batch", new StringContent(body, Encoding.UTF8), i % 2 == 0 ? "shop-web-next" : "shop-mobile")).EnsureSuccessStatusCode();
        }));
        foreach (var (source, rest) in new[] { ("web", 0), ("mobile", 1) })
            (await collector.EventsAsync(source)).Order().ShouldBe(
                Enumerable.Range(0, 100).Where(i => i % 2 == rest).SelectMany(i => new[] { $$"""{"messageId":"{{i}}a"}""", $$"""{"messageId":"{{i}}b"}""" }).Order());
    }
}
