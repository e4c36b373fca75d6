using System.Net;
using System.Text.Json.Nodes;
using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Acceptance;

/// <summary>Commands beside a running <c>weir up</c>: the process that has the warehouse runs them, and nobody sees a difference.</summary>
public sealed class OwnerTests : IDisposable
{
    private const string Endless = "select sum(a.range * b.range % 7) from range(10000000) a, range(10000000) b";
    private readonly TemporaryProject project = new TemporaryProject()
        .With("dbt_project.yml", "name: small\nmodel-paths: [models]\n")
        .With("models/one.sql", "select '{{ env_var(\"WEIR_TEST_WHO\", \"nobody\") }}' as who")
        .With("weir.yml", "sources:\n  web: {write_keys: [shop-web], dedupe: none, require_identity: false}\nlake: {commit_interval: 1s}\nenvironments:\n  production: {}\n");

    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly int studio = FreePort(), collect = FreePort();

    public void Dispose()
    {
        client.Dispose();
        project.Dispose();
    }

    [Fact]
    public async Task Commands_say_and_answer_beside_an_owner_what_they_do_without_one()
    {
        string[][] commands =
        [
            ["query", "select 1 as n, 'a,b' as t, null as nothing, [1, 2] as list", "--format", "csv"],
            ["query", "select range as n from range(5000)", "--format", "json"],
            ["query", "select 'ä' as t"],
            ["query", "select nothing from nowhere"],
            ["query", "select 1; select 2"],
            ["build", "--select", "moon:orders"],
        ];
        (await project.RunAsync("build")).ShouldSucceed();
        var alone = new List<WeirProcess.Result>();
        foreach (var command in commands) alone.Add(await project.RunAsync(command));
        using var up = await StartAsync();
        var beside = await Task.WhenAll(commands.Select(c => project.RunAsync(c)));
        // The owner builds once when it starts, and whoever comes in between is told that it waits.
        for (var i = 0; i < commands.Length; i++)
            (beside[i] with { Error = beside[i].Error.Replace("  Another build runs; this one waits for it\n", "", StringComparison.Ordinal) }).ShouldBe(alone[i], string.Join(' ', commands[i]));

        // The variables that the project reads are the caller's, and an exit code is passed on.
        (await WeirProcess.RunAsync(new Dictionary<string, string> { ["WEIR_TEST_WHO"] = "me" }, "build", "--project", project.Folder)).ShouldSucceed().Error.ShouldContain("1 model published");
        (await project.QueryAsync("select who from one")).ShouldBe("me");
        project.With("models/one.sql", "select nothing from nowhere");
        var failed = await project.RunAsync("build");
        (failed.ExitCode, failed.Error.Contains("1 failed", StringComparison.Ordinal)).ShouldBe((1, true), failed.Error);
        (await project.QueryAsync("select who from one")).ShouldBe("me");
        (await project.RunAsync("doctor")).Error.ShouldContain("Role serve: process");
        (await client.GetStringAsync($"http://127.0.0.1:{studio}/health")).ShouldContain("\"name\":\"land\"");
        await EndAsync(up);
    }

    [Fact]
    public async Task A_caller_that_is_killed_cancels_its_query_and_an_owner_that_is_killed_is_told()
    {
        using var up = await StartAsync();
        var serve = Owner()["ProcessId"]!.GetValue<int>();
        using (var asking = WeirProcess.Start(null, "query", Endless, "--project", project.Folder))
        {
            await Eventually(async () => await BusyAsync(serve), up);
            (await project.QueryAsync("select 1")).ShouldBe("1"); // others are answered meanwhile
            asking.Kill();
        }
        await Eventually(async () => !await BusyAsync(serve), up);

        using var left = WeirProcess.Start(null, "query", Endless, "--project", project.Folder);
        await Eventually(async () => await BusyAsync(serve), up);
        WeirProcess.Signal(serve, "KILL");
        var told = await left.WaitAsync(TimeSpan.FromSeconds(30));
        (told.ExitCode, told.Error.Contains("WEIR1021", StringComparison.Ordinal)).ShouldBe((4, true), told.Error);
        await EndAsync(up);
    }

    [Fact]
    public async Task An_owner_of_another_version_is_refused_by_name_one_that_is_gone_is_ignored_and_its_file_is_its_users()
    {
        var file = project[".weir/local/run/owner.json"];
        using (var up = await StartAsync())
        {
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var owner = Owner();
            using var stranger = await client.PostAsync($"{owner["Address"]}/command", new StringContent("{}"));
            stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            owner["Version"] = "0.0.9-other";
            File.WriteAllText(file, owner.ToJsonString());
            var refused = await project.RunAsync("query", "select 1");
            (refused.ExitCode, refused.Error.Contains("WEIR1019", StringComparison.Ordinal), refused.Error.Contains("0.0.9-other", StringComparison.Ordinal)).ShouldBe((4, true, true), refused.Error);
            await EndAsync(up);
            File.Exists(file).ShouldBeFalse();
            owner["ProcessStart"] = 1;
            File.WriteAllText(file, owner.ToJsonString());
        }
        (await project.QueryAsync("select 1")).ShouldBe("1");
    }

    [Fact]
    public async Task Production_is_built_from_the_project_that_serves_it_only()
    {
        using var up = await StartAsync("--env", "production");
        using var branch = new TemporaryProject().With("weir.yml", File.ReadAllText(project["weir.yml"])).With("dbt_project.yml", "name: small\nmodel-paths: [models]\n").With("models/one.sql", "select 'branch' as who");
        var refused = await branch.RunAsync("build", "--env", "production", "--data", project[".weir/production"]);
        (refused.ExitCode, refused.Error.Contains("WEIR1020", StringComparison.Ordinal), refused.Error.Contains(project.Folder, StringComparison.Ordinal)).ShouldBe((2, true, true), refused.Error);
        (await project.RunAsync("build", "--env", "production")).ShouldSucceed();
        (await branch.RunAsync("build")).ShouldSucceed(); // its own local data
        await EndAsync(up);
    }

    private JsonNode Owner() => JsonNode.Parse(File.ReadAllText(project[".weir/local/run/owner.json"]))!;

    private async Task<WeirProcess> StartAsync(params string[] more)
    {
        var up = WeirProcess.Start(null, ["up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}", .. more]);
        await Eventually(() => Task.FromResult(up.Error.Contains("Ctrl-C stops", StringComparison.Ordinal)), up);
        return up;
    }

    /// <summary>Whether a process computes: half of one processor, over a moment.</summary>
    private static async Task<bool> BusyAsync(int processId)
    {
        var before = Ticks(processId);
        await Task.Delay(500);
        return Ticks(processId) - before >= 10;
    }

    private static long Ticks(int processId)
    {
        var fields = File.ReadAllText($"/proc/{processId}/stat").Split(')')[^1].Split(' ');
        return long.Parse(fields[12]) + long.Parse(fields[13]);
    }

    private static async Task EndAsync(WeirProcess up)
    {
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);
    }
}
