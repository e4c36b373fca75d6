using System.Net;
using System.Net.Http.Headers;
using Weir.Tests.Acceptance;
using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Kafka;

/// <summary>The roles on different machines, which share a Kafka, a lake and its keys: here data folders of their own.</summary>
public sealed class MachinesTests : IDisposable
{
    private static readonly AuthenticationHeaderValue Key = new("Basic", Convert.ToBase64String("shop-web:"u8));
    private readonly TemporaryProject project = new();
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose()
    {
        client.Dispose();
        project.Dispose();
    }

    private string[] On(string machine) => ["--project", project.Folder, "--data", project[machine]];

    [Fact]
    public async Task Landers_share_partitions_and_hand_them_over_and_everything_is_landed_once()
    {
        var server = await KafkaServer.GetAsync();
        var options = server.NewOptions();
        project.With("dbt_project.yml", "name: small\nmodel-paths: [models]\n").With("models/none.sql", "select 1 as one").With("weir.yml", $$"""
            name: machines
            sources:
              web: {write_keys: [shop-web]}
            journal:
              type: kafka
              kafka: {brokers: "${BROKERS}", topic_prefix: {{options.TopicPrefix}}, partitions: 6, group: {{options.Group}}, settings: {"statistics.interval.ms": 0} }
            lake: {folder: shared/lake, keys: shared/keys, commit_interval: 500ms}
            roles: {lease: 6s}
            """.Replace("${BROKERS}", server.Brokers));
        var (collect, studio) = (FreePort(), FreePort());
        using var front = WeirProcess.Start(null, ["up", "--roles", "collect,serve", "--collect-port", $"{collect}", "--port", $"{studio}", .. On("front")]);
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{collect}/health")).StatusCode == HttpStatusCode.OK, front);
        var health = FreePort();
        using var first = WeirProcess.Start(null, ["up", "--roles", "land", "--land-port", $"{health}", .. On("first")]);
        using var second = WeirProcess.Start(null, ["up", "--roles", "land", .. On("second")]);
        var sent = 0;
        async Task SendAsync(int count)
        {
            var events = string.Join(',', Enumerable.Range(sent, count).Select(i => $$"""{"event_id":"e{{i}}","event":"Page Viewed","user_id":"u"}"""));
            (await Post(client, $"http://127.0.0.1:{collect}/v1/events", $"[{events}]", Key)).Status.ShouldBe(200);
            sent += count;
        }

        Task LandedAsync(WeirProcess of) => Eventually(async () => (await WeirProcess.RunAsync(["lag", "--format", "csv", .. On("front")])) is { ExitCode: 0 } lag && lag.Output.Contains("web,0,0"), of);

        await SendAsync(500);
        await LandedAsync(first);
        (await client.GetStringAsync($"http://127.0.0.1:{health}/health")).ShouldBe("""{"status":"ok","why":null}""");
        first.Terminate(); // hands its partitions over
        await SendAsync(500);
        (await first.WaitAsync(TimeSpan.FromSeconds(40))).ExitCode.ShouldBe(0);
        await SendAsync(500);
        await LandedAsync(second);
        (await WeirProcess.RunAsync(["account", "--format", "csv", .. On("front")])).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldContain("web,1500,1500,0,0,0,0,0\n");
        (await WeirProcess.RunAsync(["account", "--verify", .. On("second")])).ShouldSucceed();
        var metrics = await client.GetStringAsync($"http://127.0.0.1:{studio}/metrics");
        metrics.ShouldContain($"weir_lag_events{{source=\"web\",stream=\"{options.TopicOf("web")}/5\"}} 0");
        metrics.ShouldContain("# TYPE weir_lag_seconds gauge");
        (await WeirProcess.RunAsync(["doctor", .. On("front")])).Error.ShouldContain("Kafka's topics: 1 topics, 6 partitions");
        foreach (var up in new[] { second, front })
        {
            up.Terminate();
            (await up.WaitAsync(TimeSpan.FromSeconds(40))).ExitCode.ShouldBe(0, up.Error);
        }
        File.Exists(Path.Combine(project["front"], "lake")).ShouldBeFalse();
    }
}
