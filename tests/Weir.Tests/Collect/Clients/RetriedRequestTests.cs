using System.Globalization;
using System.Text;

namespace Weir.Tests.Collect.Clients;

/// <summary>A client that got no answer sends the same events again, and some stamp anew when they send: it is the same event all the same, whatever hour its corrected time then falls into.</summary>
public class RetriedRequestTests
{
    private const string Stamp = "2026-03-01T10:59:59.900Z";

    [Theory]
    [InlineData("/v1/events?writeKey=shop-web", """[{"event":"a","event_id":"m1","user_id":"u1","timestamp":"T","sent_at":"S"}]""")]
    [InlineData("/v1/batch", """{"batch":[{"type":"track","event":"a","messageId":"m1","userId":"u1","timestamp":"T"}],"sentAt":"S","writeKey":"shop-web"}""")]
    [InlineData("/v1/track", """{"type":"track","event":"a","messageId":"m1","userId":"u1","timestamp":"T","sentAt":"S","writeKey":"shop-web"}""")]
    [InlineData("/v1/batch?writeKey=shop-web", """{"batch":[{"type":"track","event":"a","messageId":"m1","userId":"u1","originalTimestamp":"T","sentAt":"S"}],"sentAt":"S"}""")]
    [InlineData("/batch/", """{"api_key":"shop-web","batch":[{"event":"a","uuid":"01955a1b-0000-7000-8000-0000000000a1","distinct_id":"u1","timestamp":"T"}],"sent_at":"S"}""")]
    [InlineData("/i/v1/analytics/events?writeKey=shop-web", """{"batch":[{"event":"a","uuid":"01955a1b-0000-7000-8000-0000000000a1","distinct_id":"u1","timestamp":"T"}],"created_at":"S"}""")]
    [InlineData("/com.snowplowanalytics.snowplow/tp2", """{"data":[{"e":"pv","eid":"01955a1b-0000-7000-8000-0000000000a1","aid":"shop-web","uid":"u1","dtm":"#T","stm":"#S"}]}""")]
    public async Task An_event_that_is_sent_again_with_another_sending_time_is_a_duplicate_across_hours_too(string path, string body)
    {
        await using var collector = await CollectorAndLake.StartAsync();
        using var client = new HttpClient { BaseAddress = collector.Url };
        // At once, after the hour of the event is over, and when it has long landed.
        await SendAsync("2026-03-01T10:59:59.950Z");
        await SendAsync("2026-03-01T11:00:03.000Z");
        (await collector.LandAndReadAsync("SELECT strftime(client_time, '%Y-%m-%dT%H:%M:%S.%gZ'), user_id FROM lake.events")).ShouldBe([$"{Stamp}|u1"]);
        await SendAsync("2026-03-01T15:20:00.000Z");
        (await collector.LandAndReadAsync("SELECT count(*), (SELECT count(*) FROM lake.quarantine) FROM lake.events")).ShouldBe(["1|0"]);
        var account = collector.ReadAccount();
        (account.AddsUp, account.Rows.Sum(r => r.Received), account.Rows.Sum(r => r.Duplicate)).ShouldBe((true, 3, 2));

        async Task SendAsync(string sentAt)
        {
            var text = body.Replace("#T", Millis(Stamp)).Replace("#S", Millis(sentAt)).Replace("\"T\"", $"\"{Stamp}\"").Replace("\"S\"", $"\"{sentAt}\"");
            (await client.PostAsync(path, new StringContent(text, Encoding.UTF8, "application/json"))).EnsureSuccessStatusCode();
        }
    }

    private static string Millis(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
