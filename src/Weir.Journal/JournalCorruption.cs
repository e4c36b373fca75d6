namespace Weir.Journal;

/// <summary>A range of a stream that was acknowledged and cannot be read any more. Nothing of it was cut; reading stops before it with WEIR2005.</summary>
/// <param name="StreamId">The stream's birth id.</param>
/// <param name="Source">Its source.</param>
/// <param name="File">The segment.</param>
/// <param name="FromOrdinal">The first event that cannot be read.</param>
/// <param name="ToOrdinal">The first event after it that can be, or the end of what was acknowledged.</param>
/// <param name="FromByte">The range's first byte in the file.</param>
/// <param name="ToByte">The byte after it.</param>
public sealed record JournalCorruption(
    string StreamId, string Source, string File, long FromOrdinal, long ToOrdinal, long FromByte, long ToByte);
