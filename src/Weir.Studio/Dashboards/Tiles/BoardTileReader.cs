using Weir.Insight;
using Weir.Studio.Dashboards.Config;
using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Home.Boards;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>A metric by the values of one dimension, the greatest first; a click filters the page.</summary>
internal static class BoardTileReader
{
    public static async Task<BoardTile> ReadAsync(TileContext context, TileConfig tile, CancellationToken cancellationToken)
    {
        var metric = context.Find(tile.Metrics[0]);
        var detail = tile.Detail is null ? null : context.Find(tile.Detail);
        Metric[] both = detail is null ? [metric] : [metric, detail];
        var time = await context.TimeOfAsync(metric, cancellationToken);
        var query = new MetricQuery { Metrics = [.. both.Select(m => m.Name)], By = tile.By, From = time.From, To = time.To, Where = tile.Where };
        var rows = (await context.Metrics.ReadAsync(query, cancellationToken, DashboardFilter.Bare(tile.By[0]))).Rows.Where(r => r.Values[0] is not null).ToList();
        var changes = await ChangesAsync(context, metric, query, time, cancellationToken);
        var total = rows.Sum(r => Math.Max(0, r.Values[0]!.Value));
        var greatest = rows.Count == 0 ? 0 : rows.Max(r => r.Values[0]!.Value);
        var board = new BoardView
        {
            Title = tile.Title ?? metric.Label,
            Table = TileContext.TableOf(both),
            ValueName = TileContext.Short(metric.Label),
            DetailName = detail is null ? null : TileContext.Short(detail.Label),
            HasShare = metric.IsAdditive,
            ChangeName = changes.Count == 0 ? null : "Change",
            Against = time.Words,
            Rows = [.. rows.Take(tile.Limit).Select(r => Row(context, metric, detail, tile.By[0], r, total, greatest, changes))],
            More = Math.Max(0, rows.Count - tile.Limit),
        };
        return context.Told(new BoardTile(board), tile, both, time);
    }

    private static BoardRow Row(TileContext context, Metric metric, Metric? detail, string dimension, MetricRow row, double total, double greatest, Dictionary<string, double?> changes)
    {
        var value = row.Values[0]!.Value;
        var name = row.Name(0);
        var filter = new DashboardFilter(DashboardFilter.Bare(dimension), row.Keys[0] is null ? null : name);
        var change = changes.GetValueOrDefault(name);
        return new BoardRow(
            name, detail is null ? null : context.Short(detail, row.Values[1]).ToString(), context.Short(metric, value), context.Full(metric, value),
            metric.IsAdditive && value >= 0 ? Numbers.Share(value, total) : "", greatest <= 0 ? 0 : Math.Clamp(value / greatest * 100, 0, 100),
            changes.Count == 0 ? null : TileContext.Written(metric, change) ?? (changes.ContainsKey(name) ? Numbers.None : "new"), Tones.Of(change, TileContext.GoodOf(metric)))
        {
            // Only a text in the address is the same text in the table.
            Href = row.Keys[0] is null or string ? context.Address.Toggle(filter) : null,
            IsChosen = context.Address.Has(filter),
        };
    }

    private static async Task<Dictionary<string, double?>> ChangesAsync(TileContext context, Metric metric, MetricQuery query, DashboardTime time, CancellationToken cancellationToken)
    {
        if (time.Before(null) is not { } shift || time.Whole <= time.From) return [];
        var first = (await context.Metrics.ExtentAsync(metric, cancellationToken)).First;
        if (first is not { } begin || begin > shift.Grain.Add(time.From, -shift.Count)) return [];
        var rows = (await context.Metrics.ReadAsync(query with { Metrics = [metric.Name], To = time.Whole, Before = shift }, cancellationToken, DashboardFilter.Bare(query.By[0]))).Rows;
        return rows.Where(r => r.Values[1] is not null).DistinctBy(r => r.Name(0)).ToDictionary(r => r.Name(0), r => TileContext.Change(metric, r.Values[0], r.Values[1]));
    }
}
