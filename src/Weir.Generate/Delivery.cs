namespace Weir.Generate;

/// <summary>One request as a client sends it.</summary>
/// <param name="At">When it arrives, UTC.</param>
/// <param name="Source">The source.</param>
/// <param name="Path">The collector's route.</param>
/// <param name="WriteKey">The key it bears.</param>
/// <param name="Body">The body.</param>
/// <param name="Sent">What is in it, in order: the truth to check a lake against.</param>
public sealed record Delivery(DateTimeOffset At, string Source, string Path, string WriteKey, byte[] Body, IReadOnlyList<Sent> Sent);

/// <summary>One event or row of a delivery.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Fate">What must become of it.</param>
public readonly record struct Sent(ShopEvent Event, Fate Fate);

/// <summary>What must become of something sent.</summary>
public enum Fate
{
    /// <summary>It lands.</summary>
    Lands,
    /// <summary>It is a copy of what was sent before.</summary>
    Duplicate,
    /// <summary>It is malformed and goes to quarantine.</summary>
    Quarantined,
}
