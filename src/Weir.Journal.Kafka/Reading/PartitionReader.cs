using System.Text;
using Confluent.Kafka;
using Weir.Journal.Kafka.Reading.Native;

namespace Weir.Journal.Kafka.Reading;

/// <summary>Reads one partition in order of offsets, ahead of whoever asks. For one reader at a time.</summary>
internal sealed class PartitionReader : IDisposable
{
    private const long WakeEvery = 4 << 20;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(10), WakeWithin = TimeSpan.FromSeconds(1);
    private readonly KafkaCluster cluster;
    private readonly TopicPartition partition;
    private readonly IConsumer<byte[], byte[]> consumer;
    private readonly MessageQueue queue;
    private long next = -1; // nothing between here and what is in the queue has an event
    private long sinceWoken; // bytes

    public PartitionReader(KafkaCluster cluster, TopicPartition partition)
    {
        (this.cluster, this.partition) = (cluster, partition);
        consumer = cluster.OpenConsumer(new Dictionary<string, string>());
        queue = new MessageQueue(consumer);
    }

    /// <summary>Whether it failed: a client that has not found its way back after brokers went is given up, for a new one does.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many messages are there to be looked at, in order of offsets.</summary>
    public int Count { get; private set; }

    /// <summary>One of them.</summary>
    public KafkaMessage this[int index] => queue[index];

    /// <summary>The next message read is the one at an offset, or the first after it.</summary>
    public void Begin(long offset)
    {
        Count = 0;
        if (offset == next || (offset > next && next >= 0 && queue.Count > 0 && queue[0].Error == ErrorCode.NoError && offset <= queue[0].Offset)) return;
        queue.Leave(queue.Count);
        consumer.Assign(new TopicPartitionOffset(partition, offset));
        next = offset;
    }

    /// <summary>Finds the next messages before an offset, some hundred at a time; false: there is none before it any more.</summary>
    /// <param name="end">Not beyond what is committed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="WeirException">WEIR2031, WEIR2037.</exception>
    public bool Read(long end, CancellationToken cancellationToken)
    {
        var since = cluster.Time.GetTimestamp();
        for (Count = 0; Count == 0 && next < end;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (queue.Count == 0) queue.Take(Wait);
            if (sinceWoken > WakeEvery) Wake();
            if (queue.Count == 0) Despair(since);
            else if (queue[0].Error != ErrorCode.NoError) TakeWord(queue[0], end);
            else if (queue[0].Offset >= end) next = end; // what is left before it are no messages
            else
                while (Count < queue.Count && queue[Count].Error == ErrorCode.NoError && queue[Count].Offset < end) Count++;
        }
        return Count > 0;
    }

    /// <summary>Leaves the first messages behind.</summary>
    public void Leave(int count)
    {
        if (count == 0) return;
        for (var i = 0; i < count; i++) sinceWoken += queue[i].Value.Length;
        next = queue[count - 1].Offset + 1;
        queue.Leave(count);
        Count -= count;
    }

    private void Despair(long since)
    {
        IsBroken = cluster.Time.GetElapsedTime(since) > Patience;
        if (IsBroken)
            throw KafkaErrors.Unreachable(cluster.Options.Brokers, $"nothing came of topic '{partition.Topic}', partition {partition.Partition.Value}, from offset {next} within {Patience.TotalSeconds:0} s{(cluster.LastError.Length > 0 ? $" ({cluster.LastError})" : "")}.");
    }

    /// <summary>Before 2.2 the client, once it has enough in its queue, sleeps for a second, however soon that is taken; a question to the broker wakes it. Later ones have a setting.</summary>
    private void Wake()
    {
        sinceWoken = 0;
        if (KafkaLibrary.HasQueueBackoff) return;
        try
        {
            consumer.QueryWatermarkOffsets(partition, WakeWithin);
        }
        catch (KafkaException e)
        {
            cluster.Note(e.Error); // if nothing comes any more, that is told
        }
    }

    private void TakeWord(KafkaMessage word, long end)
    {
        if (word.Error == ErrorCode.Local_PartitionEOF)
        {
            if (word.Offset >= end) next = end;
            queue.Leave(1);
            return;
        }
        IsBroken = true;
        throw KafkaErrors.Unreadable(partition.Topic, partition.Partition.Value, next, KafkaErrors.Reason(new Error(word.Error, Encoding.UTF8.GetString(word.Value))));
    }

    public void Dispose()
    {
        queue.Dispose();
        consumer.Dispose();
    }
}
