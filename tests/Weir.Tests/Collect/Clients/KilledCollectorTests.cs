using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Weir.Tests.Acceptance;

using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Collect.Clients;

/// <summary>The real clients send to the real program, which is killed in the middle and comes back: all of it, started again by hand, or its collector, started again by <c>up</c>.</summary>
public class KilledCollectorTests
{
    private static readonly string[] Clients = ["segment", "rudderstack", "posthog", "snowplow"];

    /// <summary>Those whose retries outlast a second.</summary>
    private static readonly string[] Patient = ["segment", "posthog", "snowplow"];

    [Theory]
    [InlineData("up")]
    [InlineData("collect")]
    public async Task Every_event_is_in_the_lake_once_or_was_reported_as_failed_by_its_client(string killed)
    {
        var count = CountedCalls.Events(300);
        using var project = new TemporaryProject().With("weir.yml", "name: shop\nsources:\n" + string.Concat(Clients.Select(c => $"  {c}: {{write_keys: [key-{c}]}}\n")));
        var (studio, collect) = (FreePort(), FreePort());
        var url = new Uri($"http://127.0.0.1:{collect}");
        WeirProcess Start() => WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        var up = Start();
        try
        {
            await HealthAsync(url, up);
            var pace = CountedCalls.Pace(count, count > 1_000 ? 1 : 10);
            var sending = Clients.Select(c => TrackingClient.ReportAsync(c, url, $"key-{c}", CountedCalls.Of(c, count), pace)).ToArray();

            // Killed once the journals of all have something, which is in the middle of what they send.
            await Eventually(() => Clients.All(c => Directory.Exists(Path.Combine(project[".weir/local/journal"], c))));
            var away = Stopwatch.StartNew();
            if (killed == "collect") WeirProcess.Signal(CollectorOf(project), "KILL");
            else
            {
                up.Kill();
                up.Dispose();
                up = Start();
                await Eventually(() => up.Error.Contains("collecting on", StringComparison.Ordinal)); // until then the old one's collector may answer yet
            }
            await HealthAsync(url, up);
            var outage = away.Elapsed;
            var reports = await Task.WhenAll(sending);
            up.Terminate();
            (await up.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode.ShouldBe(0);

            (await project.RunAsync("land")).ShouldSucceed();
            (await project.RunAsync("account")).ShouldSucceed();
            for (var i = 0; i < Clients.Length; i++)
            {
                var counts = (await project.QueryAsync($"select count(*), count(distinct properties->>'n') from lake.events where source = '{Clients[i]}'")).Split(',').Select(int.Parse).ToArray();
                ClientFigures.Add("killed", $"| {killed} | {outage.TotalSeconds:N2} s | {Clients[i]} | {count:N0} | {counts[0]:N0} | {count - counts[0]:N0} | {reports[i].Failed:N0} |");
                counts[1].ShouldBe(counts[0], $"{Clients[i]}: an event landed twice");
                (count - counts[0]).ShouldBeLessThanOrEqualTo(reports[i].Failed, $"{Clients[i]}: missing without being reported; it told {string.Join("; ", reports[i].Errors.Distinct())}");
                if (outage < TimeSpan.FromSeconds(1) && Patient.Contains(Clients[i])) counts[0].ShouldBe(count, $"{Clients[i]}: the collector was away for {outage.TotalSeconds:N2} s only");
            }
        }
        finally
        {
            up.Dispose();
        }
    }

    private static int CollectorOf(TemporaryProject project)
    {
        using var roles = JsonDocument.Parse(File.ReadAllText(project[".weir/local/run/roles.json"]));
        return roles.RootElement.GetProperty("Roles").EnumerateArray().Single(r => r.GetProperty("Name").GetString() == "collect").GetProperty("ProcessId").GetInt32();
    }

    private static async Task HealthAsync(Uri url, WeirProcess up)
    {
        using var client = new HttpClient();
        for (var i = 0; i < 3000; i++)
        {
            if (up.HasExited) Assert.Fail(up.Error);
            try
            {
                if ((await client.GetAsync(new Uri(url, "/health"))).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException) { } // not listening yet, or not any more
            await Task.Delay(10);
        }
        Assert.Fail("It did not listen within 30 s.");
    }

    private static async Task Eventually(Func<bool> isSo)
    {
        for (var i = 0; i < 3600 && !isSo(); i++) await Task.Delay(50); // on a fresh checkout the clients are installed first
        isSo().ShouldBeTrue();
    }
}
