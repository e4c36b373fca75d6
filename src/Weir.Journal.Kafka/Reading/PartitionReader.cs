using Confluent.Kafka;

namespace Weir.Journal.Kafka.Reading;

/// <summary>Reads one partition in order of offsets, ahead of whoever asks. For one reader at a time.</summary>
internal sealed class PartitionReader(KafkaCluster cluster, TopicPartition partition) : IDisposable
{
    private const int AtOnce = 500;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(10);
    private readonly IConsumer<byte[], byte[]> consumer = cluster.OpenConsumer(new Dictionary<string, string>());
    private ConsumeResult<byte[], byte[]>? held; // read already, and not asked for yet
    private long next = -1;

    /// <summary>Whether it failed: a client that has not found its way back after brokers went is given up, for a new one does.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The next message read is the one at an offset, or the first after it.</summary>
    public void Begin(long offset)
    {
        if (next == offset) return;
        held = null;
        consumer.Assign(new TopicPartitionOffset(partition, offset));
        next = offset;
    }

    /// <summary>The next messages before an offset, some hundred at a time; none: there is none before it any more.</summary>
    /// <param name="end">Not beyond what is committed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="WeirException">WEIR2031, WEIR2037.</exception>
    public IReadOnlyList<ConsumeResult<byte[], byte[]>> Read(long end, CancellationToken cancellationToken)
    {
        var messages = new List<ConsumeResult<byte[], byte[]>>();
        var since = cluster.Time.GetTimestamp();
        while (next < end && messages.Count < AtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var message = Take(messages.Count == 0 ? Wait : TimeSpan.Zero);
            if (message is null)
            {
                if (messages.Count > 0) break;
                IsBroken = cluster.Time.GetElapsedTime(since) > Patience;
                if (IsBroken)
                    throw KafkaErrors.Unreachable(cluster.Options.Brokers, $"nothing came of topic '{partition.Topic}', partition {partition.Partition.Value}, from offset {next} within {Patience.TotalSeconds:0} s{(cluster.LastError.Length > 0 ? $" ({cluster.LastError})" : "")}.");
            }
            else if (message.IsPartitionEOF)
            {
                if (message.Offset.Value >= end) next = end; // what is left before it are no messages
            }
            else if (message.Offset.Value >= end)
            {
                (held, next) = (message, end);
            }
            else
            {
                messages.Add(message);
                next = message.Offset.Value + 1;
            }
        }
        return messages;
    }

    private ConsumeResult<byte[], byte[]>? Take(TimeSpan wait)
    {
        if (held is { } before)
        {
            held = null;
            return before;
        }
        try
        {
            return consumer.Consume(wait);
        }
        catch (KafkaException e)
        {
            IsBroken = true;
            throw KafkaErrors.Unreadable(partition.Topic, partition.Partition.Value, next, KafkaErrors.Reason(e.Error), e);
        }
    }

    public void Dispose() => consumer.Dispose();
}
