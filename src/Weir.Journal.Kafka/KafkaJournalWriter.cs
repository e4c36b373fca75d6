using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Weir.Journal.Kafka.Producing;

namespace Weir.Journal.Kafka;

/// <summary>
/// The journal in Kafka, for a collector: an event is a message, and a batch is taken once the brokers that must have each of them have it. While they do not answer a batch goes to the spill, a journal in files that is landed
/// as a stream of its own; without one it is refused.
/// </summary>
public sealed class KafkaJournalWriter : IJournalAppender, IAsyncDisposable
{
    private const int MessageOverhead = 128;
    private readonly KafkaCluster cluster;
    private readonly IJournalAppender? spill;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> ids;
    private readonly ConcurrentDictionary<string, int> partitions = new(StringComparer.Ordinal);
    private readonly BrokerWatch watch;
    private readonly Lock gate = new();
    private readonly ConcurrentBag<IProducer<byte[], byte[]>> failed = [];
    private IProducer<byte[], byte[]> producer;
    private long waiting;

    /// <param name="options">The cluster.</param>
    /// <param name="sources">The sources that are collected, each with the members it declares as its id.</param>
    /// <param name="spill">Takes what the brokers do not; null: nothing does.</param>
    /// <param name="time">The clock of receive times.</param>
    /// <exception cref="WeirException">WEIR2030, WEIR2039.</exception>
    public KafkaJournalWriter(KafkaOptions options, IReadOnlyDictionary<string, IReadOnlyList<string>> sources, IJournalAppender? spill, TimeProvider time)
    {
        (cluster, ids, this.spill) = (new KafkaCluster(options, time), sources, spill);
        watch = new BrokerWatch(time);
        producer = Open();
    }

    /// <summary>Bytes of events that wait for the brokers' answer.</summary>
    public long WaitingBytes => Interlocked.Read(ref waiting);

    /// <inheritdoc/>
    public bool IsFull => watch.IsAway && (spill is null || spill.IsFull);

    /// <summary>Makes the topics of all sources that are not there, with the number of partitions that they keep.</summary>
    /// <exception cref="WeirException">WEIR2031: the cluster does not answer. WEIR2035: a topic cannot be made.</exception>
    public Task PrepareAsync() => TopicMaker.MakeAsync(cluster, [.. ids.Keys]);

    /// <inheritdoc/>
    public async Task AppendAsync(string source, string dialect, ReadOnlyMemory<byte> envelopeJson, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        try
        {
            if (!watch.MayTry()) throw KafkaErrors.Unreachable(cluster.Options.Brokers, $"{(cluster.LastError.Length > 0 ? cluster.LastError : "it did not answer in time")}.");
            await SendAsync(source, dialect, envelopeJson, events).WaitAsync(cancellationToken);
        }
        catch (WeirException e) when (spill is not null && e.Code != KafkaErrors.TooLargeCode)
        {
            await spill.AppendAsync(source, dialect, envelopeJson, events, cancellationToken);
        }
    }

