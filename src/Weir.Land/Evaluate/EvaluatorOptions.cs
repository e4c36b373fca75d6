namespace Weir.Land.Evaluate;

/// <summary>The evaluator's limits.</summary>
internal sealed record EvaluatorOptions
{
    public static EvaluatorOptions Default { get; } = new();

    /// <summary>The longest event, in bytes.</summary>
    public int MaxBytes { get; init; } = 1 << 20;

    /// <summary>The deepest nesting; the event's own braces are the first level.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>An event's times before this cannot be true (UTC).</summary>
    public DateTime Earliest { get; init; } = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>How far beyond the receive time an event's times may lie.</summary>
    public TimeSpan MaxAhead { get; init; } = TimeSpan.FromHours(24);
}
