using Weir.Insight;
using Weir.Studio.Dashboards.Config;
using Weir.Studio.Text;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>Metrics over time: one with what was before, several beside each other, or one split by a dimension.</summary>
internal static class ChartTileReader
{
    private const int MostSeries = 6;
    private const int Colours = 8;

    public static async Task<ChartTile> ReadAsync(TileContext context, TileConfig tile, CancellationToken cancellationToken)
    {
        var metrics = tile.Metrics.Select(context.Find).ToList();
        var time = await context.TimeOfAsync(metrics[0], cancellationToken);
        var grain = metrics.Max(m => m.Grain) is var finest && finest > time.Grain ? finest : time.Grain;
        time = time with { Grain = grain };
        var from = grain >= Grain.Week ? grain.Floor(time.From) : time.From;
        var query = new MetricQuery { Metrics = tile.Metrics, Grain = grain, From = from, To = time.To, Where = tile.Where };
        var (series, values) = tile.By.Count > 0 ? await SplitAsync(context, tile, query, cancellationToken)
            : metrics.Count > 1 ? await BesideAsync(context, metrics, query, cancellationToken)
            : await WithBeforeAsync(context, metrics[0], query, time, cancellationToken);
        var buckets = new List<ChartBucket>();
        for (var at = grain.Floor(from); at < time.To; at = grain.Add(at, 1))
            buckets.Add(new ChartBucket(time.Label(at), time.IsOpen(at), [.. values.Select(v => Cell(context, metrics[0], v.TryGetValue(at, out var value) ? value : null))]));
        var chart = new ChartTile
        {
            Kind = tile.Kind == TileKind.Bars ? "columns" : "trend",
            Series = series,
            Buckets = buckets,
            Format = metrics[0].Format.ToString().ToLowerInvariant(),
            Symbol = metrics[0].Format == MetricFormat.Money ? Numbers.Symbol(context.Currency) : "",
            Caption = $"{tile.Title ?? metrics[0].Label} by {grain.Name()}, {time.Choice.Zone.Id}",
        };
        return context.Told(chart, tile, metrics, time, $"{time.Choice.Covers}, by {grain.Name()}");
    }

    private static async Task<(List<ChartSeries>, List<Dictionary<DateTime, double?>>)> WithBeforeAsync(
        TileContext context, Metric metric, MetricQuery query, DashboardTime time, CancellationToken cancellationToken)
    {
        var before = time.Before(time.Grain);
        var rows = (await context.Metrics.ReadAsync(query with { Before = before }, cancellationToken)).Rows;
        List<ChartSeries> series = [new(metric.Label, "s1")];
        List<Dictionary<DateTime, double?>> values = [rows.ToDictionary(r => r.Time!.Value, r => r.Values[0])];
        if (before is not null && rows.Any(r => r.Values[1] is not null))
        {
            series.Add(new ChartSeries(time.Words, "before"));
            values.Add(rows.ToDictionary(r => r.Time!.Value, r => r.Values[1]));
        }
        return (series, values);
    }

    private static async Task<(List<ChartSeries>, List<Dictionary<DateTime, double?>>)> BesideAsync(
        TileContext context, List<Metric> metrics, MetricQuery query, CancellationToken cancellationToken)
    {
        var rows = (await context.Metrics.ReadAsync(query, cancellationToken)).Rows;
        return ([.. metrics.Select((m, i) => new ChartSeries(m.Label, $"s{i % Colours + 1}"))], [.. metrics.Select((_, i) => rows.ToDictionary(r => r.Time!.Value, r => r.Values[i]))]);
    }

    // A value keeps its colour whatever the range is: colours go by all the values that the dimension has, in their order.
    private static async Task<(List<ChartSeries>, List<Dictionary<DateTime, double?>>)> SplitAsync(
        TileContext context, TileConfig tile, MetricQuery query, CancellationToken cancellationToken)
    {
        var ever = await context.Metrics.ReadAsync(new MetricQuery { Metrics = query.Metrics, By = tile.By, Where = tile.Where }, cancellationToken);
        var colours = ever.Rows.Select(r => r.Name(0)).Order(StringComparer.Ordinal).Select((name, i) => (name, i)).ToDictionary(n => n.name, n => $"s{n.i % Colours + 1}");
        var most = await context.Metrics.ReadAsync(query with { By = tile.By, Grain = null, Limit = Math.Min(tile.Limit, MostSeries) }, cancellationToken);
        var shown = most.Rows.Where(r => r.Values[0] is not (null or 0)).Select(r => r.Name(0)).ToList();
        var rows = (await context.Metrics.ReadAsync(query with { By = tile.By }, cancellationToken)).Rows.ToLookup(r => r.Name(0));
        return ([.. shown.Select(name => new ChartSeries(name, colours.GetValueOrDefault(name, "s6")))], [.. shown.Select(name => rows[name].ToDictionary(r => r.Time!.Value, r => r.Values[0]))]);
    }

    private static ChartCell Cell(TileContext context, Metric metric, double? value) => new(value, value is null ? "" : context.Full(metric, value));
}
