using Weir.Models.Project;

namespace Weir.Models.Artifacts;

/// <summary><c>sources.json</c> (v3): how fresh the sources are. As in dbt, a source that could not be asked is not in it.</summary>
internal static class SourcesJson
{
    public static Dictionary<string, object?> Of(IEnumerable<(Node Node, SourceFreshness Freshness)> sources, DateTimeOffset now) => new()
    {
        ["metadata"] = Manifest.Metadata("sources/v3", now, null),
        ["results"] = sources.Where(source => source.Freshness.Status != NodeStatus.Error).Select(source => Of(source.Node, source.Freshness, now)).ToList(),
        ["elapsed_time"] = 0.0,
    };

    private static Dictionary<string, object?> Of(Node node, SourceFreshness freshness, DateTimeOffset now) => new()
    {
        ["unique_id"] = node.UniqueId,
        ["max_loaded_at"] = ArtifactJson.Time(freshness.LoadedAt is { } at ? new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)) : DateTimeOffset.UnixEpoch),
        ["snapshotted_at"] = ArtifactJson.Time(now),
        ["max_loaded_at_time_ago_in_s"] = (freshness.Age ?? (now - DateTimeOffset.UnixEpoch)).TotalSeconds,
        ["status"] = freshness.Status == NodeStatus.Fail ? "error" : freshness.Status.ToString().ToLowerInvariant(),
        ["criteria"] = ManifestConfig.Of(node)["freshness"],
        ["adapter_response"] = new Dictionary<string, object?>(),
        ["timing"] = Array.Empty<object?>(),
        ["thread_id"] = "Thread-1",
        ["execution_time"] = 0.0,
    };
}
