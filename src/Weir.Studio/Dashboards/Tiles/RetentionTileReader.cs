using System.Globalization;
using Weir.Insight;
using Weir.Studio.Dashboards.Config;
using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Text;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>A triangle of cohorts. It shows the last cohorts there are, whatever the page's days.</summary>
internal static class RetentionTileReader
{
    private const int MostColumns = 14;

    public static async Task<RetentionTile> ReadAsync(TileContext context, TileConfig tile, CancellationToken cancellationToken)
    {
        Metric[] metrics = [context.Find(tile.Metrics[0]), context.Find(tile.Size!)];
        var by = tile.Complete is null ? tile.By : [.. tile.By, tile.Complete];
        var table = await context.Metrics.ReadAsync(new MetricQuery { Metrics = [metrics[0].Name, metrics[1].Name], By = by, Where = tile.Where }, cancellationToken);
        var cohorts = table.Rows.Where(r => r.Keys[0] is not null).GroupBy(r => r.Name(0)).OrderByDescending(g => g.Key, StringComparer.Ordinal).Take(tile.Limit).Reverse().ToList();
        var columns = cohorts.Count == 0 ? 0 : Math.Min(MostColumns, 1 + cohorts.SelectMany(c => c).Max(Later));
        // The first column is the cohort itself, 100 %: shading begins with the greatest of the others.
        var greatest = cohorts.SelectMany(c => c).Where(r => Later(r) > 0).Select(r => Share(r) ?? 0).DefaultIfEmpty(0).Max();
        var rows = cohorts.Select(cohort =>
        {
            var cells = new CohortCell?[columns];
            foreach (var row in cohort.Where(r => Later(r) >= 0 && Later(r) < columns)) cells[Later(row)] = Cell(row, greatest, tile.Complete is not null);
            var complete = cohort.Where(r => Later(r) > 0 && Later(r) < columns && IsComplete(r, tile.Complete is not null)).Select(Share).OfType<double>().ToList();
            return new CohortRow(cohort.Key, Numbers.Exact((long)(cohort.Max(r => r.Values[1]) ?? 0)), cells, complete.Count == 0 ? Numbers.None : Percent(complete.Average()));
        });
        var view = new RetentionTile([.. Enumerable.Range(0, columns).Select(i => i.ToString(CultureInfo.InvariantCulture))], [.. rows]);
        return context.Told(view, tile, metrics, context.Time, $"the last {cohorts.Count} cohorts, up to now");
    }

    private static CohortCell Cell(MetricRow row, double greatest, bool tellsComplete)
    {
        var share = Share(row);
        var heat = share is not { } s ? 0 : Later(row) == 0 ? 100 : greatest <= 0 ? 0 : s / greatest * 80;
        return new CohortCell(share is { } p ? Percent(p) : Numbers.None, $"{Numbers.Exact((long)(row.Values[0] ?? 0))} of {Numbers.Exact((long)(row.Values[1] ?? 0))}", heat, IsComplete(row, tellsComplete));
    }

    private static int Later(MetricRow row) => Convert.ToInt32(row.Keys[1] ?? -1, CultureInfo.InvariantCulture);

    private static double? Share(MetricRow row) => row.Values[1] is { } size and > 0 ? (row.Values[0] ?? 0) / size : null;

    private static bool IsComplete(MetricRow row, bool isTold) => !isTold || row.Keys[2] is true;

    private static string Percent(double share) => share is > 0 and < 0.0005 ? $"<{Numbers.Space}0.1" : (share * 100).ToString(share >= 0.0995 ? "0" : "0.0", CultureInfo.InvariantCulture);
}
