using System.Net;
using System.Net.Sockets;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Collect.Clients;

/// <summary>The real clients send to the real program, which is killed in the middle and started again.</summary>
public class KilledCollectorTests
{
    private const int Count = 300;
    private static readonly string[] Clients = ["segment", "rudderstack", "posthog", "snowplow"];

    [Fact]
    public async Task Every_event_is_in_the_lake_once_or_was_reported_as_failed_by_its_client()
    {
        using var project = new TemporaryProject().With("weir.yml", "name: shop\nsources:\n" + string.Concat(Clients.Select(c => $"  {c}: {{write_keys: [key-{c}]}}\n")));
        var (studio, collect) = (FreePort(), FreePort());
        var url = new Uri($"http://127.0.0.1:{collect}");
        var first = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        await HealthAsync(url, first);
        var sending = Clients.Select(c => TrackingClient.ReportAsync(c, url, $"key-{c}", EveryClientTests.CallsOf(c, Count), new() { ["WEIR_PACE"] = "10" })).ToArray();

        // Killed once the journals of all have something, which is in the middle of what they send.
        await Eventually(() => Clients.All(c => Directory.Exists(Path.Combine(project[".weir/local/journal"], c))));
        first.Kill();
        first.Dispose();
        using var second = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        var reports = await Task.WhenAll(sending);
        second.Terminate();
        (await second.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode.ShouldBe(0);

        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account")).ShouldSucceed();
        for (var i = 0; i < Clients.Length; i++)
        {
            var counts = (await project.QueryAsync($"select count(*), count(distinct properties->>'n') from lake.events where source = '{Clients[i]}'")).Split(',').Select(int.Parse).ToArray();
            counts[1].ShouldBe(counts[0], $"{Clients[i]}: an event landed twice");
            (Count - counts[0]).ShouldBeLessThanOrEqualTo(reports[i].Failed, $"{Clients[i]}: missing without being reported; it told {string.Join("; ", reports[i].Errors.Distinct())}");
        }
    }

    private static async Task HealthAsync(Uri url, WeirProcess up)
    {
        using var client = new HttpClient();
        for (var i = 0; i < 300; i++)
        {
            if (up.HasExited) Assert.Fail(up.Error);
            try
            {
                if ((await client.GetAsync(new Uri(url, "/health"))).StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException) { } // not listening yet
            await Task.Delay(100);
        }
        Assert.Fail("It did not listen within 30 s.");
    }

    private static async Task Eventually(Func<bool> isSo)
    {
        for (var i = 0; i < 3600 && !isSo(); i++) await Task.Delay(50); // on a fresh checkout the clients are installed first
        isSo().ShouldBeTrue();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
