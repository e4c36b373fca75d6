namespace Weir.Studio.Warehouse;

/// <summary>When a table is stale: older than the limit, while newer events have come. What was built after the last event is as fresh as it can be.</summary>
/// <param name="Limit">How old is too old.</param>
/// <param name="LastHour">The last hour in which anything was received, UTC; null: unknown.</param>
/// <param name="Now">Now.</param>
internal sealed record Staleness(TimeSpan Limit, DateTime? LastHour, DateTimeOffset Now)
{
    public bool Is(RelationStatus? status) =>
        status?.BuiltAt is { } built && Now - built > Limit && (LastHour is not { } hour || built.UtcDateTime < hour);
}
