using System.Diagnostics;
using System.Globalization;
using Confluent.Kafka;
using Weir.Events;
using Weir.Journal;
using Weir.Journal.Kafka;
using Weir.Journal.Kafka.Topics;
using Weir.Storage;

namespace Weir.Bench.Land;

/// <summary>The journal in Kafka: the same events as in a folder's journal, in the same order.</summary>
internal sealed class KafkaRun(string brokers, string prefix, IReadOnlyDictionary<string, string> settings)
{
    private const string Source = "web";

    /// <summary>Appends what a folder's journal has, in its requests, by what a collector appends with.</summary>
    public async Task ProduceAsync(string folder, string name, int partitions)
    {
        await using var writer = new KafkaJournalWriter(Options(name) with { Partitions = partitions }, new Dictionary<string, IReadOnlyList<string>> { [Source] = [] }, null, TimeProvider.System);
        await writer.PrepareAsync();
        var data = Path.Combine(folder, name);
        foreach (var stream in JournalReader.OpenAll(data, LocalDisk.Instance, new KeyStore(LocalDisk.Instance, Path.Combine(data, "keys"))))
            await foreach (var frame in stream.ReadAsync(0, CancellationToken.None)) await writer.AppendAsync(Source, frame.Dialect, frame.Envelope, frame.Events, CancellationToken.None);
    }

    /// <summary>Appends made events that have not landed, numbers from the second argument on, after each third one of those that have, from 0 on. How many were sent, and how many of them for the first time.</summary>
    public async Task<(long Sent, long New)> ProduceMadeAsync(MadeStream made, long landed, long from, long to, int partitions)
    {
        await using var writer = new KafkaJournalWriter(Options("") with { Partitions = partitions }, new Dictionary<string, IReadOnlyList<string>> { [Source] = [] }, null, TimeProvider.System);
        await writer.PrepareAsync();
        var batch = new List<ReadOnlyMemory<byte>>();
        long sent = 0;
        for (var number = from; number < to; number++)
        {
            batch.Add(made.EventOf(number));
            if (number % 3 == 0) batch.Add(made.EventOf(MadeStream.Original((long)((ulong)number * 7919 % (ulong)landed))));
            if (batch.Count < 500 && number < to - 1) continue;
            await writer.AppendAsync(Source, Dialects.Weir, "{}"u8.ToArray(), batch, CancellationToken.None);
            sent += batch.Count;
            batch.Clear();
        }
        return (sent, to - from);
    }

    /// <summary>The streams of a topic.</summary>
    public KafkaStreams Open(string name, string lakeFolder) =>
        new(Options(name), [new SourceTopic(Options(name).TopicOf(Source), Source, IsOwn: true)], new TopicBook(lakeFolder, LocalDisk.Instance), TimeProvider.System);

    /// <summary>Reads as landing does, and does nothing with it.</summary>
    public async Task<(TimeSpan, TimeSpan, long, string)> ReadAsync(string name, string lakeFolder)
    {
        using var streams = Open(name, lakeFolder);
        var opened = streams.Open();
        long events = 0, bytes = 0;
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        foreach (var stream in opened)
        {
            await foreach (var frame in stream.ReadAsync(0, CancellationToken.None))
            {
                events += frame.Events.Count;
                foreach (var text in frame.Events) bytes += text.Length;
                frame.Memory?.Return();
            }
        }
        return (watch.Elapsed, Environment.CpuUsage.TotalTime - before, events, $"bytes={bytes}");
    }

    /// <summary>Reads with nothing but the client: its own loop, with the same settings.</summary>
    public (TimeSpan, TimeSpan, long, string) Consume(string name, string lakeFolder)
    {
        var all = new Dictionary<string, string>(settings)
        {
            ["bootstrap.servers"] = brokers, ["group.id"] = "bare", ["enable.auto.commit"] = "false", ["enable.auto.offset.store"] = "false", ["enable.partition.eof"] = "true", ["auto.offset.reset"] = "earliest",
            ["isolation.level"] = "read_committed", ["check.crcs"] = "true",
        };
        using var streams = Open(name, lakeFolder);
        var opened = streams.Open();
        opened[0].ReadHead(); // the library is found by now
        var (topic, left) = (Options(name).TopicOf(Source), opened.Count);
        using var consumer = new ConsumerBuilder<byte[], byte[]>(all).Build();
        long events = 0, bytes = 0;
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        consumer.Assign(Enumerable.Range(0, left).Select(p => new TopicPartitionOffset(topic, p, Offset.Beginning)));
        while (left > 0)
        {
            var message = consumer.Consume(TimeSpan.FromSeconds(10));
            if (message.IsPartitionEOF)
            {
                left--;
                continue;
            }
            events++;
            bytes += message.Message.Value.Length;
        }
        return (watch.Elapsed, Environment.CpuUsage.TotalTime - before, events, string.Create(CultureInfo.InvariantCulture, $"bytes={bytes}"));
    }

    private KafkaOptions Options(string name) => new(brokers) { TopicPrefix = $"{prefix}{name}.", Settings = settings };
}
