using Weir.Events;
using Weir.Land.Evaluate;

namespace Weir.Land.Rounds;

/// <summary>Some consecutive events of one stream, with what the evaluator says of each.</summary>
/// <param name="Range">The range they belong to.</param>
/// <param name="Events">The events, in order of positions.</param>
/// <param name="Verdicts">Aligned with them.</param>
internal sealed record Batch(RangeReader Range, IReadOnlyList<Arrival> Events, Verdict[] Verdicts);
