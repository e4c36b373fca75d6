using Weir.Insight;
using Weir.Studio.Dashboards.Config;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>A funnel: each step is a metric that counts who came so far.</summary>
internal static class FunnelTileReader
{
    public static async Task<FunnelTile> ReadAsync(TileContext context, TileConfig tile, CancellationToken cancellationToken)
    {
        var metrics = tile.Metrics.Select(context.Find).ToList();
        var time = await context.TimeOfAsync(metrics[0], cancellationToken);
        var query = new MetricQuery { Metrics = tile.Metrics, From = time.From, To = time.To, Where = tile.Where };
        var now = (await context.Metrics.ReadAsync(query, cancellationToken)).Rows[0].Values;
        var compared = time.Before(null) is { } shift && time.Whole > time.From
            ? (await context.Metrics.ReadAsync(query with { To = time.Whole, Before = shift }, cancellationToken)).Rows[0].Values : null;
        var first = now[0] ?? 0;
        var steps = metrics.Select((metric, i) =>
        {
            double? Rate(IReadOnlyList<double?> values, int step) => i > 0 && values[(i - 1) * step] is { } before and > 0 ? (values[i * step] ?? 0) / before : null;
            var change = compared is null || i == 0 ? null : Rate(compared, 2) - Rate([.. compared.Skip(1), null], 2);
            var count = now[i] ?? 0;
            return new FunnelStep(
                metric.Label, metric.Description, context.Short(metric, count), context.Full(metric, count), Numbers.Share(count, first),
                i == 0 ? null : Numbers.Share(count, now[i - 1] ?? 0), change is { } c ? Numbers.Points(c) : null, Tones.Of(change, Home.Config.Good.Up), first > 0 ? count / first * 100 : 0);
        });
        return context.Told(new FunnelTile([.. steps]), tile, metrics, time);
    }
}
