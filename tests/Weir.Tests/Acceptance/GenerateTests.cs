using Spectre.Console;
using Weir.Output;

using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Acceptance;

/// <summary><c>weir generate</c> as a user has it.</summary>
public class GenerateTests
{
    [Fact] // WEIR1041, WEIR1042
    public async Task It_reports_what_became_of_what_it_sent_and_its_exit_code_says_whether_all_was_accepted()
    {
        using var project = new TemporaryProject("shop");
        var port = FreePort();
        var url = $"http://127.0.0.1:{port}";
        var alone = await project.RunAsync("generate", "--duration", "1s", "--to", url);
        (alone.ExitCode, alone.Error.Contains("WEIR1041 Nobody answers at " + url, StringComparison.Ordinal)).ShouldBe((4, true), alone.Error);

        using var collector = WeirProcess.Start(null, "role", "collect", "--collect-port", $"{port}", "--project", project.Folder);
        using var client = new HttpClient();
        await Eventually(async () => (await client.GetAsync(url + "/health")).IsSuccessStatusCode, collector);
        // As in docs/guides/load.md.
        var sent = (await project.RunAsync("generate", "--rate", "1000", "--duration", "2s", "--to", url, "--seed", "4", "--truth", project["truth.ndjson"], "--format", "csv")).ShouldSucceed();
        var lines = sent.Output.ReplaceLineEndings("\n").Split('\n');
        lines[0].ShouldBe("seconds,requests,events,accepted,duplicates,malformed,refused,retries,events_per_second,requests_per_second,mb_per_second,p50_ms,p99_ms,seed");
        lines[1].Split(',')[1..4].ShouldBe(["20", "2000", "2000"]);
        (await File.ReadAllLinesAsync(project["truth.ndjson"])).Length.ShouldBe(2_000);
        (await project.RunAsync("generate", "--rate", "1000", "--duration", "1s", "--to", url, "--dialect", "segment")).ShouldSucceed();

        var refused = await project.RunAsync("generate", "--rate", "1000", "--duration", "1s", "--to", url, "--write-key", "nobody");
        (refused.ExitCode, refused.Error.Contains("WEIR1042 Of 1,000 events 0 were accepted. Given up: 401: 1000.", StringComparison.Ordinal)).ShouldBe((4, true), refused.Error);
        (await project.RunAsync("land")).ShouldSucceed();
        var account = (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n");
        account.ShouldContain("\nweb,2000,");
        account.ShouldContain("\nmobile,1000,");
    }

    [Fact] // WEIR2002
    public async Task A_full_journal_holds_up_who_sends_until_landing_has_made_room_and_nothing_is_lost()
    {
        using var project = new TemporaryProject("shop");
        project.With("weir.yml", File.ReadAllText(project["weir.yml"]) + "\njournal: {disk_budget: 1MB}\nlake: {commit_interval: 1s}\n");
        var (studio, collect) = (FreePort(), FreePort());
        using var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        using var client = new HttpClient();
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{collect}/health")).IsSuccessStatusCode, up);
        // Some three megabytes, as fast as they are taken.
        var sent = (await project.RunAsync("generate", "--rate", "6000", "--duration", "1s", "--patience", "5m", "--to", $"http://127.0.0.1:{collect}", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").Split('\n')[1].Split(',');
        sent[3].ShouldBe("6000");
        int.Parse(sent[7]).ShouldBeGreaterThan(0, "refused, and sent again");
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldContain("\nweb,6000,");
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode.ShouldBe(0);
    }

    [Theory] // WEIR1040
    [InlineData("--rate", "0")]
    [InlineData("--rate", "fast")]
    [InlineData("--duration", "0")]
    [InlineData("--duration", "5")]
    [InlineData("--to", "localhost:8788")]
    [InlineData("--to", "http://localhost:8788/v1/batch")]
    [InlineData("--batch", "0")]
    [InlineData("--batch", "100001")]
    [InlineData("--event-size", "2 kilo")]
    [InlineData("--event-size", "2MB")]
    [InlineData("--concurrency", "5000")]
    [InlineData("--dialect", "posthog")]
    [InlineData("--patience", "-1s")]
    [InlineData("--seed", "x")]
    [InlineData("--duplicates", "1.5")]
    [InlineData("--late", "ten")]
    [InlineData("--truth", "/nowhere/at/all")]
    public async Task An_option_that_cannot_be_understood_is_named_with_its_value_and_what_is_allowed(string option, string value)
    {
        using var words = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(words), Ansi = AnsiSupport.No });
        console.Profile.Width = 10_000;
        CommandOutput.Current = new CommandOutput(TextWriter.Null, console, null);
        (await Cli.Create().Parse(["generate", option, value]).InvokeAsync()).ShouldBe(ExitCodes.Usage);
        words.ToString().ShouldStartWith($"WEIR1040 {option} {value} ");
        words.ToString().ShouldContain("Nothing was sent.");
    }
}
