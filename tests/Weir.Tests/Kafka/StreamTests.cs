using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Weir.Events;
using Weir.Land;
using Weir.Storage;
using Weir.Tests.Journal;
using Weir.Tests.Land;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Kafka;

/// <summary>A partition as a stream, several landers, and what cannot be read.</summary>
public class StreamTests
{
    private static string Now => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");

    [Fact]
    public async Task What_lies_beyond_the_end_is_not_given() // WEIR2038
    {
        await using var bench = await KafkaBench.StartAsync(1);
        await KafkaBench.AppendAsync(await bench.OpenWriterAsync(), Of(1, Now));
        var stream = bench.OpenStreams().Open()[0];
        (await Should.ThrowAsync<WeirException>(async () => await stream.ReadAsync(5, CancellationToken.None).ToListAsync())).Code.ShouldBe("WEIR2038");
        (await stream.ReadAsync(1, CancellationToken.None).ToListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_damaged_note_of_a_topic_stops_Kafka_alone() // WEIR2041
    {
        await using var bench = await KafkaBench.StartAsync(1);
        await KafkaBench.AppendAsync(await bench.OpenWriterAsync(), Of(1, Now));
        await bench.LandAsync();
        await File.WriteAllTextAsync(Path.Combine(bench.Land.LakeFolder, "_topics", $"{bench.Topic}.json"), "{");
        Should.Throw<WeirException>(() => bench.OpenStreams().Open()).Code.ShouldBe("WEIR2041");
    }

    [Fact]
    public async Task A_topic_that_may_not_be_read_waits_and_is_told() // WEIR2037
    {
        await using var bench = await KafkaBench.StartAsync(1);
        await KafkaBench.AppendAsync(await bench.OpenWriterAsync(), Of(1, Now));
        using (var admin = bench.Server.Admin())
            await admin.CreateAclsAsync([new AclBinding
            {
                Pattern = new() { Type = ResourceType.Topic, Name = bench.Topic, ResourcePatternType = ResourcePatternType.Literal },
                Entry = new() { Principal = "User:guest", Host = "*", Operation = AclOperation.Read, PermissionType = AclPermissionType.Deny },
            }, new AclBinding
            {
                Pattern = new() { Type = ResourceType.Topic, Name = bench.Topic, ResourcePatternType = ResourcePatternType.Literal },
                Entry = new() { Principal = "User:guest", Host = "*", Operation = AclOperation.Describe, PermissionType = AclPermissionType.Allow },
            }]);
        bench.Options = new Weir.Journal.Kafka.KafkaOptions(bench.Server.Sasl)
        {
            TopicPrefix = bench.Options.TopicPrefix, Group = bench.Options.Group,
            Settings = new Dictionary<string, string> { ["security.protocol"] = "sasl_plaintext", ["sasl.mechanism"] = "PLAIN", ["sasl.username"] = "guest", ["sasl.password"] = "guest-secret" },
        };
        var result = await bench.LandAsync();
        result.Landed.ShouldBe(0);
        result.Problems.ShouldHaveSingleItem().Code.ShouldBe("WEIR2037");
    }

    [Fact]
    public async Task Of_two_landers_of_one_partition_the_second_to_commit_throws_its_work_away() // K9
    {
        await using var bench = await KafkaBench.StartAsync(1);
        await KafkaBench.AppendAsync(await bench.OpenWriterAsync(), [.. Enumerable.Range(1, 100).Select(i => Of(i, Now))]);
        using var other = new TemporaryFolder();
        // The second lands all of it while the first has decided its round and is about to commit.
        var slow = new OnceBetween(bench.OpenStreams().Open()[0], () => bench.Land.LandAsync(bench.OpenStreams().Open(), null, other.Path));
        var result = await bench.Land.LandAsync(slow);
        (result.Landed, result.Duplicate).ShouldBe((0, 0));
        bench.Land.Count("SELECT count(*) FROM lake.events").ShouldBe(100);
        bench.Account().AddsUp.ShouldBeTrue();
    }

    [Fact]
    public async Task A_round_that_was_overtaken_stands_if_none_of_its_ids_was_landed() // K10
    {
        await using var bench = await KafkaBench.StartAsync(2);
        await bench.Server.MakeTopicAsync(bench.Topic, 2);
        using (var producer = bench.Server.Producer())
        {
            for (var i = 1; i <= 100; i++) producer.Produce(new TopicPartition(bench.Topic, i % 2), new() { Value = System.Text.Encoding.UTF8.GetBytes(Of(i, Now)) });
            producer.Flush();
        }
        using var other = new TemporaryFolder();
        var first = new Land.Landing.MemoryEventStream("0", "mobile");
        first.Append(TimeProvider.System.GetUtcNow(), Of(1000, Now));
        await bench.Land.LandAsync(first); // an empty lake is nobody's, and its first lander reads all
        var streams = bench.OpenStreams().Open();
        var read = 0;
        var slow = new OnceBetween(streams[0], () => bench.Land.LandAsync([bench.OpenStreams().Open()[1]], null, other.Path), () => read++);
        (await bench.Land.LandAsync(slow)).Landed.ShouldBe(50);
        read.ShouldBe(1); // it was not read again
        bench.Land.Count("SELECT count(DISTINCT event_id) FROM lake.events WHERE source = 'web'").ShouldBe(100);
    }

    [Fact]
    public async Task Copies_in_other_partitions_landed_meanwhile_by_others_are_duplicates() // K10
    {
        await using var bench = await KafkaBench.StartAsync(2);
        await bench.Server.MakeTopicAsync(bench.Topic, 2);
        var time = Now;
        using (var producer = bench.Server.Producer())
        {
            foreach (var partition in (int[])[0, 1])
                for (var i = 1; i <= 50; i++) producer.Produce(new TopicPartition(bench.Topic, partition), new() { Value = System.Text.Encoding.UTF8.GetBytes(Of(partition == 0 ? i : i + 20, time)) });
            producer.Flush();
        }
        using var other = new TemporaryFolder();
        var slow = new OnceBetween(bench.OpenStreams().Open()[0], () => bench.Land.LandAsync([bench.OpenStreams().Open()[1]], null, other.Path));
        var result = await bench.Land.LandAsync(slow);
        (result.Landed, result.Duplicate).ShouldBe((20, 30));
        bench.Land.Count("SELECT count(*) FROM lake.events").ShouldBe(70);
        bench.Account().AddsUp.ShouldBeTrue();
        (await bench.VerifyAsync()).Faults.ShouldBeEmpty();
    }
}
