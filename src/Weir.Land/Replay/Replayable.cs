using Weir.Land.Rounds;

namespace Weir.Land.Replay;

/// <summary>An event that is kept aside, or was dropped by a rule, and may have another fate now.</summary>
/// <param name="Arrival">It, as it was received; null: its bytes cannot be had.</param>
/// <param name="Stream">Its stream's birth id.</param>
/// <param name="Source">Its source.</param>
/// <param name="Position">Its ordinal.</param>
/// <param name="Reason">Why it is kept aside or was dropped.</param>
/// <param name="WasDropped">Whether it was dropped.</param>
/// <param name="Unreadable">Why its bytes cannot be had.</param>
internal sealed record Replayable(Arrival? Arrival, string Stream, string Source, long Position, string Reason, bool WasDropped, string? Unreadable = null);
