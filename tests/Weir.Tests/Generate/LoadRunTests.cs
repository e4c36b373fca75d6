using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weir.Generate.Load;
using Weir.Tests.Collect.Clients;

namespace Weir.Tests.Generate;

/// <summary>The load generator against a real collector and lake, and against servers that refuse.</summary>
public class LoadRunTests
{
    private static readonly LoadOptions Shop = new() { To = new Uri("http://127.0.0.1"), Rate = 20_000, Duration = TimeSpan.FromMilliseconds(400), WriteKey = "shop-web", Batch = 50, Seed = 7, Malformed = 0.05, Late = 0.1 };

    [Theory]
    [InlineData(LoadDialect.Weir, false)]
    [InlineData(LoadDialect.Segment, true)]
    public async Task The_lake_holds_exactly_what_it_lists_as_accepted_and_each_event_has_the_fate_it_foretells(LoadDialect dialect, bool gzip)
    {
        await using var collector = await CollectorAndLake.StartAsync(w => w with { TimeZone = "Europe/Berlin" });
        var (report, truth) = await RunAsync(Shop with { To = collector.Url, Dialect = dialect, Gzip = gzip, LocalTimes = 0.7 });
        (report.Requests, report.Events, report.Accepted, report.Refused.Count).ShouldBe((160, 8_000, 8_000, 0));
        truth.Count.ShouldBe(8_000);
        int Count(string fate) => truth.Count(l => l.fate == fate);
        (Count("duplicate"), Count("quarantined")).ShouldBe(((int)report.Copies, (int)report.Malformed));

        var rows = await collector.LandAndReadAsync("SELECT event_id, strftime(client_time, '%Y-%m-%dT%H:%M:%S.%gZ'), user_id FROM lake.events");
        var expected = truth.Where(l => l.fate == "landed").Select(l => $"{l.event_id}|{l.client_time:yyyy-MM-ddTHH:mm:ss.fffZ}|{l.user_id ?? "-"}").ToList();
        rows.Length.ShouldBe(expected.Count);
        rows.Except(expected).Take(3).ShouldBeEmpty();
        var account = collector.ReadAccount();
        account.AddsUp.ShouldBeTrue();
        (account.Rows.Sum(r => r.Received), account.Rows.Sum(r => r.Duplicate), account.Rows.Sum(r => r.Quarantined)).ShouldBe((8_000, Count("duplicate"), Count("quarantined")));
        Count("duplicate").ShouldBeInRange(400, 1_300); // there are none in the first round of bodies
        Count("quarantined").ShouldBeInRange(200, 700);
        truth.Count(l => l.fate == "landed" && l.client_time < TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(9)).ShouldBeInRange(400, 1_100);
    }

    [Fact]
    public async Task The_faults_are_those_asked_for_and_none_else()
    {
        await using var collector = await CollectorAndLake.StartAsync(w => w with { TimeZone = "Europe/Berlin" });
        var (report, truth) = await RunAsync(Shop with { To = collector.Url, Duplicates = 0, Malformed = 0, WithoutUser = 1, OldSchema = 1, LocalTimes = 0, Late = 0, EventBytes = 2_000 });
        (report.Copies, report.Malformed, truth.Count(l => l.fate == "landed")).ShouldBe((0, 0, 8_000));
        (await collector.LandAndReadAsync("SELECT count(*), count(user_id), count(DISTINCT schema_version), min(schema_version), count(DISTINCT event_id) FROM lake.events")).ShouldBe(["8000|0|1|1|8000"]);
        (report.Bytes / 8_000).ShouldBe(2_001); // and a line feed
    }

