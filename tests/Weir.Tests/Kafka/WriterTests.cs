using System.Text;
using Confluent.Kafka;
using Weir.Events;
using Weir.Journal;
using Weir.Journal.Kafka;
using Weir.Journal.Kafka.Producing;
using Weir.Storage;
using Weir.Tests.Journal;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Kafka;

/// <summary>The collector's side: what is taken, and what is refused and why.</summary>
public class WriterTests
{
    private static string Now => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");

    private static async Task<WeirException> RefusedAsync(Func<Task> append) => await Should.ThrowAsync<WeirException>(append);

    [Theory]
    [InlineData("123456789", 12, 3)] // CRC-32C of this is 0xE3069283 (RFC 3720, B.4)
    [InlineData("123456789", 7, 2)]
    [InlineData("", 12, 0)]
    public void The_partition_is_the_checksum_of_the_key(string key, int partitions, int expected) => // K1
        Weir.Journal.Kafka.Partitioner.Of(Encoding.UTF8.GetBytes(key), partitions).ShouldBe(expected);

    [Theory]
    [InlineData(Dialects.Weir, """{"event":"a","event_id":"ID-1"}""", "", "ID-1")]
    [InlineData(Dialects.Weir, """{"event_id":"0F8FAD5B-D9CB-469F-A165-70867728950E"}""", "", "0f8fad5b-d9cb-469f-a165-70867728950e")]
    [InlineData(Dialects.Segment, """{"nested":{"messageId":"x"},"messageId":"m1"}""", "", "m1")]
    [InlineData(Dialects.Weir, """{"order":7,"line":"b"}""", "order,line", "7\nb\n")]
    [InlineData(Dialects.Weir, """{"event":"a"}""", "", """{"event":"a"}""")]
    [InlineData(Dialects.Weir, "{", "", "{")]
    public void The_key_is_the_id_as_sent_or_the_event_itself(string dialect, string text, string declared, string expected) =>
        Encoding.UTF8.GetString(EventKey.Of(dialect, Encoding.UTF8.GetBytes(text), declared.Split(',', StringSplitOptions.RemoveEmptyEntries))).ShouldBe(expected);

    [Fact]
    public async Task Messages_are_as_the_format_says() // K1
    {
        await using var bench = await KafkaBench.StartAsync(1);
        var text = Of(1, Now);
        await KafkaBench.AppendAsync(await bench.OpenWriterAsync(), text);
        using var reader = bench.OpenStreams().Cluster.OpenConsumer(new Dictionary<string, string>());
        reader.Assign(new TopicPartitionOffset(bench.Topic, 0, 0));
        var message = reader.Consume(TimeSpan.FromSeconds(10)).Message;
        Encoding.UTF8.GetString(message.Value).ShouldBe(text);
        Encoding.UTF8.GetString(message.Key).ShouldBe($"{Id(1)}");
        message.Headers.Select(h => $"{h.Key}={Encoding.UTF8.GetString(h.GetValueBytes())}").ShouldBe(["weir-format=1", "weir-dialect=weir", "weir-envelope={\"ip\":\"192.0.2.7\"}"]);
    }

