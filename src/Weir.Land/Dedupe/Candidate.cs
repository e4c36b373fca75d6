namespace Weir.Land.Dedupe;

/// <summary>A valid event that asks for its id.</summary>
/// <param name="Source">Its source's number (<see cref="SourceTable"/>).</param>
/// <param name="Id">Its own id: an imputed one is never asked for.</param>
/// <param name="Name">The event's name.</param>
/// <param name="ClientMicros">The client's own stamp, UTC microseconds since 1970; null if the event has no time of its own.</param>
/// <param name="ReceivedMicros">When it was received, in the same unit.</param>
internal readonly record struct Candidate(int Source, UInt128 Id, string Name, long? ClientMicros, long ReceivedMicros);

/// <summary>What dedupe says of an event.</summary>
internal enum DedupeVerdict
{
    /// <summary>The first with its id: it lands.</summary>
    First,
    /// <summary>A copy of what has landed or lands.</summary>
    Duplicate,
    /// <summary>Another event under an id that is taken: it goes to quarantine.</summary>
    Reused,
}
