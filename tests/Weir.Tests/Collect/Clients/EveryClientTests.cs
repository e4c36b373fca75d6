namespace Weir.Tests.Collect.Clients;

/// <summary>What every client must have, with its default settings.</summary>
public class EveryClientTests
{
    /// <summary>More than any client sends in one request. <c>WEIR_CLIENT_EVENTS</c> sets another count.</summary>
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("WEIR_CLIENT_EVENTS"), out var count) ? count : 500;

    [Theory]
    [InlineData("segment")]
    [InlineData("rudderstack")]
    [InlineData("posthog")]
    [InlineData("snowplow")]
    public async Task Each_event_that_it_is_told_to_send_lands_once(string client)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        (await TrackingClient.RunAsync(client, collector.Url, "shop-web", CallsOf(client, Count))).ShouldBeEmpty();
        (await collector.LandAndReadAsync("SELECT count(*), count(DISTINCT event_id), count(DISTINCT properties->>'n'), sum((properties->>'n')::INTEGER)::BIGINT, count(*) FILTER (_imputed IS NOT NULL) FROM lake.events"))
            .ShouldBe([$"{Count}|{Count}|{Count}|{(long)Count * (Count + 1) / 2}|0"]);
        (await collector.LandAndReadAsync("SELECT count(*) FROM lake.quarantine")).ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("segment")]
    [InlineData("rudderstack")]
    [InlineData("posthog")]
    [InlineData("snowplow")]
    public async Task An_unknown_write_key_is_told_to_the_application_or_dropped_without_end_of_retries(string client)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        await TrackingClient.RunAsync(client, collector.Url, "nobody", [CallOf(client, 1)]); // comes to its end
        (await collector.LandAndReadAsync("SELECT count(*) FROM lake.events")).ShouldBe(["0"]);
    }

    /// <summary>Calls that make so many events, with the property <c>n</c> from 1 on.</summary>
    public static object[][] CallsOf(string client, int count) =>
        [.. client == "snowplow" ? new object[][] { ["setUserId", "u1"] } : [], .. Enumerable.Range(1, count).Select(i => CallOf(client, i))];

    private static object[] CallOf(string client, int n) => client switch
    {
        "posthog" => ["capture", new { distinctId = $"u{n % 7}", @event = "Counted", properties = new { n } }],
        "snowplow" => ["buildSelfDescribingEvent", new { @event = new { schema = "iglu:com.acme/counted/jsonschema/1-0-0", data = new { n } } }, Array.Empty<object>()],
        _ => ["track", new { userId = $"u{n % 7}", @event = "Counted", properties = new { n } }],
    };
}
