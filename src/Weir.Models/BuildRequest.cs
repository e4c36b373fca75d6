namespace Weir.Models;

/// <summary>What to build.</summary>
/// <param name="Select">Selectors (<c>orders</c>, <c>+orders</c>, <c>orders+</c>, <c>tag:daily</c>, <c>path:models/staging</c>); their union; empty means everything.</param>
/// <param name="FullRefresh">Builds incremental models whole, as on their first run.</param>
public sealed record BuildRequest(IReadOnlyList<string> Select, bool FullRefresh = false)
{
    /// <summary>Everything.</summary>
    public static BuildRequest Everything { get; } = new([]);

    /// <summary>Selectors of what to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Which part of a build is wanted.</summary>
    public BuildCommand Command { get; init; } = BuildCommand.Build;

    /// <summary>The version of the lake that the views in schema <c>lake</c> show; stored by the transaction that publishes. Null without a lake.</summary>
    public long? LakeVersion { get; init; }
}
