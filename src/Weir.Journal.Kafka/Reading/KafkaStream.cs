using System.Runtime.CompilerServices;
using Confluent.Kafka;
using Weir.Events;
using Weir.Journal.Kafka.Topics;

namespace Weir.Journal.Kafka.Reading;

/// <summary>
/// A partition of a topic as a stream: the ordinal of an event is its offset, and the head the end of what is committed. Each offset is an event or is dropped with a reason, so that none is passed over without a word.
/// </summary>
internal sealed class KafkaStream(KafkaCluster cluster, KnownTopic topic, int partition, Func<IMessageForm> form, bool isDeclared) : IProvableStream, IDisposable
{
    private readonly TopicPartition place = new(topic.Topic, partition);
    private readonly RecentNotes notes = new();
    private PartitionReader? idle; // reads ahead between two rounds

    public string Id { get; } = IdOf(topic, partition);

    public string Source => topic.Source;

    public string Name { get; } = $"{topic.Topic}/{partition}";

    public TopicPartition Place => place;

    /// <summary>Whether weir.yml still says that this topic's messages are events.</summary>
    public bool IsDeclared => isDeclared;

    public bool KeepsHours => false;

    public static string IdOf(KnownTopic topic, int partition) => $"{topic.Id:d}/{partition}";

    public long ReadHead() => cluster.ReadEnds(place).End;

    public long ReadFirst() => cluster.ReadEnds(place).First;

    public IReadOnlyList<ReceivedHour> ReadReceived() => ReadReceived(ReadFirst(), ReadHead());

    /// <summary>As this stream's readers saw it, and what they have not read as the brokers' index of times has it.</summary>
    public IReadOnlyList<ReceivedHour> ReadReceived(long from, long to) => notes.Within(from, to) ?? BrokerHours.Read(cluster, place, from, to);

    public ChainMark? ReadMark() => null;

    public Task<StreamProof> ProveAsync(ProofClaim claim, IProgress<long>? progress, CancellationToken cancellationToken) =>
        Task.Run(() => Reading(reader => new PartitionProof(cluster, place, reader).Run(claim, progress, cancellationToken)), cancellationToken);

    public async IAsyncEnumerable<Frame> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (first, end) = cluster.ReadEnds(place);
        if (from > end) throw KafkaErrors.BeyondEnd(topic.Topic, partition, from, end);
        if (from == end) yield break;
        var hours = notes.Begin(from);
        var reader = Rent();
        try
        {
            reader.Begin(Math.Max(from, first));
            var maker = new FrameMaker(form());
            var last = cluster.Time.GetUtcNow();
            while (from < end)
            {
                var found = reader.Read(end, cancellationToken);
                if (found) last = reader[0].ReceivedAt;
                var frames = from < first ? FrameMaker.Gap(from, Math.Min(first, end), last, DropReasons.Lost) : [];
                frames = frames.Concat(found ? maker.Of(Math.Max(from, first), reader) : FrameMaker.Gap(Math.Max(from, first), end, last, DropReasons.NoMessage));
                foreach (var frame in frames)
                {
                    hours.Note(frame);
                    (from, last) = (frame.NextOrdinal, frame.ReceivedAt);
                    yield return frame;
                }
            }
        }
        finally
        {
            Return(reader);
        }
    }

    public void Dispose() => Interlocked.Exchange(ref idle, null)?.Dispose();

    private T Reading<T>(Func<PartitionReader, T> read)
    {
        var reader = Rent();
        try
        {
            return read(reader);
        }
        finally
        {
            Return(reader);
        }
    }

    private PartitionReader Rent() => Interlocked.Exchange(ref idle, null) ?? new PartitionReader(cluster, place);

    private void Return(PartitionReader reader)
    {
        if (reader.IsBroken) reader.Dispose();
        else Interlocked.Exchange(ref idle, reader)?.Dispose();
    }
}
