using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Acceptance;

/// <summary><c>weir up</c> as a user has it: clients send, the page shows, commands run beside it.</summary>
public class UpTests
{
    [Fact]
    public async Task What_is_sent_lands_and_shows_while_up_runs_and_SIGTERM_ends_it_well()
    {
        using var project = new TemporaryProject("shop");
        project.With("weir.yml", File.ReadAllText(project["weir.yml"]) + "\nlake: {commit_interval: 1s}\n");
        var (studio, collect) = (FreePort(), FreePort());
        using var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{collect}/health")).StatusCode == HttpStatusCode.OK, up);

        // The two ways of the README: Weir's own event by curl, and a Segment batch.
        var key = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("shop-web:"u8));
        (await Post(client, $"http://127.0.0.1:{collect}/v1/events", """{"event":"Page Viewed","user_id":"u-1"}""", key)).ShouldBe((200, """{"accepted":1}"""));
        (await Post(client, $"http://127.0.0.1:{collect}/v1/batch",
            """{"batch":[{"type":"track","event":"Order Completed","messageId":"m-1","userId":"u-1","timestamp":"2026-01-05T10:00:00Z","properties":{"order_id":"42","revenue":99.9,"currency":"EUR"}},{"type":"track","event":"Order Completed","messageId":"m-1","userId":"u-1","timestamp":"2026-01-05T10:00:00Z","properties":{"order_id":"42","revenue":99.9,"currency":"EUR"}},{"type":"trakc"}],"sentAt":"2026-01-05T10:00:01Z"}""", key))
            .ShouldBe((200, """{"success":true}"""));
        (await Post(client, $"http://127.0.0.1:{collect}/v1/events", "{}", new AuthenticationHeaderValue("Basic", Convert.ToBase64String("nobody:"u8)))).Status.ShouldBe(401);

        // Beside a running up, land waits for its lander instead of fighting it; account needs nobody's leave.
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldContain("web,4,2,1,1,0,0,0\n");

        // The warehouse is up's, which runs the query for whoever asks.
        (await project.QueryAsync("select count(*) from lake.events")).ShouldBe("2");

        await Eventually(async () => (await client.GetStringAsync($"http://127.0.0.1:{studio}/")).Contains("Adds up", StringComparison.Ordinal), up);
        var page = await client.GetAsync($"http://127.0.0.1:{studio}/");
        page.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("script-src 'self'");

        // A second up on the same ports is refused by the port's number.
        var second = await WeirProcess.RunAsync("up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        (second.ExitCode, second.Error.Contains("WEIR1010", StringComparison.Ordinal)).ShouldBe((4, true), second.Error);

        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);
        (await project.QueryAsync("select event, user_id, revenue, currency from lake.events order by event")).ShouldBe("Order Completed,u-1,99.9000,EUR\nPage Viewed,u-1,,");
        (await project.QueryAsync("select reason from lake.quarantine")).ShouldBe("unknown_type");
    }

    [Fact]
    public async Task Collecting_goes_on_while_landing_cannot_and_landing_follows_once_it_can()
    {
        using var project = new TemporaryProject("shop");
        project.With("weir.yml", File.ReadAllText(project["weir.yml"]) + "\nlake: {commit_interval: 1s}\n").With(".weir/local/lake", "a file where the lake's folder should be");
        var (studio, collect) = (FreePort(), FreePort());
        using var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var key = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("shop-web:"u8));
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{collect}/health")).StatusCode == HttpStatusCode.OK, up);
        (await Post(client, $"http://127.0.0.1:{collect}/v1/events", """{"event":"Page Viewed","user_id":"u-1"}""", key)).Status.ShouldBe(200);
        await Eventually(() => Task.FromResult(up.Error.Contains("Landing stopped and is tried again", StringComparison.Ordinal)), up);
        (await Post(client, $"http://127.0.0.1:{collect}/v1/events", """{"event":"Page Viewed","user_id":"u-2"}""", key)).Status.ShouldBe(200);

        File.Delete(project[".weir/local/lake"]);
        await Eventually(async () => (await project.RunAsync("account", "--format", "csv")).Output.ReplaceLineEndings("\n").Contains("web,2,2,0,0,0,0,0\n", StringComparison.Ordinal), up);
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);
    }
}
