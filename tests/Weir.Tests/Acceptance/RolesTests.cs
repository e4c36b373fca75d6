using System.Net;
using System.Net.Http.Headers;
using Weir.Leases;
using Weir.Storage;
using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Acceptance;

/// <summary>The roles of <c>weir up</c> as processes of their own: each may die or hang, and the others stay up.</summary>
public sealed class RolesTests : IDisposable
{
    private static readonly AuthenticationHeaderValue Key = new("Basic", Convert.ToBase64String("shop-web:"u8));
    private readonly TemporaryProject project = new TemporaryProject().With("dbt_project.yml", "name: small\nmodel-paths: [models]\n").With("models/none.sql", "select 1 as one");
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly int studio = FreePort(), collect = FreePort();
    private int sent;

    public void Dispose()
    {
        client.Dispose();
        project.Dispose();
    }

    [Fact]
    public async Task Each_role_killed_comes_back_while_the_others_stay_up_and_the_account_adds_up()
    {
        using var up = await StartAsync("10s");
        var roles = new[] { "collect", "land", "serve" }.ToDictionary(r => r, Pid);
        roles.Values.Append(up.Id).Distinct().Count().ShouldBe(4);
        File.ReadAllText($"/proc/{roles["collect"]}/maps").ShouldNotContain("libduckdb");
        File.ReadAllText($"/proc/{roles["serve"]}/maps").ShouldContain("libduckdb");
        foreach (var (role, killed) in roles)
        {
            await SendAsync();
            WeirProcess.Signal(killed, "KILL");
            foreach (var other in roles.Keys.Where(r => r != role)) ProcessIdentity.StartOf(Pid(other)).ShouldNotBeNull();
            await Eventually(() => Task.FromResult(Pid(role) != killed && up.Error.Contains($"{role} runs again", StringComparison.Ordinal)), up);
            up.Error.ShouldContain($"{role} (process {killed}) ended by signal 9; it is started again at once");
            await SendAsync();
        }
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldContain($"web,{sent},{sent},0,0,0,0,0\n");
        await EndAsync(up);
    }

    [Theory]
    [InlineData("collect")]
    [InlineData("land")]
    [InlineData("serve")]
    public async Task A_role_that_is_paused_past_its_lease_is_killed_and_replaced(string role)
    {
        using var up = await StartAsync("1s");
        var paused = Pid(role);
        await SendAsync();
        WeirProcess.Signal(paused, "STOP");
        await Eventually(() => Task.FromResult(Pid(role) != paused && up.Error.Contains($"{role} runs again", StringComparison.Ordinal)), up);
        WeirProcess.Signal(paused, "CONT"); // there is nobody left to go on
        ProcessIdentity.StartOf(paused).ShouldBeNull();
        up.Error.ShouldContain("paused or hanging, and was killed");
        await SendAsync();
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldContain($"web,{sent},{sent},0,0,0,0,0\n");
        await EndAsync(up);
    }

    [Fact]
    public async Task The_roles_end_when_their_supervisor_is_killed_and_the_next_one_starts_at_once()
    {
        using var up = await StartAsync("10s");
        await SendAsync();
        int[] roles = [Pid("collect"), Pid("land"), Pid("serve")];
        up.Kill();
        using var next = await StartAsync("10s");
        roles.ShouldAllBe(pid => ProcessIdentity.StartOf(pid) == null);
        await SendAsync();
        await EndAsync(next);
    }

    [Fact] // WEIR1017, WEIR1018, WEIR2001
    public async Task A_collector_that_was_paused_on_another_machine_gives_up_when_it_goes_on()
    {
        Write("1s");
        using var paused = WeirProcess.Start(null, "role", "collect", "--project", project.Folder, "--collect-port", $"{collect}");
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{collect}/health")).StatusCode == HttpStatusCode.OK, paused);
        await SendAsync();
        var second = await WeirProcess.RunAsync("role", "collect", "--project", project.Folder, "--collect-port", $"{studio}");
        (second.ExitCode, second.Error.Contains("WEIR2001", StringComparison.Ordinal)).ShouldBe((4, true), second.Error);

        WeirProcess.Signal(paused.Id, "STOP");
        using var other = WeirProcess.Start(null, "role", "collect", "--project", project.Folder, "--collect-port", $"{studio}");
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{studio}/health")).StatusCode == HttpStatusCode.OK, other);
        var late = Post(client, $"http://127.0.0.1:{collect}/v1/events", """{"event":"Page Viewed","user_id":"late"}""", Key);
        (await Post(client, $"http://127.0.0.1:{studio}/v1/events", """{"event":"Page Viewed","user_id":"other"}""", Key)).Status.ShouldBe(200);
        WeirProcess.Signal(paused.Id, "CONT");
        (await late.ContinueWith(t => t.IsCompletedSuccessfully ? t.Result.Status : 0)).ShouldNotBe(200);
        var ended = await paused.WaitAsync(TimeSpan.FromSeconds(30));
        (ended.ExitCode, ended.Error.Contains("WEIR1018", StringComparison.Ordinal)).ShouldBe((4, true), ended.Error);
        other.Terminate();
        (await other.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);

        using var serving = WeirProcess.Start(null, "role", "serve", "--project", project.Folder, "--port", $"{studio}");
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{studio}/")).StatusCode == HttpStatusCode.OK, serving);
        var twice = await WeirProcess.RunAsync("role", "serve", "--project", project.Folder, "--port", $"{collect}");
        (twice.ExitCode, twice.Error.Contains("WEIR1017", StringComparison.Ordinal)).ShouldBe((4, true), twice.Error);
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldContain("web,2,2,0,0,0,0,0\n");
    }

    [Fact]
    public async Task A_role_over_its_memory_limit_is_ended_and_started_again_with_a_sentence()
    {
        using var up = await StartAsync("10s", "collect: {memory: 20MB}"); // no .NET process is that small
        await Eventually(() => Task.FromResult(up.Error.Contains("over its limit of 20 MB (roles.collect.memory)", StringComparison.Ordinal)), up);
        await Eventually(async () => (await project.RunAsync("doctor")).Error.Contains("WEIR1022", StringComparison.Ordinal), up);
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode.ShouldBe(0);
    }

    private void Write(string lease, string roles = "") => project.With("weir.yml",
        $"sources:\n  web: {{write_keys: [shop-web], dedupe: none, require_identity: false}}\nlake: {{commit_interval: 1s}}\nroles: {{lease: {lease}{(roles.Length > 0 ? $", {roles}" : "")}}}\n");

    private async Task<WeirProcess> StartAsync(string lease, string roles = "")
    {
        Write(lease, roles);
        var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        await Eventually(() => Task.FromResult(up.Error.Contains("Ctrl-C stops", StringComparison.Ordinal) && (roles.Length > 0 || Pid("land") > 0)), up);
        return up;
    }

    /// <summary>Sends one event until it is accepted: while collect is away, clients send again.</summary>
    private async Task SendAsync()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                var (status, body) = await Post(client, $"http://127.0.0.1:{collect}/v1/events", $$"""{"event":"Page Viewed","user_id":"u-{{sent}}"}""", Key);
                if (status == 200) break;
                tries.ShouldBeLessThan(300, body);
            }
            catch (HttpRequestException) when (tries < 300) { }
            await Task.Delay(100);
        }
        sent++;
    }

    /// <summary>The process that has a role's lease.</summary>
    private int Pid(string role) => LeaseState.Read(project[".weir/local"], role, LocalDisk.Instance) is { IsReleased: false } lease ? lease.ProcessId : 0;

    private static async Task EndAsync(WeirProcess up)
    {
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);
    }
}
