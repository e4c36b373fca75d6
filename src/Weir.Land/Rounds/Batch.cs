using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;

namespace Weir.Land.Rounds;

/// <summary>Some consecutive events of one stream, with what is said of each.</summary>
/// <param name="Range">The range they belong to.</param>
/// <param name="Events">The events, in order of positions.</param>
/// <param name="Verdicts">Aligned with them: what the plain path says; null: the fast path has put the event's row into its block.</param>
/// <param name="Block">Room for a row of each.</param>
internal sealed record Batch(RangeReader Range, IReadOnlyList<Arrival> Events, Verdict?[] Verdicts, EventBlock Block);
