using System.Collections.Concurrent;
using Confluent.Kafka;
using Weir.Identifiers;
using Weir.Journal.Kafka.Wire;

namespace Weir.Journal.Kafka;

/// <summary>A cluster, for those who ask it things; connected when it is first asked. Safe for several threads.</summary>
internal sealed class KafkaCluster : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly ConcurrentBag<IConsumer<byte[], byte[]>> askers = [];
    private volatile string lastError = "";
    private volatile bool isDisposed;

    public KafkaCluster(KafkaOptions options, TimeProvider time) => (Options, Time) = (options, time);

    public KafkaOptions Options { get; }

    public TimeProvider Time { get; }

    /// <summary>What the client last said of the connection.</summary>
    public string LastError => lastError;

    /// <summary>Every setting: first what was said, then what Weir's promises rest on.</summary>
    public Dictionary<string, string> Settings(IReadOnlyDictionary<string, string> own)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal) { ["client.id"] = "weir" };
        foreach (var (name, value) in Options.Settings) all[name] = value;
        foreach (var (name, value) in own) all[name] = value;
        all["bootstrap.servers"] = Options.Brokers;
        return all;
    }

    /// <summary>A consumer that gives what is committed, stops at ends, and neither moves nor begins by itself.</summary>
    /// <exception cref="WeirException">WEIR2030, WEIR2039.</exception>
    public IConsumer<byte[], byte[]> OpenConsumer(IReadOnlyDictionary<string, string> own, Func<ConsumerBuilder<byte[], byte[]>, ConsumerBuilder<byte[], byte[]>>? with = null)
    {
        KafkaLibrary.Ensure();
        var settings = Settings(own);
        settings.TryAdd("group.id", Options.Group);
        settings.TryAdd("queued.max.messages.kbytes", "16384");
        settings.TryAdd("fetch.message.max.bytes", "4194304");
        settings.TryAdd("fetch.wait.max.ms", "50");
        if (KafkaLibrary.HasQueueBackoff) settings.TryAdd("fetch.queue.backoff.ms", "5");
        settings["enable.auto.commit"] = "false";
        settings["enable.auto.offset.store"] = "false";
        settings["enable.partition.eof"] = "true";
        settings["auto.offset.reset"] = "error";
        settings["isolation.level"] = "read_committed";
        settings["check.crcs"] = "true";
        settings["allow.auto.create.topics"] = "false";
        return Build(() =>
        {
            var builder = new ConsumerBuilder<byte[], byte[]>(settings).SetErrorHandler((_, e) => Note(e)).SetLogHandler((_, _) => { });
            return (with?.Invoke(builder) ?? builder).Build();
        });
    }

    /// <summary>Makes a client.</summary>
    /// <exception cref="WeirException">WEIR2039: it does not take the settings.</exception>
    public static T Build<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw KafkaErrors.BadSettings(e.Message, e);
        }
    }

    public void Note(Error error) => lastError = KafkaErrors.Reason(error);

    /// <summary>The first offset that a partition still holds, and the one after the last that is committed.</summary>
    /// <exception cref="WeirException">WEIR2031.</exception>
    public (long First, long End) ReadEnds(TopicPartition partition)
    {
        var ends = Ask(c => c.QueryWatermarkOffsets(partition, Patience));
        return (ends.Low.Value, ends.High.Value);
    }

    /// <summary>The first offset whose timestamp is at a time or after it; the end if there is none.</summary>
    public long ReadOffsetAt(TopicPartition partition, DateTime time, long end)
    {
        var found = Ask(c => c.OffsetsForTimes([new TopicPartitionTimestamp(partition, new Timestamp(time, TimestampType.CreateTime))], Patience));
        return found[0].Offset.Value is var offset and >= 0 ? offset : end;
    }

    /// <summary>What the cluster says of topics. Where it gives no ids, or only librdkafka can log in, a topic's id is made of its name: then it is not noticed if it is made anew.</summary>
    /// <exception cref="WeirException">WEIR2031.</exception>
    public IReadOnlyList<TopicFacts> ReadTopics(IReadOnlyList<string> topics)
    {
        if (topics.Count == 0) return [];
        try
        {
            return [.. TopicFacts.AskAsync(Options.Brokers, Options.Settings, topics, CancellationToken.None).GetAwaiter().GetResult().Select(WithId)];
        }
        catch (IOException e)
        {
            throw Away(e);
        }
        catch (NotSupportedException)
        {
            return [.. topics.Select(ReadTopic)];
        }
    }

    /// <summary>Asks by a client that is kept for the next question, unless it failed: one that has lost a partition's leader may ask the wrong broker for good, and a new one does not.</summary>
    private T Ask<T>(Func<IConsumer<byte[], byte[]>, T> question)
    {
        if (!askers.TryTake(out var asker)) asker = OpenConsumer(new Dictionary<string, string>());
        try
        {
            var answer = question(asker);
            askers.Add(asker);
            if (isDisposed) Dispose();
            return answer;
        }
        catch (KafkaException e)
        {
            asker.Dispose();
            throw Away(e);
        }
    }

    private TopicFacts ReadTopic(string topic)
    {
        try
        {
            using var admin = new AdminClientBuilder(Settings(new Dictionary<string, string>())).SetErrorHandler((_, e) => Note(e)).SetLogHandler((_, _) => { }).Build();
            var found = admin.GetMetadata(topic, Patience).Topics[0];
            return WithId(new TopicFacts(topic, Guid.Empty, found.Partitions.Count, (short)found.Error.Code));
        }
        catch (KafkaException e)
        {
            throw Away(e);
        }
    }

    private static TopicFacts WithId(TopicFacts topic) => topic.Id == Guid.Empty && topic.Error == 0 ? topic with { Id = UuidV5.Create(UuidV5.Weir, $"kafka/{topic.Name}") } : topic;

    private WeirException Away(Exception e) => KafkaErrors.Unreachable(Options.Brokers, $"{(lastError.Length > 0 ? lastError : e.Message.TrimEnd('.'))}.", e);

    public void Dispose()
    {
        isDisposed = true;
        while (askers.TryTake(out var asker)) asker.Dispose();
    }
}
