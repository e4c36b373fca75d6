namespace Weir.Models;

/// <summary>What became of one node.</summary>
/// <param name="UniqueId">Which node.</param>
/// <param name="ResourceType"><c>model</c>, <c>seed</c> or <c>test</c>.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Message">For people; empty when there is nothing to say. Errors start with <c>file:line: WEIR7xxx</c>.</param>
/// <param name="Rows">Rows in the new table; null for views, tests and what was not made.</param>
/// <param name="Failures">What a test counted; null for other nodes.</param>
/// <param name="Duration">Time spent on it.</param>
/// <param name="Relation">The published table or view, <c>schema.name</c>; null for tests and ephemeral models.</param>
public sealed record NodeResult(
    string UniqueId, string ResourceType, NodeStatus Status, string Message, long? Rows, long? Failures, TimeSpan Duration, string? Relation)
{
    /// <summary>The SQL it was compiled to, with the names under which everything is published; null when it did not get that far.</summary>
    public string? Sql { get; init; }

    /// <summary>Of a model: what of it was made anew, and why. Empty unless <see cref="BuildRequest.Explain"/> asks.</summary>
    public string Restated { get; init; } = "";
}