    private async Task SendAsync(string source, string dialect, ReadOnlyMemory<byte> envelope, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var topic = cluster.Options.TopicOf(source);
        var headers = new Headers
        {
            { MessageHeaders.Format, "1"u8.ToArray() }, { MessageHeaders.Dialect, Encoding.UTF8.GetBytes(dialect) }, { MessageHeaders.Envelope, envelope.ToArray() },
        };
        var count = await PartitionsOfAsync(topic);
        var time = new Timestamp(cluster.Time.GetUtcNow().UtcDateTime, TimestampType.CreateTime);
        var declared = ids.GetValueOrDefault(source, []);
        var messages = new List<(TopicPartition To, Message<byte[], byte[]> Message)>(events.Count);
        long bytes = 0;
        foreach (var text in events)
        {
            var key = EventKey.Of(dialect, text, declared);
            var to = new TopicPartition(topic, Partitioner.Of(key, count));
            if (key.Length == text.Length) key = []; // there is no id: the value says it all
            var size = key.Length + text.Length + envelope.Length + MessageOverhead;
            if (size > cluster.Options.MaxMessageBytes) throw KafkaErrors.TooLarge(size, cluster.Options.MaxMessageBytes);
            bytes += size;
            messages.Add((to, new Message<byte[], byte[]> { Key = key, Value = text.ToArray(), Headers = headers, Timestamp = time }));
        }
        if (Interlocked.Add(ref waiting, bytes) is var all && all > cluster.Options.QueueBytes && all > bytes)
        {
            Interlocked.Add(ref waiting, -bytes);
            throw KafkaErrors.Busy(all - bytes, cluster.Options.QueueBytes);
        }
        try
        {
            await Produce(topic, messages);
            watch.Answered();
        }
        catch (WeirException e)
        {
            if (e.Code == KafkaErrors.Away) watch.Failed();
            else watch.Answered(); // by no
            throw;
        }
        finally
        {
            Interlocked.Add(ref waiting, -bytes);
        }
    }

    private Task Produce(string topic, List<(TopicPartition To, Message<byte[], byte[]> Message)> messages)
    {
        var delivery = new BatchDelivery(cluster.Options.Brokers, topic, messages.Count);
        var current = producer;
        for (var i = 0; i < messages.Count; i++)
        {
            try
            {
                current.Produce(messages[i].To, messages[i].Message, delivery.Report);
            }
            catch (KafkaException e)
            {
                if (e.Error.IsFatal) Replace(current);
                delivery.Done(messages.Count - i, e.Error);
                break;
            }
        }
        return delivery.Task;
    }

    /// <summary>An idempotent producer that is out of step with its broker never is in step again: the next batches go through a new one.</summary>
    private void Replace(IProducer<byte[], byte[]> broken)
    {
        lock (gate)
        {
            if (!ReferenceEquals(producer, broken)) return;
            failed.Add(broken);
            producer = Open();
        }
    }

    private async Task<int> PartitionsOfAsync(string topic)
    {
        if (partitions.TryGetValue(topic, out var known)) return known;
        try
        {
            var found = await Task.Run(() => cluster.ReadTopics([topic])[0]);
            if (found.Error == Wire.TopicFacts.Unknown)
            {
                await PrepareAsync();
                found = await Task.Run(() => cluster.ReadTopics([topic])[0]);
            }
            if (found.Error != 0 || found.Partitions == 0) throw KafkaErrors.TopicGone(topic, topic[cluster.Options.TopicPrefix.Length..], $"the cluster answers with error {found.Error}");
            return partitions[topic] = found.Partitions;
        }
        catch (WeirException)
        {
            watch.Failed();
            throw;
        }
    }

    private IProducer<byte[], byte[]> Open()
    {
        KafkaLibrary.Ensure();
        var options = cluster.Options;
        string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
        var settings = cluster.Settings(new Dictionary<string, string>());
        settings.TryAdd("compression.type", "lz4");
        settings.TryAdd("linger.ms", "2");
        settings["enable.idempotence"] = "true";
        settings["acks"] = "all";
        settings["message.timeout.ms"] = Number((long)options.AnswerWithin.TotalMilliseconds);
        settings["message.max.bytes"] = Number(Math.Max(options.MaxMessageBytes, 1000));
        settings["queue.buffering.max.messages"] = "2000000";
        settings["queue.buffering.max.kbytes"] = Number(Math.Clamp(options.QueueBytes / 512, 1024, int.MaxValue));
        settings["dotnet.producer.delivery.report.fields"] = "status";
        return KafkaCluster.Build(() => new ProducerBuilder<byte[], byte[]>(settings).SetErrorHandler((_, e) => cluster.Note(e)).SetLogHandler((_, _) => { }).Build());
    }

    /// <summary>Waits for the answers to what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.Run(() => producer.Flush(cluster.Options.AnswerWithin));
        producer.Dispose();
        foreach (var broken in failed) broken.Dispose();
        cluster.Dispose();
    }
}
