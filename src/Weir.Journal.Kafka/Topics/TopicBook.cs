using System.Text.Json;
using Weir.Storage;

namespace Weir.Journal.Kafka.Topics;

/// <summary>A topic as it was when it was first seen.</summary>
/// <param name="Format">1.</param>
/// <param name="Topic">Its name.</param>
/// <param name="Id">The id that the cluster gave it at its birth.</param>
/// <param name="Source">Whose events it holds.</param>
/// <param name="Partitions">How many it had.</param>
/// <param name="IsOwn">Whether it is Weir's own.</param>
/// <param name="At">When it was first seen, UTC.</param>
internal sealed record KnownTopic(int Format, string Topic, Guid Id, string Source, int Partitions, bool IsOwn, DateTimeOffset At);

/// <summary>
/// Which topics belong to a lake, with the ids they were born with: <c>_topics/&lt;topic&gt;.json</c> in the lake's folder. So a topic that was deleted and made anew is noticed,
/// and one that nothing is appended to any more is landed to its end.
/// </summary>
/// <param name="lakeFolder">The lake's folder.</param>
/// <param name="disk">What the lake lies on.</param>
public sealed class TopicBook(string lakeFolder, IDisk disk)
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly string folder = Path.Combine(lakeFolder, "_topics");

    internal string PathOf(string topic) => Path.Combine(folder, $"{topic}.json");

    internal IReadOnlyList<KnownTopic> ReadAll() => [.. disk.List(folder, "*.json").Select(Read)];

    /// <summary>Notes a topic, durably; if another process noted it first, that one's note.</summary>
    internal KnownTopic Note(SourceTopic topic, Guid id, int partitions, DateTimeOffset now)
    {
        var path = PathOf(topic.Name);
        if (disk.Exists(path)) return Read(path);
        disk.CreateFolder(folder);
        var temporary = $"{path}.{Guid.NewGuid():n}.tmp";
        using (var file = disk.Create(temporary))
        {
            file.Append(JsonSerializer.SerializeToUtf8Bytes(new KnownTopic(Format, topic.Name, id, topic.Source, partitions, topic.IsOwn, now), Json));
            file.Sync();
        }
        disk.TryLink(temporary, path);
        disk.Delete(temporary);
        disk.SyncFolder(folder);
        return Read(path);
    }

    private KnownTopic Read(string path)
    {
        try
        {
            using var file = disk.OpenRead(path);
            if (JsonSerializer.Deserialize<KnownTopic>(file, Json) is { Format: Format, Topic: not null, Source: not null } known) return known;
        }
        catch (JsonException e)
        {
            throw KafkaErrors.BookDamaged(path, e.Message, e);
        }
        throw KafkaErrors.BookDamaged(path, "it names no topic in format 1.");
    }
}
