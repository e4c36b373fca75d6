namespace Weir.Generate;

/// <summary>An event that must be in the lake, once.</summary>
/// <param name="Event">What happened.</param>
/// <param name="EventTime">The time it must have there: when it happened, and how long its first transmission was under way.</param>
public readonly record struct LandedEvent(ShopEvent Event, DateTimeOffset EventTime);
