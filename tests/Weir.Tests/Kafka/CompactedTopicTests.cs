using System.Text;
using Confluent.Kafka;
using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Journal.Kafka.Topics;
using Weir.Sources;
using Weir.Tests.Journal;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Kafka;

/// <summary>A topic from which the broker itself takes what has a newer message under its key, out of the middle.</summary>
public class CompactedTopicTests
{
    private const string Name = "theirs";

    [Fact]
    public async Task Offsets_that_compaction_took_are_no_loss_before_they_landed_or_after() // K2, K4, K6
    {
        await using var bench = await KafkaBench.StartAsync(1);
        var topic = $"compacted.{bench.Options.TopicPrefix}{Name}";
        bench.Land.Sources.Add(new SourceDefinition { Name = Name, TimeZone = "UTC", Topic = new TopicDefinition(topic, MessageFormat.Json, new Dictionary<string, string>(), new Dictionary<string, string>()) });
        bench.Foreign.Add(new SourceTopic(topic, Name, IsOwn: false));
        await bench.Server.MakeTopicAsync(topic, 1, new() { ["cleanup.policy"] = "compact", ["min.cleanable.dirty.ratio"] = "0", ["segment.ms"] = "100", ["min.compaction.lag.ms"] = "0" });
        var now = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");
        using var producer = bench.Server.Producer();
        void Write(string key, int id) => producer.Produce(new TopicPartition(topic, 0), new() { Key = Encoding.UTF8.GetBytes(key), Value = Encoding.UTF8.GetBytes(Of(id, now)) });

        // 0: a; 1-50: k1-k50, and again 51-100; then one more, in a segment of its own: the newest segment is not compacted.
        Write("a", 0);
        for (var i = 1; i <= 100; i++) Write($"k{(i - 1) % 50}", i);
        producer.Flush();
        await CompactedAsync(bench, topic, producer, 101, 1);

        var result = await bench.LandAsync();
        result.Problems.ShouldBeEmpty();
        var more = result.Landed - 51;
        (result.Landed, result.Dropped).ShouldBe((51 + more, 50));
        more.ShouldBeGreaterThan(0);
        bench.Land.Texts("SELECT dropped_runs FROM lake.ledger WHERE dropped > 0").ShouldBe(["1-50"]);
        bench.Account().DroppedByReason.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Reason.ShouldBe(DropReasons.NoMessage), d => d.Count.ShouldBe(50));
        await ShouldHoldAsync(bench);

        // What has landed goes too: 51-100 have newer messages now.
        for (var i = 0; i < 50; i++) Write($"k{i}", 2000 + i);
        producer.Flush();
        (await bench.LandAsync()).Landed.ShouldBe(50);
        await CompactedAsync(bench, topic, producer, 3000, 51);
        (await bench.LandAsync()).Problems.ShouldBeEmpty();
        bench.Account().DroppedByReason.ShouldHaveSingleItem().Count.ShouldBe(50);
        await ShouldHoldAsync(bench);
    }

    /// <summary>Writes single messages, each of which may begin a segment, until an offset is gone.</summary>
    private static async Task CompactedAsync(KafkaBench bench, string topic, IProducer<byte[], byte[]> producer, int id, long offset)
    {
        using var streams = new KafkaStreams(bench.Options, [new SourceTopic(topic, Name, IsOwn: false)], new TopicBook(Path.Combine(bench.Land.Data, "looks"), Weir.Storage.LocalDisk.Instance), TimeProvider.System);
        var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");
        await Wait.UntilAsync(async () =>
        {
            await producer.ProduceAsync(new TopicPartition(topic, 0), new() { Key = Encoding.UTF8.GetBytes($"more{id}"), Value = Encoding.UTF8.GetBytes(Of(id++, time)) });
            await foreach (var frame in streams.Open()[0].ReadAsync(offset, CancellationToken.None)) return frame.Dropped == DropReasons.NoMessage;
            return false;
        });
    }

    private static async Task ShouldHoldAsync(KafkaBench bench)
    {
        bench.Account().AddsUp.ShouldBeTrue();
        bench.Account().Problems.ShouldBeEmpty();
        (await bench.VerifyAsync()).Faults.ShouldBeEmpty();
    }
}
