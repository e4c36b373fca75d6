using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Weir.Leases;
using Weir.Storage;
using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Acceptance;

/// <summary>The live tap of a real <c>weir up</c>, over HTTP.</summary>
public sealed class LiveTests : IDisposable
{
    private static readonly AuthenticationHeaderValue Key = new("Basic", Convert.ToBase64String("shop-web:"u8));
    private readonly TemporaryProject project = new TemporaryProject()
        .With("weir.yml", "sources:\n  web: {write_keys: [shop-web], time_zone: UTC}\nlake: {commit_interval: 1s}\n")
        .With("dbt_project.yml", "name: small\nmodel-paths: [models]\n").With("models/none.sql", "select 1 as one");
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromMinutes(2) };
    private readonly int studio = FreePort(), collect = FreePort();

    public void Dispose()
    {
        client.Dispose();
        project.Dispose();
    }

    [Fact] // WEIR9021
    public async Task Events_are_shown_and_their_fates_follow_though_the_lander_is_killed_in_the_middle()
    {
        using var up = await StartAsync();
        await using var live = await LiveStream.OpenAsync(client, $"http://127.0.0.1:{studio}/live?source=web");
        (await live.NextAsync()).Type.ShouldBe("hello");
        const string Order = """{"event_id":"8b9e4c2a-1111-4222-8333-944455556666","event":"Order Completed","user_id":"u-1","timestamp":"2026-03-01T09:00:00Z"}""";
        await SendAsync(Order, Order, "{");
        foreach (var position in new[] { 0, 1, 2 }) (await live.NextAsync()).ShouldSatisfyAllConditions(m => m.Type.ShouldBe("event"), m => m.Json.GetProperty("position").GetInt64().ShouldBe(position));
        (await live.FatesAsync(3)).ShouldBe(["0 landed", "1 duplicate", "2 quarantined invalid_json"]);

        // A lander that hangs lands nothing; nor does one that is killed. What is told comes from the one after it.
        var killed = Pid("land");
        WeirProcess.Signal(killed, "STOP");
        await SendAsync(Order.Replace("8b9e", "0001", StringComparison.Ordinal), Order);
        foreach (var position in new[] { 3, 4 }) (await live.NextAsync()).ShouldSatisfyAllConditions(m => m.Type.ShouldBe("event"), m => m.Json.GetProperty("position").GetInt64().ShouldBe(position));
        WeirProcess.Signal(killed, "KILL");
        (await live.FatesAsync(2)).ShouldBe(["3 landed", "4 duplicate"]);
        Pid("land").ShouldNotBe(killed);
        (await project.QueryAsync("select string_agg(_position, ',' order by _position) from lake.events")).ShouldBe("\"0,3\"");

        await RefusedAsync(HttpStatusCode.BadRequest, "WEIR9021", "live?colour=red");
        await RefusedAsync(HttpStatusCode.BadRequest, "'nobody'", "live?source=nobody");
        await RefusedAsync(HttpStatusCode.BadRequest, "path=value", "live?where=x");
        await RefusedAsync(HttpStatusCode.MisdirectedRequest, "WEIR9006", "live", ("Host", "evil.example"));
        await RefusedAsync(HttpStatusCode.Forbidden, "WEIR9009", "live", ("Origin", "http://evil.example"));
        await RefusedAsync(HttpStatusCode.Forbidden, "WEIR9009", "live", ("Sec-Fetch-Site", "cross-site"));

        var others = new List<LiveStream>();
        for (var i = 0; i < 7; i++) others.Add(await LiveStream.OpenAsync(client, $"http://127.0.0.1:{studio}/live"));
        await RefusedAsync(HttpStatusCode.ServiceUnavailable, "WEIR9020", "live");
        foreach (var other in others) await other.DisposeAsync();

        // It ends well although somebody watches.
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);
    }

    [Fact] // WEIR1031
    public async Task Inspect_follows_a_running_up_and_shows_what_the_journal_holds_without_one()
    {
        const string Order = """{"event_id":"8b9e4c2a-1111-4222-8333-944455556666","event":"Order Completed","user_id":"u-1","timestamp":"2026-03-01T09:00:00Z"}""";
        string unknown = "00000000-0000-4000-8000-00000000dead";
        using (var up = await StartAsync())
        {
            using var follow = WeirProcess.Start(null, "inspect", "--follow", "--format", "json", "--event", "Order Completed", "--project", project.Folder);
            await Eventually(() => Task.FromResult(follow.Error.Contains("Events as they arrive", StringComparison.Ordinal)), follow);
            await SendAsync(Order, Order.Replace("Order Completed", "Page Viewed", StringComparison.Ordinal), Order);
            await Eventually(() => Task.FromResult(follow.Output.Contains("\"fate\":\"duplicate\"", StringComparison.Ordinal)), follow);
            var lines = follow.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
            lines.Select(l => $"{l.GetProperty("type")} {(l.TryGetProperty("position", out var position) ? position : "")} {(l.TryGetProperty("fate", out var fate) ? fate : "")}".TrimEnd())
                .ShouldBe(["hello", "event 0 pending", "event 2 pending", "fate 0 landed", "fate 2 duplicate"]);

            (await project.RunAsync("trace", "8b9e4c2a-1111-4222-8333-944455556666", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").Split('\n').Length.ShouldBe(5); // header, three copies
            var none = await project.RunAsync("trace", unknown);
            (none.ExitCode, none.Output, none.Error.Contains(unknown, StringComparison.Ordinal)).ShouldBe((1, "", true));

            // Another process takes its place, and it goes on there.
            WeirProcess.Signal(Pid("serve"), "KILL");
            await Eventually(() => Task.FromResult(follow.Error.Contains("Following again", StringComparison.Ordinal)), follow);
            await SendAsync(Order);
            await Eventually(() => Task.FromResult(follow.Output.Contains("\"position\":3", StringComparison.Ordinal)), follow);
            up.Terminate();
            (await up.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode.ShouldBe(0);
            var ended = await follow.WaitAsync(TimeSpan.FromMinutes(2));
            (ended.ExitCode, ended.Error.Contains("WEIR1031", StringComparison.Ordinal)).ShouldBe((4, true), ended.Error);
        }
        (await project.RunAsync("land")).ShouldSucceed();
        var journal = (await project.RunAsync("inspect", "--follow", "--last", "3")).ShouldSucceed();
        journal.Error.ShouldContain("there is nothing to follow");
        (await project.RunAsync("inspect", "--where", "nonsense")).ExitCode.ShouldBe(2);
        (await project.RunAsync("inspect", "--source", "nobody")).Error.ShouldContain("WEIR1003");
    }

    private async Task<WeirProcess> StartAsync()
    {
        var up = WeirProcess.Start(null, "up", "--project", project.Folder, "--port", $"{studio}", "--collect-port", $"{collect}");
        await Eventually(() => Task.FromResult(up.Error.Contains("Ctrl-C stops", StringComparison.Ordinal) && Pid("land") > 0), up);
        return up;
    }

    private async Task SendAsync(params string[] events) =>
        (await Post(client, $"http://127.0.0.1:{collect}/v1/events", string.Join('\n', events), Key)).Status.ShouldBe(200);

    private async Task RefusedAsync(HttpStatusCode status, string words, string path, (string Name, string Value)? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{studio}/{path}");
        if (header is { } h) request.Headers.TryAddWithoutValidation(h.Name, h.Value);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain(words);
    }

    private int Pid(string role) => LeaseState.Read(project[".weir/local"], role, LocalDisk.Instance) is { IsReleased: false } lease ? lease.ProcessId : 0;
}

/// <summary>Server-sent events, as a browser reads them.</summary>
internal sealed class LiveStream(HttpResponseMessage response, StreamReader lines) : IAsyncDisposable
{
    public static async Task<LiveStream> OpenAsync(HttpClient client, string address)
    {
        var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
    }

    public async Task<(string Type, JsonElement Json)> NextAsync()
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var type = "";
        while (await lines.ReadLineAsync(late.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal)) type = line[7..];
            if (line.StartsWith("data: ", StringComparison.Ordinal)) return (type, JsonDocument.Parse(line[6..]).RootElement);
        }
        throw new EndOfStreamException();
    }

    public async Task<IReadOnlyList<string>> FatesAsync(int count)
    {
        var fates = new List<string>();
        while (fates.Count < count)
        {
            var (type, json) = await NextAsync();
            type.ShouldBe("fate");
            fates.Add($"{json.GetProperty("position")} {json.GetProperty("fate")}" + (json.TryGetProperty("reason", out var reason) ? $" {reason}" : ""));
        }
        return fates;
    }

    public ValueTask DisposeAsync()
    {
        lines.Dispose();
        response.Dispose();
        return ValueTask.CompletedTask;
    }
}
