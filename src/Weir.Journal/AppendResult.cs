namespace Weir.Journal;

/// <summary>Where a batch lies, durably.</summary>
/// <param name="StreamId">The stream's birth id.</param>
/// <param name="FirstOrdinal">The ordinal of its first event; the others follow.</param>
public readonly record struct AppendResult(string StreamId, long FirstOrdinal);
