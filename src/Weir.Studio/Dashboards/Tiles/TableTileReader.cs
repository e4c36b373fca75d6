using Weir.Insight;
using Weir.Studio.Dashboards.Config;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>Metrics by dimensions, row by row.</summary>
internal static class TableTileReader
{
    public static async Task<TableTile> ReadAsync(TileContext context, TileConfig tile, CancellationToken cancellationToken)
    {
        var metrics = tile.Metrics.Select(context.Find).ToList();
        var time = await context.TimeOfAsync(metrics[0], cancellationToken);
        var table = await context.Metrics.ReadAsync(new MetricQuery { Metrics = tile.Metrics, By = tile.By, From = time.From, To = time.To, Where = tile.Where }, cancellationToken);
        // Of days the newest first.
        if (table.Rows is [{ Time: not null }, ..]) table = table with { Rows = [.. table.Rows.Reverse()] };
        var rows = table.Rows.Take(tile.Limit).Select(r => (IReadOnlyList<string>)
        [
            .. r.Time is { } at ? [time.Label(at)] : Array.Empty<string>(), .. r.Keys.Select((_, i) => r.Name(i)), .. metrics.Select((m, i) => context.Full(m, r.Values[i])),
        ]);
        var names = table.Keys.Select(k => Words(DashboardFilter.Bare(k))).ToList();
        if (table.Rows.Count > 0 && table.Rows[0].Time is not null) names.Insert(0, "Time");
        return context.Told(new TableTile([.. names, .. Heads(metrics)], names.Count, [.. rows], Math.Max(0, table.Rows.Count - tile.Limit)), tile, metrics, time);
    }

    // Short where that leaves them apart.
    private static IEnumerable<string> Heads(List<Metric> metrics)
    {
        var all = metrics.Select(m => TileContext.Short(m.Label)).ToList();
        return metrics.Select((m, i) => all.Count(a => a == all[i]) == 1 ? all[i] : m.Label);
    }

    private static string Words(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