    [Fact]
    public async Task What_is_refused_for_the_time_being_is_sent_again_and_counted_once()
    {
        var asked = 0;
        await using var server = await ServerAsync(http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref asked) switch { 1 => 503, 2 => 429, 3 => 500, _ => 200 };
            if (http.Response.StatusCode == 429) http.Response.Headers.RetryAfter = "1";
            if (http.Response.StatusCode == 500) http.Abort();
        });
        var (report, truth) = await RunAsync(Shop with { To = new Uri(server.Urls.Single()), Rate = 250, Concurrency = 1 });
        (report.Requests, report.Accepted, report.Retries, report.Refused.Count).ShouldBe((2, 100, 3, 0));
        truth.Count.ShouldBe(100);
        asked.ShouldBe(5);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_not_sent_again()
    {
        var asked = 0;
        await using var server = await ServerAsync(http => http.Response.StatusCode = Interlocked.Increment(ref asked) == 1 ? 413 : 200);
        var (report, truth) = await RunAsync(Shop with { To = new Uri(server.Urls.Single()), Rate = 250, Concurrency = 1 });
        (report.Requests, report.Accepted, report.Retries).ShouldBe((2, 50, 0));
        report.Refused.ShouldBe(new Dictionary<int, long> { [413] = 50 });
        (truth.Count, truth.Count(l => l.fate == "duplicate")).ShouldBe((50, 0));
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_given_up_is_no_copy_when_it_comes_again()
    {
        var asked = 0;
        await using var server = await ServerAsync(http => http.Response.StatusCode = Interlocked.Increment(ref asked) <= 5 ? 401 : 200);
        var (report, truth) = await RunAsync(Shop with { To = new Uri(server.Urls.Single()), Batch = 500, Duplicates = 1, Malformed = 0, Concurrency = 1 });
        (report.Events, report.Accepted).ShouldBe((8_000, 5_500));
        var landed = truth.Where(l => l.fate == "landed").Select(l => l.event_id).ToHashSet();
        var copies = truth.Where(l => l.fate == "duplicate").ToList();
        copies.Count.ShouldBe((int)report.Copies);
        copies.Count.ShouldBeGreaterThan(0);
        copies.ShouldAllBe(copy => landed.Contains(copy.event_id));
    }

    [Fact]
    public async Task Of_what_was_refused_there_are_no_times()
    {
        await using var server = await ServerAsync(http => http.Response.StatusCode = 401);
        var (report, _) = await RunAsync(Shop with { To = new Uri(server.Urls.Single()), Batch = 500 });
        (report.Events, report.Accepted, report.Copies).ShouldBe((8_000, 0, 0));
        report.Middle.ShouldBeNull();
    }

    [Fact]
    public void Percentiles_are_right_to_a_sixteenth()
    {
        var latencies = new Latencies();
        latencies.Percentile(0.5).ShouldBeNull();
        for (var i = 1; i <= 10_000; i++) latencies.Add(TimeSpan.FromMicroseconds(i * 100));
        latencies.Percentile(0.5)!.Value.TotalMilliseconds.ShouldBeInRange(500, 500 * 17 / 16.0);
        latencies.Percentile(0.99)!.Value.TotalMilliseconds.ShouldBeInRange(990, 990 * 17 / 16.0);
        latencies.Percentile(0.0001)!.Value.TotalMilliseconds.ShouldBeInRange(0.1, 0.1 * 17 / 16);
    }

    private static async Task<(LoadReport Report, List<Line> Truth)> RunAsync(LoadOptions options)
    {
        using var list = new MemoryStream();
        var report = await LoadRun.RunAsync(options, TimeProvider.System, list, null, CancellationToken.None);
        return (report, [.. Encoding.UTF8.GetString(list.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonSerializer.Deserialize<Line>(l)!)]);
    }

    /// <summary>Answers each POST, and says that it is well when asked.</summary>
    private static async Task<WebApplication> ServerAsync(Action<HttpContext> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/{**path}", async http =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            answer(http);
        });
        await app.StartAsync();
        return app;
    }

#pragma warning disable IDE1006 // as the lines name them
    private sealed record Line(string event_id, DateTime client_time, string? user_id, string fate);
#pragma warning restore IDE1006
}
