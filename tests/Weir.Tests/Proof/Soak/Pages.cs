using System.Diagnostics;

namespace Weir.Tests.Proof.Soak;

/// <summary>Someone who looks: the Studio's Home and the collector's health, once a second.</summary>
internal sealed class Pages(Uri studio, Uri collect, Stopwatch clock, Faults faults)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lock gate = new();

    public int Asked { get; private set; }

    /// <summary>Unanswered while their own role was the victim.</summary>
    public int Excused { get; private set; }

    public List<string> Unexcused { get; } = [];

    public List<double> Milliseconds { get; } = [];

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(LookAsync(new Uri(studio, "/"), "serve", stop), LookAsync(new Uri(collect, "/health"), "collect", stop));

    private async Task LookAsync(Uri page, string role, CancellationToken stop)
    {
        using var client = new HttpClient { Timeout = Patience };
        while (!stop.IsCancellationRequested)
        {
            var from = clock.Elapsed;
            var failure = await AskAsync(client, page);
            lock (gate)
            {
                Asked++;
                if (failure is null) Milliseconds.Add((clock.Elapsed - from).TotalMilliseconds);
                else if (faults.Excuses(from, clock.Elapsed, role)) Excused++;
                else Unexcused.Add($"{from:mm\\:ss} {page} {failure}");
            }
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
        }
    }

    private static async Task<string?> AskAsync(HttpClient client, Uri page)
    {
        try
        {
            using var answer = await client.GetAsync(page, CancellationToken.None);
            return answer.IsSuccessStatusCode ? null : $"was answered {(int)answer.StatusCode}";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return $"was not answered: {e.Message}";
        }
    }
}
