using System.Net;
using System.Net.Http.Headers;
using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Acceptance;

/// <summary><c>weir quarantine</c> and <c>weir replay</c>, by the program itself.</summary>
public class ReplayCommandTests
{
    private const string Strict = """{"x-weir":{"event":"Click"},"required":["page_url"]}""", Corrected = """{"x-weir":{"event":"Click"}}""";

    private static TemporaryProject Project() => new TemporaryProject().With("weir.yml", "name: small\nsources:\n  web: {time_zone: UTC, write_keys: [k]}\nlake: {commit_interval: 1s}\n").With("contracts/click/1.json", Strict);

    [Fact]
    public async Task What_lies_in_quarantine_is_listed_and_lands_once_its_contract_is_corrected()
    {
        using var project = Project().With("events.ndjson", """
            {"event":"Click","event_id":"1","timestamp":"2026-01-01T00:00:00","user_id":"u"}
            {"event":"Click","event_id":"1","timestamp":"2026-01-01T00:00:00","user_id":"u"}
            {"event":"Click","event_id":"2","timestamp":"2026-01-01T00:00:00","user_id":"secret@example.com","page":{"title":"x"}}
            {"event":"Tap","event_id":"3"}
            """);
        (await project.RunAsync("load", project["events.ndjson"], "--source", "web")).ShouldSucceed();
        var list = (await project.RunAsync("quarantine", "list", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").Split('\n');
        list[0].ShouldBe("source,reason,event,events,first_received,last_received");
        list[1].ShouldStartWith("web,contract_violation,Click,3,");
        list[2].ShouldStartWith("web,no_identity,Tap,1,");
        (await project.RunAsync("quarantine", "list", "--reason", "no_identity", "--source", "web", "--to", "2020-01-01")).ShouldSucceed().Error.ShouldContain("Nothing in quarantine");
        var shown = (await project.RunAsync("quarantine", "show", "--event", "Click", "--limit", "2", "--format", "json")).ShouldSucceed();
        shown.Output.ShouldContain("\"detail\":\"$.page_url: required: is missing (contract click, version 1)\"");
        var export = (await project.RunAsync("quarantine", "export", "--format", "csv")).ShouldSucceed().Output;
        export.ReplaceLineEndings("\n").Trim().Split('\n').Length.ShouldBe(5);
        (shown.Output + export).ShouldNotContain("secret");

        project.With("contracts/click/1.json", Corrected);
        string[] replay = ["replay", "--quarantine", "--reason", "contract_violation", "--contract", "click", "--format", "csv"];
        var plan = (await project.RunAsync([.. replay, "--plan"])).ShouldSucceed();
        plan.Output.ReplaceLineEndings("\n").ShouldBe("source,reason,events,landed,duplicate,quarantined,dropped,stays,unreadable\nweb,contract_violation,3,2,1,0,0,0,0\n");
        plan.Error.ShouldContain("Nothing was changed");
        (await project.QueryAsync("select count(*) from lake.events")).ShouldBe("0");
        (await project.RunAsync(replay)).ShouldSucceed().Output.ShouldBe(plan.Output);
        (await project.RunAsync(replay)).ShouldSucceed().Error.ShouldContain("Nothing to change");
        (await project.RunAsync("replay", "--raw", "--source", "web", "--from", "2026-01-01", "--to", "2100-01-01", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith("web,no_identity,1,0,0,0,0,1,0\n");
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith("web,4,2,1,1,0,0,0\n");
        (await project.RunAsync("account", "--verify")).ShouldSucceed();
    }

    [Theory]
    [InlineData("either --quarantine, or --raw", "replay")]
    [InlineData("either --quarantine, or --raw", "replay", "--quarantine", "--raw")]
    [InlineData("--raw needs --source, --from and --to", "replay", "--raw", "--source", "web")]
    [InlineData("they go with --quarantine", "replay", "--raw", "--source", "web", "--from", "2026-01-01", "--to", "2026-01-02", "--reason", "empty")]
    [InlineData("give one of them", "replay", "--quarantine", "--event", "Click", "--contract", "click")]
    [InlineData("WEIR1043", "replay", "--quarantine", "--contract", "klick")]
    [InlineData("--limit is at least 1", "quarantine", "show", "--limit", "0")]
    public async Task A_command_that_cannot_be_meant_is_refused(string expected, params string[] arguments)
    {
        using var project = Project();
        var result = await project.RunAsync(arguments);
        (result.ExitCode, result.Error.Contains(expected, StringComparison.Ordinal)).ShouldBe((2, true), result.Error);
    }

    [Fact]
    public async Task Replaying_goes_on_beside_a_running_up()
    {
        using var project = Project();
        var (studio, collect) = (FreePort(), FreePort());
        using var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{collect}/health")).StatusCode == HttpStatusCode.OK, up);
        var key = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("k:"u8));
        for (var n = 0; n < 5; n++)
            (await Post(client, $"http://127.0.0.1:{collect}/v1/events", $$"""{"event":"Click","event_id":"{{n % 3}}","timestamp":"2026-01-01T00:00:00","user_id":"u"}""", key)).Status.ShouldBe(200);
        (await project.RunAsync("land")).ShouldSucceed(); // waits for up's lander
        project.With("contracts/click/1.json", Corrected);
        (await project.RunAsync("replay", "--quarantine", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith("web,contract_violation,5,3,2,0,0,0,0\n");
        // The lander, which still has the old contract, knows what has landed: a page of its own, and a copy.
        (await Post(client, $"http://127.0.0.1:{collect}/v1/events", """{"event":"Click","event_id":"1","timestamp":"2026-01-01T00:00:00","user_id":"u","page":{"url":"/a"}}""", key)).Status.ShouldBe(200);
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith("web,6,3,3,0,0,0,0\n");
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);
        (await project.RunAsync("account", "--verify")).ShouldSucceed();
    }
}
