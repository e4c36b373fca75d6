namespace Weir.Journal.Kafka;

/// <summary>How a Kafka cluster is reached, and how Weir's own topics are.</summary>
/// <param name="Brokers">Where to begin: <c>host:port</c>, comma-separated.</param>
public sealed record KafkaOptions(string Brokers)
{
    /// <summary>The topic of a source is this and the source's name.</summary>
    public string TopicPrefix { get; init; } = "weir.";

    /// <summary>Partitions of a topic that Weir makes; fixed for the topic's life.</summary>
    public int Partitions { get; init; } = 12;

    /// <summary>Copies of each partition of a topic that Weir makes; −1: as the cluster has it.</summary>
    public short Replication { get; init; } = -1;

    /// <summary>The consumer group by which landers share partitions.</summary>
    public string Group { get; init; } = "weir";

    /// <summary>How long a batch may wait for the broker's answer before it is refused.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest event in bytes, its headers and key included.</summary>
    public int MaxMessageBytes { get; init; } = 1_000_000;

    /// <summary>Bytes of events that may wait for the broker; beyond it batches are refused.</summary>
    public long QueueBytes { get; init; } = 128L << 20;

    /// <summary>Anything that librdkafka knows, by its own names; these win over what Weir would say, but for what its promises rest on.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The topic of a source.</summary>
    public string TopicOf(string source) => TopicPrefix + source;
}
