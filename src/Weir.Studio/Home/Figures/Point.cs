namespace Weir.Studio.Home.Figures;

/// <summary>A day's or an hour's sums.</summary>
/// <param name="Start">Its beginning, business time.</param>
/// <param name="Value">The measure.</param>
/// <param name="Per">What a rate is divided by.</param>
/// <param name="Compare">The measure a week before, up to the same time of day, as the table gives it.</param>
internal readonly record struct Point(DateTime Start, double Value, double? Per, double? Compare);

/// <summary>A figure's history as read: the points, whether they are hours, where the table begins, and where it ends (null: it has no value at all).</summary>
internal sealed record History(IReadOnlyList<Point> Points, bool IsHourly, DateTime? First, DateTime? Last = null);
