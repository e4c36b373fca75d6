using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;

namespace Weir.Tests.Live;

/// <summary>Sends at a steady rate; each event bears the moment at which its request began.</summary>
internal sealed class LiveSender(LivePlan plan, Uri collect)
{
    private const int AtOnce = 32;
    private long accepted, refused;

    public long Accepted => Interlocked.Read(ref accepted);

    public long Refused => Interlocked.Read(ref refused);

    public async Task RunAsync()
    {
        using var client = new HttpClient { BaseAddress = collect, Timeout = TimeSpan.FromSeconds(30) };
        using var free = new SemaphoreSlim(AtOnce);
        var clock = Stopwatch.StartNew();
        for (var sent = 0L; clock.Elapsed < plan.Warmup + plan.Length; sent += plan.Batch)
        {
            var ahead = TimeSpan.FromSeconds((double)sent / plan.Rate) - clock.Elapsed;
            if (ahead > TimeSpan.FromMilliseconds(2)) await Task.Delay(ahead);
            await free.WaitAsync();
            _ = SendAsync(client, sent).ContinueWith(_ => free.Release(), TaskScheduler.Default);
        }
        for (var i = 0; i < AtOnce; i++) await free.WaitAsync();
    }

    private async Task SendAsync(HttpClient client, long first)
    {
        var body = new StringBuilder();
        var began = Stopwatch.GetTimestamp();
        for (var i = first; i < first + plan.Batch; i++)
            body.Append($$"""{"event_id":"{{Guid.NewGuid()}}","event":"Product Viewed","user_id":"u-{{i % 10_007}}","session_id":"s-{{i % 100_003}}","timestamp":"{{TimeProvider.System.GetUtcNow():O}}","page":{"url":"https://shop.example/products/{{i % 997}}?utm_source=mail&utm_medium=newsletter","title":"Product {{i % 997}}","referrer":"https://shop.example/"},"product_id":"p-{{i % 997}}","product_name":"Product {{i % 997}}","category":"kitchen","price":24.95,"currency":"EUR","properties":{"began":{{began}},"list":"recommended","variant":"blue"} }""").Append('\n');
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent(body.ToString(), Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("shop-web:"u8));
        try
        {
            using var response = await client.SendAsync(request);
            Interlocked.Add(ref response.IsSuccessStatusCode ? ref accepted : ref refused, plan.Batch);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            Interlocked.Add(ref refused, plan.Batch);
        }
    }
}
