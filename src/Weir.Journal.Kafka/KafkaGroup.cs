using Confluent.Kafka;
using Weir.Events;
using Weir.Journal.Kafka.Reading;

namespace Weir.Journal.Kafka;

/// <summary>
/// A lander's membership in the consumer group, by which landers share partitions. It says who should land what, so that nobody does the same work twice, and no more than that: where landing begins, and whose commit counts,
/// is the ledger's to say. What the group keeps as offsets is for tools that show lag.
/// </summary>
public sealed class KafkaGroup : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100), Leave = TimeSpan.FromSeconds(5);
    private readonly KafkaCluster cluster;
    private readonly IConsumer<byte[], byte[]> member;
    private readonly Task loop;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim turn = new(1);
    private readonly TimeSpan handOver;
    private readonly Lock gate = new();
    private CancellationTokenSource changing = new();
    private HashSet<TopicPartition> mine = [];
    private IReadOnlySet<string> wanted = new HashSet<string>();
    private IReadOnlySet<string> followed = new HashSet<string>();

    /// <param name="streams">Whose topics.</param>
    /// <param name="lease">How long a lander may be silent before its partitions are others'.</param>
    /// <param name="handOver">How long the round that is under way may take when they are to be handed over.</param>
    public KafkaGroup(KafkaStreams streams, TimeSpan lease, TimeSpan handOver)
    {
        (cluster, this.handOver) = (streams.Cluster, handOver);
        var silence = (int)Math.Max(1000, lease.TotalMilliseconds);
        member = cluster.OpenConsumer(new Dictionary<string, string>
        {
            ["session.timeout.ms"] = $"{silence}", ["heartbeat.interval.ms"] = $"{silence / 4}", ["partition.assignment.strategy"] = "roundrobin", ["max.poll.interval.ms"] = $"{Math.Max(300_000, silence)}",
        }, builder => builder
            .SetPartitionsAssignedHandler((_, given) =>
            {
                lock (gate) mine = [.. given];
                return Array.Empty<TopicPartitionOffset>(); // it reads nothing: the streams do, from where the ledger says
            })
            .SetPartitionsRevokedHandler((_, _) => HandOver())
            .SetPartitionsLostHandler((_, _) => HandOver()));
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Cancelled when partitions are about to go to others: the round that is under way should be the last.</summary>
    public CancellationToken Changing
    {
        get { lock (gate) return changing.Token; }
    }

    /// <summary>The part of some streams that this lander should land now. Others than Kafka's are not among them.</summary>
    public IReadOnlyList<IEventStream> Mine(IReadOnlyList<IEventStream> streams)
    {
        var topics = streams.OfType<KafkaStream>().Where(s => s.IsDeclared).Select(s => s.Place.Topic).ToHashSet(StringComparer.Ordinal);
        lock (gate)
        {
            wanted = topics;
            // One that cannot be read has no partition: each lander tells it.
            return [.. streams.Where(s => s is BrokenStream || (s is KafkaStream { IsDeclared: true } stream && mine.Contains(stream.Place)))];
        }
    }

    /// <summary>Between this and <see cref="Exit"/> no partition is handed over before its time.</summary>
    public Task EnterAsync(CancellationToken cancellationToken) => turn.WaitAsync(cancellationToken);

    /// <summary>See <see cref="EnterAsync"/>.</summary>
    public void Exit() => turn.Release();

    /// <summary>Tells the group how far the ledger is, for tools that show lag. Nothing depends on it.</summary>
    /// <param name="streams">This lander's.</param>
    /// <param name="positions">The ledger's positions.</param>
    public void Tell(IReadOnlyList<IEventStream> streams, IReadOnlyDictionary<string, long> positions)
    {
        TopicPartitionOffset[] offsets;
        lock (gate)
            offsets = [.. streams.OfType<KafkaStream>().Where(s => mine.Contains(s.Place) && positions.ContainsKey(s.Id)).Select(s => new TopicPartitionOffset(s.Place, positions[s.Id]))];
        if (offsets.Length == 0) return;
        try
        {
            member.Commit(offsets);
        }
        catch (KafkaException e)
        {
            cluster.Note(e.Error);
        }
    }

    private void Run()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Follow();
                member.Consume(Look);
            }
            catch (KafkaException e)
            {
                cluster.Note(e.Error); // a topic that is not there yet, a coordinator that moves: it goes on by itself
                stop.Token.WaitHandle.WaitOne(Look);
            }
        }
        try
        {
            member.Close(); // leaves the group: others need not wait for its silence
        }
        catch (KafkaException e)
        {
            cluster.Note(e.Error);
        }
    }

    private void Follow()
    {
        IReadOnlySet<string> topics;
        lock (gate) topics = wanted;
        if (topics.SetEquals(followed)) return;
        if (topics.Count == 0) member.Unsubscribe();
        else member.Subscribe(topics);
        followed = topics;
    }

    private void HandOver()
    {
        CancellationTokenSource before;
        lock (gate)
        {
            mine = [];
            (before, changing) = (changing, new CancellationTokenSource());
        }
        before.Cancel();
        if (turn.Wait(handOver)) turn.Release();
        before.Dispose();
    }

    /// <summary>Leaves the group, or gives up on it after 5 s.</summary>
    public void Dispose()
    {
        stop.Cancel();
        // While the brokers are away the group cannot be left: they will notice its silence, and the client ends with the process.
        if (!loop.Wait(Leave)) return;
        member.Dispose();
        stop.Dispose();
        turn.Dispose();
        changing.Dispose();
    }
}
