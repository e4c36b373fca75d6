using Weir.Models.Context;
using Weir.Models.Materialize;
using Weir.Models.Materialize.Changes;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>What became of one node while a build runs.</summary>
internal sealed class Outcome(Node node)
{
    public Node Node { get; } = node;

    public NodeStatus Status { get; set; }

    public string Message { get; set; } = "";

    public long? Failures { get; set; }

    public TimeSpan Duration { get; set; }

    public DateTimeOffset StartedAt { get; set; }

    /// <summary>The SQL that was run; null when the node did not get that far.</summary>
    public string? Compiled { get; set; }

    /// <summary>The batches of a microbatch model.</summary>
    public IReadOnlyList<Batch> Batches { get; set; } = [];

    /// <summary>Those of them that failed while others were published.</summary>
    public List<Batch> FailedBatches { get; } = [];

    /// <summary>The SQL of each batch that was run.</summary>
    public List<(Batch Batch, string Sql)> BatchSql { get; } = [];

    /// <summary>What was made aside; null when nothing was.</summary>
    public Made? Made { get; set; }

    /// <summary>What it changed of the published version.</summary>
    public ChangeKind Change { get; set; }

    /// <summary>The inputs it read by their changes.</summary>
    public IReadOnlyList<InputRead> Reads { get; set; } = [];

    /// <summary>The variables an incremental model was made with; null for all else.</summary>
    public VarsUsed? Vars { get; set; }

    /// <summary>What was made anew, and why; empty when nobody asked.</summary>
    public string Restated { get; set; } = "";

    /// <summary>Where a test keeps the rows it found; null when it does not.</summary>
    public string? Kept { get; set; }

    public bool Failed => Status is NodeStatus.Error or NodeStatus.Skipped or NodeStatus.Fail or NodeStatus.PartialSuccess;

    public NodeResult ToResult() => new(
        Node.UniqueId, Node.ResourceType, Status, Message, Made?.Rows, Failures, Duration, Node.HasRelation ? $"{Node.Schema}.{Node.Alias}" : null)
    {
        Restated = Restated,
        Sql = Compiled?.Replace(Node.AsideSuffix, "", StringComparison.Ordinal),
    };
}
