namespace Weir.Collect.Splitting;

/// <summary>A body taken apart. All slices are of the body, byte for byte.</summary>
/// <param name="Events">The events; the whole body as one where it could not be split (it is quarantined when it lands).</param>
internal sealed record SplitBody(IReadOnlyList<ReadOnlyMemory<byte>> Events)
{
    /// <summary>Events a body may have: so that a body of line feeds does not become millions of them.</summary>
    public const int MaxEvents = 100_000;

    /// <summary>The write key in the body, if any.</summary>
    public string? WriteKey { get; init; }

    /// <summary>Where each event names its own key: those keys, one for each event; otherwise null.</summary>
    public IReadOnlyList<string?>? EventKeys { get; init; }

    /// <summary>The id that a browser's cookie has, or is given with the answer; null: none.</summary>
    public string? NetworkUserId { get; init; }

    /// <summary>Whether the client forbids keeping where it is.</summary>
    public bool Anonymous { get; init; }

    /// <summary>The message type that the route says, if any.</summary>
    public string? Type { get; init; }

    /// <summary>JSON value of the batch's sending time; empty if there is none.</summary>
    public ReadOnlyMemory<byte> SentAt { get; init; }

    /// <summary>JSON object of the batch's context; empty if there is none.</summary>
    public ReadOnlyMemory<byte> Context { get; init; }

    /// <summary>A body that cannot be split is one event.</summary>
    public static SplitBody Whole(ReadOnlyMemory<byte> body, string? writeKey = null) => new([body]) { WriteKey = writeKey };
}
