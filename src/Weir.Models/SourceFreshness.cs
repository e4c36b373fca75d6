namespace Weir.Models;

/// <summary>How fresh one source is.</summary>
/// <param name="UniqueId">Which source.</param>
/// <param name="Status"><see cref="NodeStatus.Pass"/>, <see cref="NodeStatus.Warn"/>, <see cref="NodeStatus.Fail"/> (older than error_after) or <see cref="NodeStatus.Error"/> (it could not be asked).</param>
/// <param name="LoadedAt">The latest time among its rows, UTC; null when it has none.</param>
/// <param name="Age">How long ago that was; null when it has none.</param>
/// <param name="Message">What is wrong; empty when nothing is.</param>
public sealed record SourceFreshness(string UniqueId, NodeStatus Status, DateTime? LoadedAt, TimeSpan? Age, string Message)
{
    /// <summary>1 when a source is too old or could not be asked, 0 otherwise; a warning is no failure.</summary>
    public static int ExitCode(IEnumerable<SourceFreshness> sources) => sources.Any(source => source.Status is NodeStatus.Fail or NodeStatus.Error) ? 1 : 0;
}
