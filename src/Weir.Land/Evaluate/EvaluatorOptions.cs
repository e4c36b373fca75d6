using Weir.Land.Erasure;

namespace Weir.Land.Evaluate;

/// <summary>The evaluator's limits, and what the project's files say of all sources.</summary>
internal sealed record EvaluatorOptions
{
    public static EvaluatorOptions Default { get; } = new();

    /// <summary>The longest event, in bytes.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>The deepest nesting; the event's own braces are the first level.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>An event's times before this cannot be true (UTC).</summary>
    public DateTime Earliest { get; init; } = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Who was erased, as it is known when an event is evaluated.</summary>
    public Func<Tombstones> Erased { get; init; } = () => Tombstones.None;

    /// <summary>Whether vectors may tell that a text is surely valid, before it is looked at token by token.</summary>
    public bool FastPath { get; init; } = true;

    /// <summary>What the project says of events.</summary>
    public EventRules Rules { get; init; } = EventRules.None;
}
