using Weir.Studio.Text;

namespace Weir.Studio.Warehouse;

/// <summary>What the last build said of a table (from <c>weir.nodes</c>).</summary>
/// <param name="Relation">The table, with its schema.</param>
/// <param name="BuiltAt">When what it holds was published; null: never.</param>
/// <param name="TriedAt">When its last build ended, well or not.</param>
/// <param name="Passed">Checks that passed.</param>
/// <param name="Failed">Checks that failed or could not run.</param>
/// <param name="Status">The runner's word for how it ended.</param>
/// <param name="Message">Its reason, if it ended badly.</param>
public sealed record RelationStatus(string Relation, DateTimeOffset? BuiltAt, DateTimeOffset? TriedAt, long Passed, long Failed, string Status, string Message)
{
    /// <summary>Whether what is shown is not what should be: the runner keeps the last good version when a node or its checks fail.</summary>
    public bool HasFailed => Failed > 0 || Status.ToUpperInvariant() is "ERROR" or "FAIL" or "SKIPPED" or "KEPT";

    /// <summary>Whether it was not tried, because something it reads failed.</summary>
    public bool IsSkipped => Status.Equals("skipped", StringComparison.OrdinalIgnoreCase);

    public string Name => Relation.StartsWith("main.", StringComparison.Ordinal) ? Relation[5..] : Relation;

    public TimeSpan? Age(DateTimeOffset now) => BuiltAt is { } built ? (now > built ? now - built : TimeSpan.Zero) : null;

    public string Reason => Message.Length > 0 ? Message
        : Failed > 0 ? $"{Failed} of {Passed + Failed} checks failed"
        : $"the build ended with {Status}";

    public string CheckWords => Passed == 1 ? "1 check passes" : $"{Numbers.Exact(Passed)} checks pass";
}
