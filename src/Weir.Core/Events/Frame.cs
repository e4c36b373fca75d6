namespace Weir.Events;

/// <summary>What one request or one read of a file appended: consecutive events that share a receive time and an envelope.</summary>
/// <param name="FirstOrdinal">The ordinal of the first event in its stream; the others follow without a gap.</param>
/// <param name="ReceivedAt">When Weir received it, UTC.</param>
/// <param name="Dialect">How an event's bytes are to be read: one of <see cref="Dialects"/>.</param>
/// <param name="Envelope">Request metadata as a UTF-8 JSON object: <c>ip</c>, <c>userAgent</c>, <c>query</c>, batch-level <c>sentAt</c>
/// (the client's string, unparsed) and <c>context</c>, <c>networkUserId</c> (a browser's, from Weir's cookie); for a topic of others <c>topic</c> (its name and partition); for files <c>file</c> (its name) and, for CSV, <c>header</c> (an array of column names). Never empty: at least <c>{}</c>.</param>
/// <param name="Events">The events, byte for byte as sent.</param>
/// <param name="Lines">For files the 1-based line on which each event begins; otherwise null.</param>
/// <param name="Dropped">Null; or why a person gave these events up: then each of them is empty, for their bytes cannot be read.</param>
public sealed record Frame(
    long FirstOrdinal,
    DateTimeOffset ReceivedAt,
    string Dialect,
    ReadOnlyMemory<byte> Envelope,
    IReadOnlyList<ReadOnlyMemory<byte>> Events,
    IReadOnlyList<long>? Lines = null,
    string? Dropped = null)
{
    /// <summary>Where its events and its envelope lie, if that is used again; they hold until it is given back.</summary>
    public FrameMemory? Memory { get; init; }

    /// <summary>The ordinal after the last event of this frame.</summary>
    public long NextOrdinal => FirstOrdinal + Events.Count;

    /// <summary>The same frame without the events before <paramref name="ordinal"/>.</summary>
    public Frame From(long ordinal)
    {
        if (ordinal <= FirstOrdinal) return this;
        var skip = (int)(ordinal - FirstOrdinal);
        return this with { FirstOrdinal = ordinal, Events = [.. Events.Skip(skip)], Lines = Lines is null ? null : [.. Lines.Skip(skip)] };
    }
}
