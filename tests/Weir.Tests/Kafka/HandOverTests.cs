using Weir.Journal.Kafka;
using Weir.Tests.Acceptance;
using static Weir.Tests.Acceptance.Up;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Kafka;

/// <summary>A lander that dies is replaced by a process that was never there before. <c>bench/kafka-handover</c> does it with ten million ids.</summary>
public sealed class HandOverTests : IDisposable
{
    private readonly TemporaryProject project = new();

    public void Dispose() => project.Dispose();

    private string[] On(string machine) => ["--project", project.Folder, "--data", project[machine]];

    [Fact]
    public async Task One_that_knows_no_ids_takes_the_place_of_one_that_was_killed_and_finds_the_copies_of_what_that_one_landed() // K3, K9, K10
    {
        var server = await KafkaServer.GetAsync();
        var options = server.NewOptions(2);
        project.With("weir.yml", $$"""
            name: handover
            sources:
              web: {write_keys: [shop-web], time_zone: UTC}
            journal:
              type: kafka
              kafka: {brokers: "{{server.Brokers}}", topic_prefix: {{options.TopicPrefix}}, partitions: 2, group: {{options.Group}} }
            lake: {folder: shared/lake, keys: shared/keys, commit_interval: 300ms}
            roles: {lease: 3s}
            """);
        await using var writer = new KafkaJournalWriter(options, new Dictionary<string, IReadOnlyList<string>> { ["web"] = [] }, null, TimeProvider.System);
        await writer.PrepareAsync();
        var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");
        Task SendAsync(int first, int count) => KafkaBench.AppendAsync(writer, [.. Enumerable.Range(first, count).Select(i => Of(i, time))]);
        Task LandedAsync(WeirProcess by) => Eventually(async () => (await WeirProcess.RunAsync(["lag", "--format", "csv", .. On("asker")])) is { ExitCode: 0 } lag && lag.Output.Contains("web,0,0"), by);

        using var first = WeirProcess.Start(null, ["role", "land", .. On("first")]);
        await SendAsync(1, 1000);
        await LandedAsync(first);
        await SendAsync(1001, 500);
        await SendAsync(1, 500);
        first.Kill();
        using var second = WeirProcess.Start(null, ["role", "land", .. On("second")]);
        await SendAsync(501, 1500);
        await LandedAsync(second);

        // 3,500 were sent, of 2,000 ids.
        (await WeirProcess.RunAsync(["account", "--format", "csv", .. On("asker")])).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldContain("web,3500,2000,1500,0,0,0,0\n");
        (await WeirProcess.RunAsync(["account", "--verify", .. On("asker")])).ShouldSucceed();
        second.Terminate();
        (await second.WaitAsync(TimeSpan.FromSeconds(40))).ExitCode.ShouldBe(0, second.Error);
    }
}
