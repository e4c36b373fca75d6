using System.Diagnostics;

namespace Weir.Tests.Collect.Clients;

/// <summary>What every client must have, with its default settings.</summary>
public class EveryClientTests
{
    [Theory]
    [InlineData("segment")]
    [InlineData("rudderstack")]
    [InlineData("posthog")]
    [InlineData("snowplow")]
    public async Task Each_event_that_it_is_told_to_send_lands_once_with_its_time_user_and_product(string client)
    {
        var count = CountedCalls.Events(500); // more than any client sends in one request
        await using var collector = await CollectorAndLake.StartAsync();
        var (began, watch) = (TimeProvider.System.GetUtcNow(), Stopwatch.StartNew());
        (await TrackingClient.RunAsync(client, collector.Url, "shop-web", CountedCalls.Of(client, count), CountedCalls.Pace(count))).ShouldBeEmpty();
        var (ended, seconds) = (TimeProvider.System.GetUtcNow(), watch.Elapsed.TotalSeconds);

        var rows = await collector.LandAndReadAsync($"SELECT {CountedCalls.Columns} FROM lake.events ORDER BY 1");
        var expected = CountedCalls.Rows(client, count).ToList();
        rows.Except(expected).Take(3).ShouldBeEmpty();
        (rows.Length, rows.Distinct().Count()).ShouldBe((count, count));
        // Stamped when the application called, and all on one clock: the corrected time is the same but for the milliseconds that it took to be sent.
        (await collector.LandAndReadAsync($"""
            SELECT count(DISTINCT event_id), count(*) FILTER (client_time NOT BETWEEN '{began.AddMilliseconds(-1):O}' AND '{ended:O}'), count(*) FILTER (abs(epoch(event_time) - epoch(client_time)) > 30), count(_imputed), (SELECT count(*) FROM lake.quarantine) FROM lake.events
            """)).ShouldBe([$"{count}|0|0|0|0"]);
        ClientFigures.Add("every", $"| {client} | {count:N0} | {rows.Length:N0} | {seconds:N1} |");
    }

    [Theory] // WEIR3007
    [InlineData("segment")]
    [InlineData("rudderstack")]
    [InlineData("posthog")]
    [InlineData("snowplow")]
    public async Task What_is_above_its_keys_rate_it_sends_again_and_nothing_is_lost(string client)
    {
        await using var collector = await CollectorAndLake.StartAsync(w => w with { RateLimit = 100 });
        (await TrackingClient.RunAsync(client, collector.Url, "shop-web", CountedCalls.Of(client, 150), new() { ["WEIR_PACE"] = "1" })).ShouldBeEmpty();
        (await collector.LandAndReadAsync("SELECT count(*), count(DISTINCT properties->>'n') FROM lake.events")).ShouldBe(["150|150"]);
    }

    [Theory]
    [InlineData("segment")]
    [InlineData("rudderstack")]
    [InlineData("posthog")]
    [InlineData("snowplow")]
    public async Task An_unknown_write_key_is_told_to_the_application_or_dropped_without_end_of_retries(string client)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        await TrackingClient.RunAsync(client, collector.Url, "nobody", [CountedCalls.One(client, 1)]); // comes to its end
        (await collector.LandAndReadAsync("SELECT count(*) FROM lake.events")).ShouldBe(["0"]);
    }
}
