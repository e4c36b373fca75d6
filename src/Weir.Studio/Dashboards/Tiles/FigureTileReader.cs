using Weir.Insight;
using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;
using Weir.Studio.Time;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>A metric as one of the page's figures: its value, the change against what is before, and the days up to now as a sparkline.</summary>
internal static class FigureTileReader
{
    public static async Task<FigureView> ReadAsync(TileContext context, string name, CancellationToken cancellationToken)
    {
        var metric = context.Find(name);
        var (first, last) = await context.Metrics.ExtentAsync(metric, cancellationToken);
        var time = context.Time.Reaching(last);
        var query = new MetricQuery { Metrics = [name], From = time.From, To = time.To };
        var value = await OneAsync(context, query, cancellationToken);
        var (now, before, against) = await CompareAsync(context, metric, time, first, value, cancellationToken);
        var change = TileContext.Change(metric, now, before);
        var status = context.Worst([metric]);
        var past = time.Choice;
        return new FigureView
        {
            Label = metric.Label,
            Table = TileContext.TableOf([metric]),
            Value = context.Short(metric, value),
            Full = context.Full(metric, value),
            Change = TileContext.Written(metric, change),
            Tone = Tones.Of(change, TileContext.GoodOf(metric)),
            Against = against,
            Covers = past.IsPast ? past.Covers : null,
            OnLastDay = past.IsPast ? $"In the {past.Days} days to {Times.LongDay(past.LastDay, past.Today)}, the last day there is" : null,
            Trend = await TrendAsync(context, metric, time, cancellationToken),
            Note = MetricNote.Of(metric, time, []),
            Status = status,
            IsStale = context.Staleness.Is(status),
            Fraction = change,
            IsShare = metric.Format == MetricFormat.Percent,
        };
    }

    // Of running days only whole ones have a counterpart; where the tables do not reach back far enough there is none.
    private static async Task<(double? Now, double? Before, string Against)> CompareAsync(
        TileContext context, Metric metric, DashboardTime time, DateTime? first, double? value, CancellationToken cancellationToken)
    {
        if (value is null) return (null, null, "nothing for these days");
        if (time.Before(null) is not { } shift) return (null, null, "");
        if (time.Whole <= time.From || first is not { } begin || begin > shift.Grain.Add(time.From, -shift.Count)) return (null, null, $"no {time.Words["the ".Length..]} to compare with");
        var rows = (await context.Metrics.ReadAsync(new MetricQuery { Metrics = [metric.Name], From = time.From, To = time.Whole, Before = shift }, cancellationToken)).Rows;
        if (rows.Count == 0 || rows[0].Values[1] is null) return (null, null, $"nothing in {time.Words}");
        return (rows[0].Values[0], rows[0].Values[1], time.Whole < time.To ? $"{time.Words}, whole days" : time.Words);
    }

    private static async Task<double?> OneAsync(TileContext context, MetricQuery query, CancellationToken cancellationToken) =>
        (await context.Metrics.ReadAsync(query, cancellationToken)).Rows is [var row, ..] ? row.Values[0] : null;

    private static async Task<IReadOnlyList<double?>> TrendAsync(TileContext context, Metric metric, DashboardTime time, CancellationToken cancellationToken)
    {
        var grain = metric.Grain > Grain.Day ? metric.Grain : time.Choice.Days > 60 ? Grain.Week : Grain.Day;
        var to = grain.Floor(time.Whole);
        var from = grain.Floor(time.From < to.AddDays(-FigureReader.TrendDays) ? time.From : to.AddDays(-FigureReader.TrendDays));
        if (from >= to) return [];
        var rows = (await context.Metrics.ReadAsync(new MetricQuery { Metrics = [metric.Name], Grain = grain, From = from, To = to }, cancellationToken)).Rows.ToDictionary(r => r.Time!.Value, r => r.Values[0]);
        var trend = new List<double?>();
        for (var at = from; at < to; at = grain.Add(at, 1)) trend.Add(rows.GetValueOrDefault(at));
        return [.. trend.SkipWhile(v => v is null)];
    }
}
