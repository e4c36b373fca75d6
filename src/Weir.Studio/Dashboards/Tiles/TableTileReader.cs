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
        var rows = table.Rows.Take(tile.Limit).Select(r => (IReadOnlyList<string>)
        [
            .. r.Time is { } at ? [time.Label(at)] : Array.Empty<string>(), .. r.Keys.Select((_, i) => r.Name(i)), .. metrics.Select((m, i) => context.Full(m, r.Values[i])),
        ]);
        var names = table.Keys.Select(k => Words(DashboardFilter.Bare(k))).ToList();
        if (table.Rows.Count > 0 && table.Rows[0].Time is not null) names.Insert(0, "Time");
        return context.Told(new TableTile([.. names, .. metrics.Select(m => m.Label)], names.Count, [.. rows], Math.Max(0, table.Rows.Count - tile.Limit)), tile, metrics, time);
    }

    private static string Words(string name) => char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');
}
