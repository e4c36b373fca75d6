using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Weir.Generate;

namespace Weir.Tests.Proof.Soak;

/// <summary>A shop's clients: they send at a steady rate, and repeat what was not answered until it is, as SDKs do.</summary>
internal sealed class Sender(SoakPlan plan, Uri collect, Tally tally)
{
    private const int Clients = 32;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);
    private readonly Channel<Delivery> queue = Channel.CreateBounded<Delivery>(20_000);

    /// <summary>Answers that no client should ever get.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Sends until it is stopped, then repeats what is still unanswered until all is, or it is given up.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken giveUp)
    {
        using var client = new HttpClient { BaseAddress = collect, Timeout = Timeout };
        var clients = Enumerable.Range(0, Clients).Select(i => Task.Run(() => ClientAsync(client, new Random(plan.Seed + i), giveUp), CancellationToken.None)).ToList();
        try
        {
            await Task.Run(() => ProduceAsync(stop), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        queue.Writer.Complete();
        await Task.WhenAll(clients);
    }

    private async Task ProduceAsync(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var sent = 0L;
        // A day of the shop after the other, each with people of its own: as much traffic as is asked for, and little of it in memory.
        var start = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-2), TimeSpan.Zero);
        for (var day = 0; ; day++)
        {
            var shop = new Shop(new ShopOptions { Seed = (plan.Seed * 1_000) + day, Start = start, VisitsPerDay = 40_000, Duplicates = 0.15 });
            foreach (var delivery in Gathered(shop.Deliveries(start, start.AddDays(1)).Where(d => d.Source != "orders")))
            {
                await queue.Writer.WriteAsync(delivery, stop);
                sent += delivery.Sent.Count;
                var ahead = TimeSpan.FromSeconds((double)sent / plan.Rate) - watch.Elapsed;
                if (ahead > TimeSpan.FromMilliseconds(20)) await Task.Delay(ahead, stop);
            }
        }
    }

    /// <summary>The shop's own server gathers what its pages say into larger bodies; apps send each for itself.</summary>
    private static IEnumerable<Delivery> Gathered(IEnumerable<Delivery> deliveries)
    {
        var pages = new List<Delivery>();
        foreach (var delivery in deliveries)
        {
            if (delivery.Source != "web")
            {
                yield return delivery;
                continue;
            }
            pages.Add(delivery);
            if (pages.Sum(p => p.Sent.Count) < 40) continue;
            yield return delivery with { Body = [.. pages.SelectMany(p => p.Body)], Sent = [.. pages.SelectMany(p => p.Sent)] };
            pages.Clear();
        }
    }

    private async Task ClientAsync(HttpClient client, Random random, CancellationToken giveUp)
    {
        await foreach (var delivery in queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            var good = delivery.Sent.Where(s => s.Fate != global::Weir.Generate.Fate.Quarantined).Select(s => s.Event.Id).ToList();
            var bad = delivery.Sent.Count - good.Count;
            for (var wait = 0.1; !giveUp.IsCancellationRequested; wait = Math.Min(2, wait * 2))
            {
                tally.Attempt(good, bad);
                if (await SendAsync(client, delivery))
                {
                    tally.Answer(good, bad);
                    break;
                }
                tally.NoAnswer();
                await Task.Delay(TimeSpan.FromSeconds(wait * (0.5 + random.NextDouble())), CancellationToken.None);
            }
        }
    }

    private async Task<bool> SendAsync(HttpClient client, Delivery delivery)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, delivery.Path) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(delivery.Path == "/v1/batch" ? "application/json" : "application/x-ndjson");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{delivery.WriteKey}:")));
        try
        {
            using var response = await client.SendAsync(request, CancellationToken.None);
            if (response.IsSuccessStatusCode) return true;
            if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
            {
                var body = await response.Content.ReadAsStringAsync(CancellationToken.None);
                lock (Faults) Faults.Add($"{delivery.Path} was answered {(int)response.StatusCode}: {body}");
            }
            return false;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return false; // nobody knows whether it was received
        }
    }
}
