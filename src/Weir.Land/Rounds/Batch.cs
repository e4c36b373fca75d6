using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;

namespace Weir.Land.Rounds;

/// <summary>Some consecutive events of one stream, with what is said of each.</summary>
/// <param name="Range">The range they belong to.</param>
/// <param name="Events">The events, in order of positions.</param>
/// <param name="Verdicts">Aligned with them: what the plain path says; null: the fast path has put the event's row into its block.</param>
/// <param name="Blocks">Room for the rows of the events, equal parts of them in each.</param>
/// <param name="Part">How many events have their rows in one block.</param>
internal sealed record Batch(RangeReader Range, IReadOnlyList<Arrival> Events, Verdict?[] Verdicts, EventBlock[] Blocks, int Part)
{
    /// <summary>Where an event's row is, or would be.</summary>
    public (EventBlock Block, int Row) RowOf(int index) => (Blocks[index / Part], index % Part);
}
