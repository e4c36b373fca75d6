using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Weir.Accounting;
using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Journal.Kafka.Topics;
using Weir.Storage;
using Weir.Tests.Journal;
using Weir.Tests.Land.Landing;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Kafka;

/// <summary>A source's journal in a real Kafka, landed: docs/formats/kafka.md.</summary>
public class LandingTests
{
    private static string Now => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");

    private static Message<byte[], byte[]> Message(string value) => new() { Value = System.Text.Encoding.UTF8.GetBytes(value) };

    private static void ShouldHold(AccountReport account, VerifyReport proof)
    {
        account.Problems.ShouldBeEmpty();
        account.AddsUp.ShouldBeTrue();
        proof.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_collector_appended_lands_once_from_all_partitions_and_the_account_is_proven() // K1, K2, K4
    {
        await using var bench = await KafkaBench.StartAsync();
        var (writer, now) = (await bench.OpenWriterAsync(), Now);
        await KafkaBench.AppendAsync(writer, [.. Enumerable.Range(1, 300).Select(i => Of(i, now))]);
        await KafkaBench.AppendAsync(writer, [.. Enumerable.Range(251, 100).Select(i => Of(i, now)), "{"]);
        var result = await bench.LandAsync();
        result.Problems.ShouldBeEmpty();
        (result.Landed, result.Duplicate, result.Quarantined, result.Dropped).ShouldBe((350, 50, 1, 0));
        bench.Land.Count("SELECT count(DISTINCT event_id) FROM lake.events").ShouldBe(350);
        bench.Land.Count("SELECT count(DISTINCT _stream) FROM lake.events").ShouldBe(3);
        bench.Land.Count("SELECT count(*) FROM lake.events WHERE ip = '192.0.2.7' AND abs(epoch(received_at) - epoch(now())) < 600").ShouldBe(350);
        var account = bench.Account();
        (account.Rows.Sum(r => r.Received), account.Rows.Sum(r => r.Waiting)).ShouldBe((401, 0));
        ShouldHold(account, await bench.VerifyAsync());
        (await bench.LandAsync()).Events.ShouldBe(0);
    }

    [Fact]
    public async Task A_lander_ends_while_the_brokers_are_away()
    {
        var server = await KafkaServer.StartOwnAsync();
        var options = server.NewOptions(1);
        await server.MakeTopicAsync(options.TopicOf("web"), 1);
        using var land = new LandFixture();
        using var streams = new KafkaStreams(options, [new SourceTopic(options.TopicOf("web"), "web", IsOwn: true)], new TopicBook(land.LakeFolder, LocalDisk.Instance), TimeProvider.System);
        var group = new KafkaGroup(streams, TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(1));
        while (group.Mine(streams.Open()).Count == 0) await Task.Delay(100);
        await server.RunAsync("kill", "1");
        await Task.Run(group.Dispose).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Landing_begins_where_the_ledger_says_whatever_the_group_has_noted() // K3
    {
        await using var bench = await KafkaBench.StartAsync(1);
        var (writer, now) = (await bench.OpenWriterAsync(), Now);
        await KafkaBench.AppendAsync(writer, [.. Enumerable.Range(1, 10).Select(i => Of(i, now))]);
        using (var tool = bench.OpenStreams().Cluster.OpenConsumer(new Dictionary<string, string>()))
            tool.Commit([new TopicPartitionOffset(bench.Topic, 0, 7)]); // somebody moved the group
        (await bench.LandAsync()).Landed.ShouldBe(10);
        await KafkaBench.AppendAsync(writer, Of(11, now));
        (await bench.LandAsync()).Landed.ShouldBe(1);
        ShouldHold(bench.Account(), await bench.VerifyAsync());
    }

    [Fact]
    public async Task Offsets_of_transactions_without_an_event_are_counted_and_an_open_one_is_waited_for() // K5, K6
    {
        await using var bench = await KafkaBench.StartAsync(1);
        await bench.Server.MakeTopicAsync(bench.Topic, 1);
        var now = Now;
        using (var producer = bench.Server.Producer(new() { ["transactional.id"] = bench.Topic }))
        {
            producer.InitTransactions(TimeSpan.FromSeconds(20));
            producer.BeginTransaction();
            foreach (var i in (int[])[1, 2]) producer.Produce(new TopicPartition(bench.Topic, 0), Message(Of(i, now)));
            producer.CommitTransaction(); // offsets 0, 1, marker 2
            producer.BeginTransaction();
            producer.Produce(new TopicPartition(bench.Topic, 0), Message(Of(3, now)));
            producer.Flush();
            producer.AbortTransaction(); // offset 3, marker 4
            producer.BeginTransaction();
            producer.Produce(new TopicPartition(bench.Topic, 0), Message(Of(4, now))); // offset 5
            producer.Flush();
            var first = await bench.LandAsync();
            first.Problems.ShouldBeEmpty();
            (first.Landed, first.Dropped).ShouldBe((2, 3));
            ShouldHold(bench.Account(), await bench.VerifyAsync());
            producer.CommitTransaction(); // marker 6
        }
        var second = await bench.LandAsync();
        (second.Landed, second.Dropped).ShouldBe((1, 1));
        var account = bench.Account();
        account.Rows.Sum(r => r.Received).ShouldBe(7);
        account.DroppedByReason.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Reason.ShouldBe(DropReasons.NoMessage), d => d.Count.ShouldBe(4));
        ShouldHold(account, await bench.VerifyAsync());
    }

    [Fact]
    public async Task What_retention_took_before_it_landed_is_told_as_lost_to_the_offset() // K7
    {
        await using var bench = await KafkaBench.StartAsync(1);
        var (writer, now) = (await bench.OpenWriterAsync(), Now);
        await KafkaBench.AppendAsync(writer, [.. Enumerable.Range(1, 10).Select(i => Of(i, now))]);
        await bench.Land.LandAsync([.. bench.OpenStreams().Open()]);
        await KafkaBench.AppendAsync(writer, [.. Enumerable.Range(11, 10).Select(i => Of(i, now))]);
        using (var admin = bench.Server.Admin()) await admin.DeleteRecordsAsync([new TopicPartitionOffset(bench.Topic, 0, 17)]);
        var result = await bench.LandAsync();
        (result.Landed, result.Dropped).ShouldBe((3, 7));
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Code.ShouldBe("WEIR5009"), p => p.Message.ShouldContain("Offsets 10-16 of stream"));
        bench.Land.Texts("SELECT dropped_runs FROM lake.ledger WHERE dropped > 0").ShouldBe(["10-16"]);
        var account = bench.Account();
        account.DroppedByReason.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Reason.ShouldBe(DropReasons.Lost), d => d.Count.ShouldBe(7));
        ShouldHold(account, await bench.VerifyAsync()); // 0-9 are gone too, after they landed: no loss
    }

    [Fact]
    public async Task A_topic_that_was_made_anew_is_an_error_and_nothing_of_it_lands() // K8
    {
        await using var bench = await KafkaBench.StartAsync(1);
        var (writer, now) = (await bench.OpenWriterAsync(), Now);
        await KafkaBench.AppendAsync(writer, Of(1, now));
        (await bench.LandAsync()).Landed.ShouldBe(1);
        using (var admin = bench.Server.Admin()) await admin.DeleteTopicsAsync([bench.Topic]);
        await Wait.UntilAsync(() => bench.OpenStreams().Cluster.ReadTopics([bench.Topic])[0].Error == 3);
        (await bench.LandAsync()).Problems.ShouldHaveSingleItem().Code.ShouldBe("WEIR2035");
        await bench.Server.MakeTopicAsync(bench.Topic, 1);
        await KafkaBench.AppendAsync(writer, [Of(2, now), Of(3, now)]); // longer than what had landed
        var result = await bench.LandAsync();
        result.Landed.ShouldBe(0);
        result.Problems.ShouldHaveSingleItem().ShouldSatisfyAllConditions(p => p.Code.ShouldBe("WEIR2034"), p => p.Message.ShouldContain(bench.Topic));
        bench.Account().Problems.ShouldContain(p => p.Contains("WEIR2034"));
        File.Delete(Path.Combine(bench.Land.LakeFolder, "_topics", $"{bench.Topic}.json"));
        (await bench.LandAsync()).Landed.ShouldBe(2);
    }
}
