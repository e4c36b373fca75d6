using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Home.Config;
using Weir.Studio.Text;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Figures;

/// <summary>A tile as it is drawn.</summary>
public sealed record FigureView
{
    public required string Label { get; init; }
    public required string Table { get; init; }
    public Figure Value { get; init; } = new(Numbers.None, "");
    public string Full { get; init; } = "";
    public string? Change { get; init; }
    public Tone Tone { get; init; }

    /// <summary>What the change is against, or why there is none.</summary>
    public string Against { get; init; } = "";

    /// <summary>Which days are shown, where these are not the chosen ones but the last the table has; else null.</summary>
    public string? Covers { get; init; }

    /// <summary>The same in the heading's words: <c>On 9 December 2011, the last day there is</c>.</summary>
    public string? OnLastDay { get; init; }

    /// <summary>One value a day up to the last whole day; null where a day has no row.</summary>
    public IReadOnlyList<double?> Trend { get; init; } = [];

    /// <summary>What the metric means that is shown; null: the figure is a table's column.</summary>
    public MetricNote? Note { get; init; }

    public RelationStatus? Status { get; init; }
    public bool IsStale { get; init; }
    public WeirException? Error { get; init; }

    /// <summary>Whether the figure must not be read as good: its table failed its checks or was not built.</summary>
    public bool IsStruck => Status?.HasFailed == true;

    /// <summary>What the sentence is made from.</summary>
    public double? Fraction { get; init; }
    public bool IsShare { get; init; }
    public bool IsSameTime { get; init; }

    internal static FigureView Of(FigureConfig figure, History history, TimeChoice choice, string currency, RelationStatus? status, Staleness staleness)
    {
        choice = choice.Reaching(history.Last);
        var compared = Comparison.Of(figure, history, choice);
        var change = compared.Change(figure.Format);
        var isShare = figure.Format == FigureFormat.Percent;
        return new FigureView
        {
            Label = figure.Label,
            Table = figure.Table,
            Value = Numbers.Short(compared.Value, figure.Format, currency),
            Full = Numbers.Full(compared.Value, figure.Format, currency),
            Change = change is { } c ? isShare ? Numbers.Points(c) : Numbers.Change(c) : null,
            Tone = Tones.Of(change, figure.Good),
            Against = compared.Against.Replace("{0}", Numbers.Short(compared.Whole, figure.Format, currency).ToString(), StringComparison.Ordinal),
            Covers = choice.IsPast ? choice.Covers : null,
            OnLastDay = !choice.IsPast ? null
                : $"{(choice.Days == 1 ? "On" : $"In the {choice.Days} days to")} {Times.LongDay(choice.LastDay, choice.Today)}, the last day there is",
            Trend = TrendOf(figure, history, choice),
            Status = status,
            IsStale = staleness.Is(status),
            Fraction = change,
            IsShare = isShare,
            IsSameTime = compared.IsSameTime,
        };
    }

    // The running day would end the line in a fall that is none.
    private static List<double?> TrendOf(FigureConfig figure, History history, TimeChoice choice)
    {
        var last = choice.IsUnfinished ? choice.LastDay.AddDays(-1) : choice.LastDay;
        var byDay = history.Points.ToLookup(p => DateOnly.FromDateTime(p.Start));
        var days = Enumerable.Range(0, FigureReader.TrendDays).Select(i => last.AddDays(i - FigureReader.TrendDays + 1));
        return [.. days.Select(day => Comparison.Combine(figure, [.. byDay[day]])).SkipWhile(v => v is null)];
    }
}

/// <summary>Whether a change is good news.</summary>
public enum Tone { Flat, Good, Bad }

internal static class Tones
{
    /// <summary>What rounds to nothing is neither good nor bad.</summary>
    public static Tone Of(double? change, Good good) => change is not { } c || Math.Abs(c) < 0.0005 || good == Good.Neither ? Tone.Flat
        : c > 0 == (good == Good.Up) ? Tone.Good : Tone.Bad;
}
