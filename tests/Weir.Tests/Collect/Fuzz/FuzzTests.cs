using System.Diagnostics;
using System.Text;
using Weir.Collect;
using Weir.Tests.Collect.Clients;

namespace Weir.Tests.Collect.Fuzz;

/// <summary>
/// Requests of all sorts over all routes. The long run (<c>eng/long/fuzz-collect</c>) sets <c>WEIR_FUZZ_REQUESTS</c>, <c>WEIR_FUZZ_SEED</c> and, where its figures go, <c>WEIR_FUZZ_RESULT</c>.
/// </summary>
public class FuzzTests
{
    private const int Workers = 8;
    private static readonly int Requests = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_REQUESTS"), out var count) ? count : 3_000;
    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("WEIR_FUZZ_SEED"), out var seed) ? seed : 1;

    /// <summary>For bodies: little, so that what were not given back would soon be missed.</summary>
    private const long Memory = 64 << 20;

    private static readonly int[] Allowed = [200, 204, 400, 401, 404, 405, 413, 414, 415, 431, 503];

    [Fact]
    public async Task No_request_is_answered_5xx_but_503_and_what_was_accepted_is_accounted_for()
    {
        var clock = Stopwatch.StartNew();
        await using var collector = await CollectorAndLake.StartAsync(limits: CollectOptions.Default with { BodyBytes = Memory });
        var runs = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => SendAsync(collector.Url, worker))));
        var (kept, answers) = (runs.SelectMany(r => r.Kept).Order().ToList(), runs.SelectMany(r => r.Answers).GroupBy(a => a).OrderBy(g => g.Key).ToDictionary(g => g.Key, g => g.Count()));
        answers.Keys.Except(Allowed).ShouldBeEmpty(string.Join('\n', runs.SelectMany(r => r.Odd)));
        kept.Count.ShouldBeGreaterThan(Requests / 5);

        // All memory is given back: the largest body that fits it is taken still.
        using (var client = new HttpClient())
            (await client.PostAsync(new Uri(collector.Url, "/v1/events?writeKey=shop-web"), new StringContent(new string(' ', 30 << 20) + "{}"))).EnsureSuccessStatusCode();

        // The same as was sent whole and answered 2xx, each once, and nothing of what was not.
        var whole = (await collector.LandAndReadAsync("SELECT properties->>'n' FROM lake.events WHERE event = 'Kept'")).Select(long.Parse).Order().ToList();
        whole.ShouldBe(kept);
        var account = collector.ReadAccount();
        account.AddsUp.ShouldBeTrue(string.Join('\n', account.Problems));
        var (received, fates) = (account.Rows.Sum(r => r.Received), account.Rows.Sum(r => r.Landed + r.Duplicate + r.Quarantined));
        received.ShouldBe(fates);

        var heap = GC.GetTotalMemory(forceFullCollection: true) >> 20;
        var text = $"{Requests:n0} requests (seed {Seed}) in {clock.Elapsed.TotalSeconds:n0} s; answers {string.Join(", ", answers.Select(a => $"{a.Key}: {a.Value:n0}"))}; events received {received:n0}, landed {account.Rows.Sum(r => r.Landed):n0}, duplicate {account.Rows.Sum(r => r.Duplicate):n0}, quarantined {account.Rows.Sum(r => r.Quarantined):n0}; managed memory afterwards {heap:n0} MB";
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        if (Environment.GetEnvironmentVariable("WEIR_FUZZ_RESULT") is { Length: > 0 } file) File.WriteAllText(file, text + "\n");
    }

    private static async Task<(List<long> Kept, List<int> Answers, List<string> Odd)> SendAsync(Uri url, int worker)
    {
        var generator = new FuzzGenerator(Seed, worker);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        var (kept, answers, odd) = (new List<long>(), new List<int>(), new List<string>());
        for (var i = worker; i < Requests; i += Workers)
        {
            var request = generator.Next();
            var status = 0;
            try
            {
                using var message = Message(url, request);
                using var answer = await client.SendAsync(message);
                var body = await answer.Content.ReadAsStringAsync();
                status = (int)answer.StatusCode;
                if (status == 503 && !body.Contains("\"code\":\"WEIR")) odd.Add($"503 without a code: {request.Target}: {body}");
                if (!Allowed.Contains(status)) odd.Add($"{status}: {request.Method} {request.Target} [{string.Join(", ", request.Headers)}] {Encoding.UTF8.GetString(request.Body ?? [])[..Math.Min(500, request.Body?.Length ?? 0)]}");
            }
            catch (HttpRequestException)
            {
                continue; // the server ended the connection: bytes that are no HTTP, or more than it reads
            }
            answers.Add(status);
            if (status is 200 or 204) kept.AddRange(request.Kept);
        }
        return (kept, answers, odd);
    }

    private static HttpRequestMessage Message(Uri url, FuzzRequest request)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(url.ToString().TrimEnd('/') + request.Target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }))
        {
            Content = request.Body is null ? null : new ByteArrayContent(request.Body),
        };
        foreach (var (name, value) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        return message;
    }
}
