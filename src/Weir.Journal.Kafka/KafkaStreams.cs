using Weir.Events;
using Weir.Journal.Kafka.Reading;
using Weir.Journal.Kafka.Topics;
using Weir.Journal.Kafka.Wire;

namespace Weir.Journal.Kafka;

/// <summary>
/// The partitions of all topics that a lake has events of, or will have: those that weir.yml names, and those of earlier, as the <see cref="TopicBook"/> knows them. A stream that was given out is given out again. Safe
/// for several threads.
/// </summary>
public sealed class KafkaStreams : IDisposable
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(5);
    private readonly KafkaCluster cluster;
    private readonly IReadOnlyList<SourceTopic> declared;
    private readonly TopicBook book;
    private readonly Lock gate = new();
    private readonly Dictionary<string, KafkaStream> known = new(StringComparer.Ordinal);
    private (long At, IReadOnlyList<TopicFacts> Topics)? asked;

    /// <param name="options">The cluster.</param>
    /// <param name="topics">The topics of the declared sources.</param>
    /// <param name="book">Those that the lake knows.</param>
    /// <param name="time">The clock.</param>
    public KafkaStreams(KafkaOptions options, IReadOnlyList<SourceTopic> topics, TopicBook book, TimeProvider time) =>
        (cluster, declared, this.book) = (new KafkaCluster(options, time), topics, book);

    internal KafkaCluster Cluster => cluster;

    /// <summary>The declared topics.</summary>
    public IReadOnlyList<SourceTopic> Declared => declared;

    /// <summary>Every stream. While the cluster does not answer they are those that are known, and reading each of them says so.</summary>
    /// <exception cref="WeirException">WEIR2041: what is known of topics is damaged. WEIR2030, WEIR2039.</exception>
    public IReadOnlyList<IEventStream> Open()
    {
        lock (gate)
        {
            var topics = book.ReadAll();
            var names = topics.Select(t => t.Topic).Union(declared.Select(d => d.Name)).ToList();
            IReadOnlyDictionary<string, TopicFacts> seen;
            try
            {
                seen = Ask(names).ToDictionary(t => t.Name, StringComparer.Ordinal);
            }
            catch (WeirException e) when (e.Code == KafkaErrors.Away)
            {
                var unknown = declared.Where(d => topics.All(t => t.Topic != d.Name));
                return [.. topics.SelectMany(t => Streams(t, t.Partitions)), .. unknown.Select(d => new BrokenStream($"kafka/{d.Name}", d.Source, e))];
            }
            return [.. names.SelectMany(n => Open(topics.FirstOrDefault(t => t.Topic == n), declared.FirstOrDefault(d => d.Name == n), seen.GetValueOrDefault(n) ?? new(n, Guid.Empty, 0, TopicFacts.Unknown)))];
        }
    }

    /// <summary>The partitions of Weir's own topics of earlier, to which nothing is appended any more: weir.yml names others now.</summary>
    public IReadOnlyList<IEventStream> OpenEarlier() => [.. Open().OfType<KafkaStream>().Where(s => s.IsDeclared && declared.All(d => d.Name != s.Place.Topic))];

    private IEnumerable<IEventStream> Open(KnownTopic? topic, SourceTopic? declaration, TopicFacts seen)
    {
        if (seen.Error != 0 || seen.Partitions == 0)
        {
            var why = seen.Error switch
            {
                TopicFacts.Unknown => "the cluster has no topic of that name",
                TopicFacts.NotAllowed => "this user may not see it",
                _ => $"the cluster answers with error {seen.Error}",
            };
            if (topic is not null) return Broken(topic, KafkaErrors.TopicGone(seen.Name, topic.Source, why));
            // Weir's own is made when a collector starts.
            return declaration is { IsOwn: false } ? [new BrokenStream($"kafka/{seen.Name}", declaration.Source, KafkaErrors.TopicGone(seen.Name, declaration.Source, why))] : [];
        }
        topic ??= book.Note(declaration!, seen.Id, seen.Partitions, cluster.Time.GetUtcNow());
        return topic.Id != seen.Id
            ? Broken(topic, KafkaErrors.Recreated(topic.Topic, topic.Source, topic.Id, seen.Id, book.PathOf(topic.Topic)))
            : Streams(topic, Math.Max(topic.Partitions, seen.Partitions));
    }

    private static IEnumerable<IEventStream> Broken(KnownTopic topic, WeirException why) =>
        Enumerable.Range(0, topic.Partitions).Select(p => new BrokenStream(KafkaStream.IdOf(topic, p), topic.Source, why));

    private IEnumerable<KafkaStream> Streams(KnownTopic topic, int partitions)
    {
        for (var i = 0; i < partitions; i++)
        {
            var id = KafkaStream.IdOf(topic, i);
            if (!known.TryGetValue(id, out var stream))
            {
                var declaration = declared.FirstOrDefault(d => d.Name == topic.Topic);
                known[id] = stream = new KafkaStream(cluster, topic, i, () => Form(topic, declaration), topic.IsOwn || declaration is not null);
            }
            yield return stream;
        }
    }

    private static IMessageForm Form(KnownTopic topic, SourceTopic? declaration) => topic.IsOwn ? new OwnForm() : new ForeignForm(declaration ?? new SourceTopic(topic.Topic, topic.Source, IsOwn: false));

    private IReadOnlyList<TopicFacts> Ask(IReadOnlyList<string> names)
    {
        if (asked is { } last && cluster.Time.GetElapsedTime(last.At) < AskEvery && names.All(n => last.Topics.Any(t => t.Name == n))) return last.Topics;
        var topics = cluster.ReadTopics(names);
        asked = (cluster.Time.GetTimestamp(), topics);
        return topics;
    }

    /// <summary>Leaves the cluster.</summary>
    public void Dispose()
    {
        foreach (var stream in known.Values) stream.Dispose();
        cluster.Dispose();
    }
}
