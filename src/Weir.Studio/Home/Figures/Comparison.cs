using Weir.Studio.Home.Config;
using Weir.Studio.Text;
using Weir.Studio.Time;

namespace Weir.Studio.Home.Figures;

/// <summary>A figure for the chosen days, and what it was for the days before; only like is compared with like.</summary>
/// <param name="Value">The chosen days' value; null: the table has no row for them.</param>
/// <param name="Now">The part of the value that is compared.</param>
/// <param name="Before">What it is compared with; null: nothing comparable.</param>
/// <param name="Against">In words what <paramref name="Before"/> is, or why there is none.</param>
/// <param name="IsSameTime">Whether an unfinished day is compared up to the same time.</param>
internal sealed record Comparison(double? Value, double? Now, double? Before, string Against, bool IsSameTime)
{
    public static Comparison Of(FigureConfig figure, History history, TimeChoice choice)
    {
        var from = choice.FirstDay.ToDateTime(TimeOnly.MinValue);
        var to = choice.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var value = Combine(figure, Between(history, from, to));
        if (value is null) return new Comparison(null, null, null, choice.IsUnfinished && choice.Days == 1 ? "nothing for today yet" : "nothing for these days", false);

        var isRunningDay = choice.IsUnfinished && choice.Days == 1;
        if (isRunningDay && !history.IsHourly) return SameDay(figure, history, choice, value.Value, from);

        // Of an unfinished period only whole hours (or, in a table of days, whole days) have a counterpart.
        if (choice.IsUnfinished) to = history.IsHourly ? choice.LocalNow.Date.AddHours(choice.LocalNow.Hour) : choice.LocalNow.Date;
        var now = Combine(figure, Between(history, from, to));
        var start = from.AddDays(-choice.Shift);
        var before = history.First is { } first && first.Date <= start ? Combine(figure, Between(history, start, to.AddDays(-choice.Shift))) : null;
        if (before is null || now is null) return isRunningDay ? SoFar(figure, history, choice, value.Value, from) : new Comparison(value, null, null, $"no {Bare(choice)} to compare with", false);
        var isCut = choice.IsUnfinished && !history.IsHourly;
        return new Comparison(value, now, before, isCut ? $"{choice.Against}, whole days" : choice.Against, isRunningDay);
    }

    // A table of days says how an unfinished day compares only if it says what the same hours of the week before held.
    private static Comparison SameDay(FigureConfig figure, History history, TimeChoice choice, double value, DateTime day)
    {
        var compared = Between(history, day, day.AddDays(1)).Where(p => p.Compare is not null).ToList();
        if (compared.Count > 0 && compared.Sum(p => p.Compare!.Value) is var sum && sum != 0)
            return new Comparison(value, value, sum, choice.Against, true);
        return SoFar(figure, history, choice, value, day);
    }

    // In the first hour of a day, too: no whole hour of it can be compared yet.
    private static Comparison SoFar(FigureConfig figure, History history, TimeChoice choice, double value, DateTime day)
    {
        var whole = Combine(figure, Between(history, day.AddDays(-7), day.AddDays(-6)));
        return new Comparison(value, null, null, whole is null ? $"no {Bare(choice)} to compare with" : $"so far; {choice.Against} ended at {{0}}", false) { Whole = whole };
    }

    /// <summary>The whole day a week before, told instead of a comparison that would not be fair.</summary>
    public double? Whole { get; init; }

    /// <summary>The change: a fraction, or a difference of shares; null without a comparison.</summary>
    public double? Change(FigureFormat format) => (Now, Before) switch
    {
        ({ } now, { } before) when format == FigureFormat.Percent => now - before,
        ({ } now, { } before) when before != 0 => (now - before) / Math.Abs(before),
        _ => null,
    };

    private static string Bare(TimeChoice choice) =>
        choice.Against.StartsWith("last ", StringComparison.Ordinal) ? $"earlier {choice.LastDay.DayOfWeek}"
        : choice.Days == 1 ? $"earlier {choice.LastDay.DayOfWeek}" : $"{choice.Days} days before";

    private static List<Point> Between(History history, DateTime from, DateTime to) => [.. history.Points.Where(p => p.Start >= from && p.Start < to)];

    /// <summary>Several days' value: the sum, the ratio of sums, or the mean of shares that have no divisor.</summary>
    internal static double? Combine(FigureConfig figure, IReadOnlyList<Point> points)
    {
        if (points.Count == 0) return null;
        if (figure.Per is not null)
        {
            var per = points.Sum(p => p.Per ?? 0);
            return per == 0 ? null : points.Sum(p => p.Value) / per;
        }

        return figure.Format == FigureFormat.Percent ? points.Average(p => p.Value) : points.Sum(p => p.Value);
    }
}
