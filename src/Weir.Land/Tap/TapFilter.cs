namespace Weir.Land.Tap;

/// <summary>Which events a subscriber wants: all that is said must hold.</summary>
/// <param name="Source">Of this source only; null: of all.</param>
/// <param name="Event">Only events of this name.</param>
/// <param name="User">Only valid events whose <c>user_id</c> or <c>anonymous_id</c> is this.</param>
/// <param name="Where">Conditions on the event as it is shown.</param>
public sealed record TapFilter(string? Source, string? Event, string? User, IReadOnlyList<TapCondition> Where)
{
    /// <summary>Everything.</summary>
    public static TapFilter All { get; } = new(null, null, null, []);

    internal bool Matches(TapEvent arrived) =>
        (Source is null || arrived.Source == Source)
        && (Event is null || arrived.Name == Event)
        && (User is null || arrived.IsOf(User))
        && (Where.Count == 0 || TapCondition.AllHold(Where, arrived.Json));
}
