using System.Net;
using System.Net.Http.Headers;
using Weir.Configuration;
using Weir.Tests.Acceptance;
using static Weir.Tests.Acceptance.Up;

namespace Weir.Tests.Kafka;

public sealed class MoveTests : IDisposable
{
    private static readonly AuthenticationHeaderValue Key = new("Basic", Convert.ToBase64String("shop-web:"u8));
    private readonly TemporaryProject project = new();
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose()
    {
        client.Dispose();
        project.Dispose();
    }

    [Fact]
    public async Task A_journal_moves_to_Kafka_and_back_under_a_running_collector_without_loss_or_doubles()
    {
        var server = await KafkaServer.GetAsync();
        var options = server.NewOptions();
        project.With("weir.yml", $"name: moving\nsources:\n  web: {{write_keys: [shop-web]}}\njournal:\n  kafka: {{brokers: \"{server.Brokers}\", topic_prefix: {options.TopicPrefix}, partitions: 3, group: {options.Group}}}\nlake: {{commit_interval: 500ms}}\n");
        var collect = FreePort();
        using var up = WeirProcess.Start(null, "up", "--roles", "collect,land", "--collect-port", $"{collect}", "--project", project.Folder);
        await Eventually(async () => (await client.GetAsync($"http://127.0.0.1:{collect}/health")).StatusCode == HttpStatusCode.OK, up);
        var sent = 0;
        async Task SendAsync(int count)
        {
            for (var i = 0; i < count; i++, sent++)
                await Eventually(async () => (await Post(client, $"http://127.0.0.1:{collect}/v1/events", $$"""{"event_id":"e{{sent}}","event":"Page Viewed","user_id":"u"}""", Key)).Status == 200, up);
        }

        await SendAsync(20);
        foreach (var place in (string[])["kafka", "files"])
        {
            using var move = WeirProcess.Start(null, "journal", "move", "--to", place, "--project", project.Folder);
            while (!move.HasExited) await SendAsync(5); // clients go on meanwhile; what is not taken they send again
            var moved = (await move.WaitAsync(TimeSpan.FromMinutes(4))).ShouldSucceed();
            moved.Error.ShouldContain("The running collector appends there");
            moved.Error.ShouldContain("The journal before has landed to its end");
            await SendAsync(20);
        }
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed();
        (await project.RunAsync("account", "--verify")).ShouldSucceed();
        (await project.QueryAsync("select count(distinct event_id), count(*), count(distinct _stream) > 3 from lake.events")).ShouldBe($"{sent},{sent},true");
        up.Terminate();
        (await up.WaitAsync(TimeSpan.FromSeconds(40))).ExitCode.ShouldBe(0, up.Error);
    }

    [Fact]
    public async Task More_partitions_are_topics_to_which_the_journal_moves()
    {
        var server = await KafkaServer.GetAsync();
        var options = server.NewOptions();
        void Configure(string prefix, int partitions) => project.With("weir.yml", $"name: growing\nsources:\n  web: {{write_keys: [shop-web]}}\njournal:\n  type: kafka\n  kafka: {{brokers: \"{server.Brokers}\", topic_prefix: {prefix}, partitions: {partitions}, group: {options.Group}}}\n");
        var sent = 0;
        async Task SendAsync(int count)
        {
            var collect = FreePort();
            using var up = WeirProcess.Start(null, "up", "--roles", "collect", "--collect-port", $"{collect}", "--project", project.Folder);
            for (var i = 0; i < count; i++, sent++)
                await Eventually(async () => (await Post(client, $"http://127.0.0.1:{collect}/v1/events", $$"""{"event_id":"e{{sent}}","event":"Page Viewed","user_id":"u"}""", Key)).Status == 200, up);
            up.Terminate();
            (await up.WaitAsync(TimeSpan.FromSeconds(40))).ExitCode.ShouldBe(0, up.Error);
        }

        Configure(options.TopicPrefix, 2);
        await SendAsync(10);
        (await project.RunAsync("land")).ShouldSucceed();
        await SendAsync(20);
        Configure($"{options.TopicPrefix}more.", 5);
        var moved = (await project.RunAsync("journal", "move", "--to", "kafka")).ShouldSucceed();
        moved.Error.ShouldContain("The journal before has landed to its end: 30 events in 2 streams");
        (await project.QueryAsync("select count(distinct event_id), count(*), count(distinct _stream) from lake.events")).ShouldBe("30,30,2");
        await SendAsync(60);
        (await project.RunAsync("land")).ShouldSucceed();
        (await project.QueryAsync("select count(distinct event_id), count(*), count(distinct _stream) from lake.events")).ShouldBe("90,90,7");
        (await project.RunAsync("account", "--verify")).ShouldSucceed();
    }

    [Theory]
    [InlineData("journal:\n  type: files # here\n  kafka: {}\n", "journal:\n  type: kafka # here\n  kafka: {}\n")]
    [InlineData("journal:\n  # why\n  kafka: {}\n", "journal:\n  # why\n  type: kafka\n  kafka: {}\n")]
    [InlineData("journal: {kafka: {}}\n", "journal: {type: kafka, kafka: {}}\n")]
    [InlineData("journal: {type: files}\nenvironments: {local: {journal: {type: files}}}\n", "journal: {type: files}\nenvironments: {local: {journal: {type: kafka}}}\n")]
    [InlineData("name: x\n", null)] // WEIR1061
    public void Only_the_type_is_changed_in_the_file(string before, string? after) => JournalType.Replace(before, "local", "kafka").ShouldBe(after);

    [Fact] // WEIR1060; WEIR1062 needs a supervisor that hangs
    public async Task Without_a_cluster_nothing_is_changed()
    {
        project.With("weir.yml", "name: x\nsources: {web: {write_keys: [k]}}\n");
        var moved = await project.RunAsync("journal", "move", "--to", "kafka");
        (moved.ExitCode != 0, moved.Error.Contains("WEIR1060")).ShouldBe((true, true), moved.Error);
    }
}
