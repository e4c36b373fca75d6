using Weir.Land.Tap;

namespace Weir.Land.Trace;

/// <summary>One copy of an event, and its whole way.</summary>
/// <param name="Source">Its source.</param>
/// <param name="EventId">The id, as the lake has it.</param>
/// <param name="Event">The event's name, if it could be read.</param>
/// <param name="Stream">The stream's birth id.</param>
/// <param name="Position">The ordinal in it.</param>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="ClientTime">The client's own stamp, UTC, if it has one.</param>
/// <param name="Fate">What became of it.</param>
public sealed record TracedCopy(string Source, Guid EventId, string? Event, string Stream, long Position, DateTime ReceivedAt, DateTime? ClientTime, Fate Fate)
{
    /// <summary>The request, or the read of a file, that it came in; null: its segment was removed after landing.</summary>
    public TracedRequest? Request { get; init; }

    /// <summary>Of a duplicate: the copy that landed; null: it is not known any more.</summary>
    public TracedCopy? Of { get; init; }

    /// <summary>The ledger's row that decided it; null: it is pending.</summary>
    public TracedDecision? Decision { get; init; }

    /// <summary>The row in the lake: of what landed, or lies in quarantine.</summary>
    public TracedRow? Row { get; init; }
}

/// <summary>What a copy came in with.</summary>
/// <param name="Dialect">How it was sent.</param>
/// <param name="Number">Which event of the request it is, from 1 on; of a file the line.</param>
/// <param name="Count">How many events the request had; of a file 0.</param>
/// <param name="File">The file's name; null: it was a request.</param>
public sealed record TracedRequest(string Dialect, long Number, int Count, string? File);

/// <summary>The part of a committed range that holds a copy.</summary>
/// <param name="From">The part's first position.</param>
/// <param name="To">The position after its last.</param>
/// <param name="CommittedAt">When it was committed, UTC.</param>
/// <param name="Version">The ledger's version that did it; null: that commit has been cleaned from the log.</param>
public sealed record TracedDecision(long From, long To, DateTime CommittedAt, long? Version);

/// <summary>A row of the lake.</summary>
/// <param name="Table">The table's name.</param>
/// <param name="File">Its file, below the lake's folder.</param>
/// <param name="Number">The row's number in the file, from 0 on.</param>
public sealed record TracedRow(string Table, string File, long Number);
