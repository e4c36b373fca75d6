using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Weir.Collect;

namespace Weir.Tests.Collect;

/// <summary>Slow, huge, cut-off and malformed requests cost bounded memory and time, and nobody else notices.</summary>
public class HostileRequestTests
{
    private static readonly CollectOptions Impatient = CollectOptions.Default with { BodyTime = TimeSpan.FromMilliseconds(300) };

    [Theory] // WEIR3010
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_that_does_not_come_to_its_end_is_answered_503_and_the_connection_closed(bool byRate)
    {
        await using var collector = byRate
            ? await Collector.StartAsync(server: s => s.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(1.1)))
            : await Collector.StartAsync(limits: Impatient);
        using var client = await ConnectAsync(collector);
        await client.GetStream().WriteAsync("POST /v1/events?writeKey=shop-web HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n[{"u8.ToArray());
        var answer = await ReadToEndAsync(client);
        answer.ShouldStartWith("HTTP/1.1 503");
        answer.ShouldContain("WEIR3010");
        await ShouldStillTakeAsync(collector);
    }

    [Fact]
    public async Task Headers_that_do_not_come_to_their_end_are_cut_off()
    {
        await using var collector = await Collector.StartAsync(server: s => s.Limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(300));
        using var client = await ConnectAsync(collector);
        await client.GetStream().WriteAsync("POST /v1/events HTTP/1.1\r\nHost: x\r\n"u8.ToArray());
        (await ReadToEndAsync(client)).ShouldStartWith("HTTP/1.1 408");
        await ShouldStillTakeAsync(collector);
    }

    [Fact]
    public async Task The_usual_limits_bound_connections_headers_and_what_is_read_ahead()
    {
        var kestrel = new Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions();
        CollectServer.Limit(kestrel);
        kestrel.Limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        kestrel.Limits.MinRequestBodyDataRate!.BytesPerSecond.ShouldBe(240);
        (kestrel.Limits.MaxConcurrentConnections!.Value * kestrel.Limits.MaxRequestBufferSize!.Value).ShouldBe(512L << 20);

        await using var collector = await Collector.StartAsync(server: s => s.Limits.MaxConcurrentConnections = 1);
        using var first = await ConnectAsync(collector);
        await first.GetStream().WriteAsync("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        (await first.GetStream().ReadAsync(new byte[16])).ShouldBeGreaterThan(0);
        using var second = await ConnectAsync(collector);
        (await ReadToEndAsync(second)).ShouldBeEmpty("it is closed at once");
    }

    [Fact] // WEIR3002
    public async Task A_body_announced_as_a_gigabyte_is_refused_unread()
    {
        await using var collector = await Collector.StartAsync();
        using var client = await ConnectAsync(collector);
        await client.GetStream().WriteAsync("POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer shop-web\r\nContent-Length: 1073741824\r\n\r\n"u8.ToArray());
        var answer = await ReadToEndAsync(client);
        answer.ShouldStartWith("HTTP/1.1 413");
        answer.ShouldContain("WEIR3002");
    }

    [Theory] // WEIR3002
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task A_bomb_of_a_gigabyte_is_refused_at_the_limit(string encoding)
    {
        await using var collector = await Collector.StartAsync(limits: CollectOptions.Default with { BodyBytes = 128 << 20 });
        using var packed = new MemoryStream();
        if (encoding == "zstd") packed.Write(Zstd(new byte[64 << 20]));
        else
        {
            using Stream pack = encoding switch { "gzip" => new GZipStream(packed, CompressionLevel.Fastest, true), "br" => new BrotliStream(packed, CompressionLevel.Fastest, true), _ => new ZLibStream(packed, CompressionLevel.Fastest, true) };
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1024; i++) pack.Write(zeros);
        }
        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentEncoding.Add(encoding);
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", content), HttpStatusCode.RequestEntityTooLarge, "WEIR3002");
        await ShouldStillTakeAsync(collector);
    }

    [Fact] // WEIR3004
    public async Task A_zstd_frame_that_asks_for_a_larger_window_than_8_MiB_is_refused()
    {
        await using var collector = await Collector.StartAsync();
        var content = new ByteArrayContent(Zstd(new byte[20 << 20], "--long=27"));
        content.Headers.ContentEncoding.Add("zstd");
        await Collector.ShouldBe(await collector.PostAsync("/v1/events", content), HttpStatusCode.BadRequest, "WEIR3004");
    }

    [Fact] // WEIR3009
    public async Task Bodies_that_together_fill_the_memory_are_503_and_it_is_given_back()
    {
        await using var collector = await Collector.StartAsync(limits: CollectOptions.Default with { BodyBytes = 100_000 });
        for (var i = 0; i < 3; i++) // what was refused once holds nothing
            await Collector.ShouldBe(await collector.PostAsync("/v1/events", new string(' ', 90_000)), HttpStatusCode.ServiceUnavailable, "WEIR3009");
        for (var i = 0; i < 10; i++) await ShouldStillTakeAsync(collector);

        // 60,000 bytes lie in a buffer of 64 KiB while the rest does not come. A request beside it can have it refused before it has them: then it is begun again.
        TcpClient? begun = null;
        await Wait(async () =>
        {
            begun?.Dispose();
            begun = await ConnectAsync(collector);
            await begun.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/events?writeKey=shop-web HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + new string(' ', 60_000)));
            await Task.Delay(50);
            return (await collector.PostAsync("/v1/events", new string(' ', 30_000))).StatusCode == HttpStatusCode.ServiceUnavailable;
        });
        using var holding = begun!;
        await holding.GetStream().WriteAsync(Encoding.ASCII.GetBytes(new string(' ', 10_000)));
        await Wait(async () => (await collector.PostAsync("/v1/events", new string(' ', 30_000) + "{}")).StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("/v1/events")]
    [InlineData("/v1/batch")]
    [InlineData("/v1/track")]
    [InlineData("/batch/")]
    [InlineData("/com.snowplowanalytics.snowplow/tp2?writeKey=shop-web")]
    [InlineData("/mp/collect")]
    public async Task Nesting_a_hundred_thousand_deep_is_one_event_that_is_quarantined_when_it_lands(string path)
    {
        await using var collector = await Collector.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 50_000)) + "1" + string.Concat(Enumerable.Repeat("]}", 50_000));
        (await collector.PostAsync(path, deep)).EnsureSuccessStatusCode();
        (await collector.PostAsync(path, deep[..^70_000])).EnsureSuccessStatusCode(); // and cut off
        (await collector.EventsAsync()).Select(e => e.Length).ShouldBe([deep.Length, deep.Length - 70_000]);
        (await collector.PostAsync("/debug/mp/collect?api_secret=shop-web", deep)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_client_that_goes_away_within_its_body_leaves_nothing_behind()
    {
        await using var collector = await Collector.StartAsync(limits: CollectOptions.Default with { BodyBytes = 200_000 });
        for (var i = 0; i < 20; i++)
        {
            using var client = await ConnectAsync(collector);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("POST /v1/events?writeKey=shop-web HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n" + new string('x', 40_000)));
            client.Client.LingerState = new LingerOption(true, 0); // a reset, not an end
        }
        await Wait(async () => (await collector.PostAsync("/v1/events", new string(' ', 60_000) + "{}")).StatusCode == HttpStatusCode.OK);
        (await collector.EventsAsync()).Distinct().ShouldBe(["{}"]);
    }

    [Fact]
    public async Task Zstd_is_unpacked_frame_after_frame_and_a_cut_is_found()
    {
        await using var collector = await Collector.StartAsync();
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_000).Select(i => $"{{\"event\":\"{i * 7919}\"}}\n")));
        var whole = Zstd(lines);
        (await PostAsync(whole)).EnsureSuccessStatusCode();
        (await PostAsync([.. whole, .. whole])).EnsureSuccessStatusCode();
        (await collector.EventsAsync()).Count.ShouldBe(15_000);
        foreach (var length in new[] { 1, 5, 12, whole.Length / 2, whole.Length - 1 })
            await Collector.ShouldBe(await PostAsync(whole[..length]), HttpStatusCode.BadRequest, "WEIR3004");
        await Collector.ShouldBe(await PostAsync([.. whole, 1, 2, 3, 4, 5]), HttpStatusCode.BadRequest, "WEIR3004");
        (await collector.EventsAsync()).Count.ShouldBe(15_000);

        Task<HttpResponseMessage> PostAsync(byte[] bytes)
        {
            var content = new ByteArrayContent(bytes);
            content.Headers.ContentEncoding.Add("zstd");
            content.Headers.ContentType = new("application/x-ndjson");
            return collector.PostAsync("/v1/events", content);
        }
    }

    /// <summary>Compresses with the system's own program, which is not ours.</summary>
    private static byte[] Zstd(byte[] bytes, params string[] options)
    {
        Require.That(File.Exists("/usr/bin/zstd"), "zstd", "the program zstd is not installed");
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, bytes);
            var start = new System.Diagnostics.ProcessStartInfo("/usr/bin/zstd", ["-q", "-c", .. options, file]) { RedirectStandardOutput = true };
            using var process = System.Diagnostics.Process.Start(start)!;
            using var packed = new MemoryStream();
            process.StandardOutput.BaseStream.CopyTo(packed);
            process.WaitForExit();
            return packed.ToArray();
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task ShouldStillTakeAsync(Collector collector) => (await collector.PostAsync("/v1/events", "{}")).StatusCode.ShouldBe(HttpStatusCode.OK);

    private static async Task<TcpClient> ConnectAsync(Collector collector)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, collector.Http.BaseAddress!.Port);
        return client;
    }

    private static async Task<string> ReadToEndAsync(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var text = new StringBuilder();
        var buffer = new char[4096];
        try
        {
            while (await reader.ReadAsync(buffer, late.Token) is var read and > 0) text.Append(buffer, 0, read);
        }
        catch (IOException)
        {
            // Reset after the answer.
        }
        return text.ToString();
    }

    private static async Task Wait(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await isSo()) return;
            await Task.Delay(50);
        }
        Assert.Fail("It did not come about.");
    }
}
