using Weir.Models.Project;
using Weir.Models.Run;

namespace Weir.Models.Artifacts;

/// <summary><c>run_results.json</c> (v6): what became of each node of one run.</summary>
internal static class RunResults
{
    public const string FileName = "run_results.json";

    public static Dictionary<string, object?> Of(
        LoadedProject project, BuildRequest request, Context.Invocation invocation, string database, IEnumerable<Outcome> outcomes, IEnumerable<NodeResult> operations, DateTimeOffset now, TimeSpan elapsed) => new()
    {
        ["metadata"] = Manifest.Metadata("run-results/v6", now, null, invocation.Id),
        ["results"] = operations.Select(Of).Concat(outcomes.Select(outcome => Of(outcome, new ManifestNode(project, database, request.StoreFailures)))).ToList(),
        ["elapsed_time"] = elapsed.TotalSeconds,
        ["args"] = new Dictionary<string, object?>(invocation.Arguments())
        {
            ["select"] = request.Select, ["exclude"] = request.Exclude, ["fail_fast"] = request.FailFast, ["warn_error"] = request.WarnError, ["vars"] = project.GivenVars, ["target"] = project.Target.Name,
            ["publish"] = request.Publish == PublishMode.AsDbt ? "as-dbt" : "together", ["resource_types"] = request.ResourceTypes, ["exclude_resource_types"] = request.ExcludeResourceTypes,
            ["indirect_selection"] = request.Indirect?.ToString().ToLowerInvariant() ?? "eager", ["selector"] = request.Selector,
            ["event_time_start"] = request.EventTimeStart?.ToString("O"), ["event_time_end"] = request.EventTimeEnd?.ToString("O"),
        },
    };

    /// <summary>dbt's word. What passed but keeps its previous version is told as skipped: a retry makes it again.</summary>
    public static string Status(NodeStatus status) => status switch
    {
        NodeStatus.Kept => "skipped",
        NodeStatus.NoOp => "no-op",
        NodeStatus.PartialSuccess => "partial success",
        _ => status.ToString().ToLowerInvariant(),
    };

    private static Dictionary<string, object?> Of(Outcome outcome, ManifestNode names)
    {
        var node = outcome.Node;
        return new()
        {
            ["status"] = Status(outcome.Status),
            ["timing"] = outcome.Status == NodeStatus.Skipped ? Array.Empty<object?>() : new[] { Timing("compile", outcome.StartedAt, outcome.StartedAt), Timing("execute", outcome.StartedAt, outcome.StartedAt + outcome.Duration) },
            ["thread_id"] = "Thread-1",
            ["execution_time"] = outcome.Duration.TotalSeconds,
            ["adapter_response"] = outcome.Made?.Rows is { } rows ? new() { ["_message"] = "OK", ["rows_affected"] = rows } : new Dictionary<string, object?>(),
            ["message"] = outcome.Message.Length > 0 ? outcome.Message : null,
            ["failures"] = outcome.Failures,
            ["unique_id"] = node.UniqueId,
            ["compiled"] = outcome.Compiled is null ? null : true,
            ["compiled_code"] = outcome.Compiled,
            ["relation_name"] = node.ResourceType == "seed" ? null : names.RelationName(node),
            ["batch_results"] = outcome.Batches.Count == 0
                ? null
                : new Dictionary<string, object?> { ["successful"] = Batches(outcome, failed: false), ["failed"] = Batches(outcome, failed: true) },
        };
    }

    /// <summary>A statement of <c>on-run-start</c> or <c>on-run-end</c>.</summary>
    private static Dictionary<string, object?> Of(NodeResult operation) => new()
    {
        ["status"] = Status(operation.Status), ["timing"] = Array.Empty<object?>(), ["thread_id"] = "Thread-1", ["execution_time"] = operation.Duration.TotalSeconds, ["adapter_response"] = new Dictionary<string, object?>(),
        ["message"] = operation.Message, ["failures"] = operation.Failures, ["unique_id"] = operation.UniqueId, ["compiled"] = true, ["compiled_code"] = null, ["relation_name"] = null, ["batch_results"] = null,
    };

    /// <summary>Of a model that failed as a whole, nothing is published: all its batches failed.</summary>
    private static List<object?> Batches(Outcome outcome, bool failed) =>
        [.. outcome.Batches.Where(batch => failed == (outcome.Status == NodeStatus.PartialSuccess ? outcome.FailedBatches.Contains(batch) : outcome.Failed)).Select(batch => (object?)new[] { Time(batch.Start), Time(batch.End) })];

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'");

    private static Dictionary<string, object?> Timing(string name, DateTimeOffset from, DateTimeOffset to) =>
        new() { ["name"] = name, ["started_at"] = ArtifactJson.Time(from), ["completed_at"] = ArtifactJson.Time(to) };
}
