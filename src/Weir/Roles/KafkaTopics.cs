using Weir.Configuration;
using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Sources;

namespace Weir.Roles;

/// <summary>The topics of a project's sources.</summary>
internal static class KafkaTopics
{
    /// <summary>Weir's own of each source that is collected, and those that a source names.</summary>
    public static IReadOnlyList<SourceTopic> Of(ProjectSettings settings) =>
    [
        .. settings.Sources.Where(s => s.WriteKeys.Count > 0).Select(s => new SourceTopic(settings.Journal.Kafka!.TopicOf(s.Name), s.Name, IsOwn: true)),
        .. settings.Sources.Where(s => s.Topic is not null).Select(s => new SourceTopic(s.Topic!.Name, s.Name, IsOwn: false, DialectOf(s.Topic))),
    ];

    private static string DialectOf(TopicDefinition topic) => topic.Format == MessageFormat.Segment ? Dialects.Segment : topic.IsPlain ? Dialects.Weir : Dialects.Mapped;
}
