namespace Weir.Collect.Splitting;

/// <summary>What a dialect calls the members of an object that holds a batch.</summary>
internal sealed record BatchNames
{
    /// <summary>The array of events.</summary>
    public required string Batch { get; init; }

    /// <summary>The write key; of several the last that is there.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>When it was sent.</summary>
    public IReadOnlyList<string> SentAt { get; init; } = [];

    /// <summary>The context of all events.</summary>
    public string? Context { get; init; }

    /// <summary>Whether all that has no other name here is the events' context.</summary>
    public bool RestIsContext { get; init; }
}
