using Weir.Studio.Text;

namespace Weir.Studio.Warehouse;

/// <summary>What the last build said of a table: when it was made and whether it passed its checks (from <c>weir.nodes</c>).</summary>
public sealed record RelationStatus(string Relation, DateTimeOffset? BuiltAt, long Passed, long Failed, string Status, string Message)
{
    // The runner keeps the table of the last good build when a node fails; so "failed" means: what is shown is older, and not to be trusted as of now.
    public bool HasFailed => Failed > 0 || Status.ToUpperInvariant() is "FAILED" or "FAIL" or "ERROR" or "SKIPPED" or "BLOCKED";

    public TimeSpan? Age(DateTimeOffset now) => BuiltAt is { } built ? (now > built ? now - built : TimeSpan.Zero) : null;

    public string Reason => Message.Length > 0 ? Message
        : Failed > 0 ? $"{Failed} of {Passed + Failed} checks failed"
        : $"the build ended with {Status}";

    public string CheckWords => Passed == 1 ? "1 check passes" : $"{Numbers.Exact(Passed)} checks pass";
}
