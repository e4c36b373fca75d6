namespace Weir.Land.Quarantines;

/// <summary>How many events lie in quarantine for one reason, of one source and name.</summary>
/// <param name="Source">The source.</param>
/// <param name="Reason">The reason's code.</param>
/// <param name="Event">The event's name; null: it could not be read.</param>
/// <param name="Count">Events.</param>
/// <param name="First">When the first of them was received, UTC.</param>
/// <param name="Last">When the last of them was received, UTC.</param>
public sealed record QuarantinedCount(string Source, string Reason, string? Event, long Count, DateTime First, DateTime Last);

/// <summary>One event in quarantine, as far as its row shows it: no value that was sent, but id, name and time.</summary>
/// <param name="Source">The source.</param>
/// <param name="Reason">The reason's code.</param>
/// <param name="Detail">Where, and what was expected.</param>
/// <param name="EventId">The id, if one could be read.</param>
/// <param name="Event">The name, if it could be read.</param>
/// <param name="ClientTime">The client's stamp, UTC, if it could be read.</param>
/// <param name="ReceivedAt">When it was received, UTC.</param>
/// <param name="Stream">The stream's birth id.</param>
/// <param name="Position">The ordinal in it.</param>
/// <param name="File">Of a loaded file: its name.</param>
/// <param name="Line">Of a loaded file: the line.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record QuarantinedEvent(
    string Source, string Reason, string? Detail, string? EventId, string? Event, DateTime? ClientTime, DateTime ReceivedAt, string Stream, long Position, string? File, long? Line, long Bytes)
{
    /// <summary>Whether its sealed bytes can still be opened: the key of their source and day is there. Otherwise it cannot be replayed any more.</summary>
    public bool IsKept { get; init; }
}