    [Fact]
    public async Task An_event_that_is_too_large_refuses_its_batch_for_good() // WEIR2036
    {
        await using var bench = await KafkaBench.StartAsync(1);
        bench.Options = bench.Options with { MaxMessageBytes = 5_000 };
        var writer = await bench.OpenWriterAsync();
        (await RefusedAsync(() => KafkaBench.AppendAsync(writer, Of(1, Now), new string('x', 5_000)))).Code.ShouldBe("WEIR2036");
        (await bench.LandAsync()).Events.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_broker_refuses_is_told_with_its_reason() // WEIR2033
    {
        await using var bench = await KafkaBench.StartAsync(1);
        await bench.Server.MakeTopicAsync(bench.Topic, 1, new() { ["max.message.bytes"] = "2000" });
        var writer = await bench.OpenWriterAsync();
        var random = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4_000)); // does not compress below it
        (await RefusedAsync(() => KafkaBench.AppendAsync(writer, Of(1, Now, extra: $",\"p\":\"{random}\"")))).ShouldSatisfyAllConditions(e => e.Code.ShouldBe("WEIR2033"), e => e.Message.ShouldContain("too large"));
        await KafkaBench.AppendAsync(writer, Of(2, Now)); // others go on at once
    }

    [Fact]
    public async Task While_nobody_answers_batches_are_refused_and_only_one_in_a_while_waits() // WEIR2031
    {
        KafkaBench bench;
        await using (bench = await KafkaBench.StartAsync(1))
        {
            bench.Options = new KafkaOptions("127.0.0.1:1") { AnswerWithin = TimeSpan.FromSeconds(1) };
            await using var writer = new KafkaJournalWriter(bench.Options, new Dictionary<string, IReadOnlyList<string>> { ["web"] = [] }, null, TimeProvider.System);
            (await RefusedAsync(writer.PrepareAsync)).Code.ShouldBe("WEIR2031");
            for (var i = 0; i < 3; i++) (await RefusedAsync(() => KafkaBench.AppendAsync(writer, Of(1, Now)))).Code.ShouldBe("WEIR2031");
            writer.IsFull.ShouldBeTrue();
            using var streams = bench.OpenStreams();
            streams.Open().ShouldHaveSingleItem().ReadHeadFails().ShouldBe("WEIR2031");
        }
    }

    [Fact]
    public async Task What_waits_for_a_broker_that_is_held_is_bounded_goes_to_the_spill_and_lands_from_there() // K11
    {
        var server = await KafkaServer.StartOwnAsync();
        using var land = new Land.Landing.LandFixture();
        var options = server.NewOptions(1) with { AnswerWithin = TimeSpan.FromSeconds(2), QueueBytes = 1_000 };
        await using var files = await JournalWriter.OpenAsync(new JournalOptions(land.Data), LocalDisk.Instance, TimeProvider.System);
        var sources = new Dictionary<string, IReadOnlyList<string>> { ["web"] = [] };
        await using (var plain = new KafkaJournalWriter(options, sources, null, TimeProvider.System))
        await using (var spilling = new KafkaJournalWriter(options, sources, files, TimeProvider.System))
        {
            await plain.PrepareAsync();
            await KafkaBench.AppendAsync(plain, Of(1, Now));
            await KafkaBench.AppendAsync(spilling, Of(2, Now));
            await server.RunAsync("pause", "1");
            var waiting = KafkaBench.AppendAsync(plain, [.. Enumerable.Range(3, 5).Select(i => Of(i, Now))]);
            var busy = await RefusedAsync(() => KafkaBench.AppendAsync(plain, [.. Enumerable.Range(3, 5).Select(i => Of(i, Now))]));
            busy.Code.ShouldBe("WEIR2032");
            await KafkaBench.AppendAsync(spilling, Of(10, Now), Of(11, Now));
            spilling.IsFull.ShouldBeFalse();
            (await RefusedAsync(() => waiting)).Code.ShouldBe("WEIR2031");
            await server.RunAsync("continue", "1");
            await Wait.UntilAsync(async () =>
            {
                try
                {
                    await KafkaBench.AppendAsync(plain, Of(20, Now)); // it goes on by itself
                    return true;
                }
                catch (WeirException)
                {
                    return false;
                }
            });
        }
        using var streams = new KafkaStreams(options, [new SourceTopic(options.TopicOf("web"), "web", true)], new(land.LakeFolder, LocalDisk.Instance), TimeProvider.System);
        var all = streams.Open().Concat(JournalReader.OpenAll(land.Data, LocalDisk.Instance, land.Keys)).ToList();
        (await land.LandAsync(all)).Problems.ShouldBeEmpty();
        var landed = land.Texts("SELECT event_id::VARCHAR FROM lake.events");
        landed.ShouldBeUnique();
        foreach (var acknowledged in (int[])[1, 2, 10, 11, 20]) landed.ShouldContain($"{Id(acknowledged)}");
        land.Count("SELECT sum(received)::BIGINT FROM lake.ledger WHERE stream NOT LIKE '%/0'").ShouldBe(2); // the spill's stream
    }

    [Fact]
    public void A_setting_that_librdkafka_does_not_know_is_named() // WEIR2039
    {
        var options = new KafkaOptions("127.0.0.1:1") { Settings = new Dictionary<string, string> { ["linger.mss"] = "1" } };
        Should.Throw<WeirException>(() => new KafkaJournalWriter(options, new Dictionary<string, IReadOnlyList<string>>(), null, TimeProvider.System))
            .ShouldSatisfyAllConditions(e => e.Code.ShouldBe("WEIR2039"), e => e.Message.ShouldContain("linger.mss"));
    }

    [Fact]
    public void Without_the_library_it_is_said_how_to_get_it() => // WEIR2030
        KafkaErrors.NoLibrary(new DllNotFoundException("librdkafka.so.1")).ShouldSatisfyAllConditions(e => e.Code.ShouldBe("WEIR2030"), e => e.Message.ShouldContain("apt-get install librdkafka1"));
}
