using Weir.Insight;
using Weir.Studio.Dashboards.Config;
using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Home.Config;
using Weir.Studio.Text;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>What every tile of a page reads with.</summary>
internal sealed record TileContext(MetricReader Metrics, DashboardTime Time, IReadOnlyList<RelationStatus> Builds, Staleness Staleness, string Currency, DashboardAddress Address)
{
    public Metric Find(string name) => Metrics.Catalogue.Find(name);

    /// <summary>The days to show of a metric: the page's, or the last that its tables have.</summary>
    public async Task<DashboardTime> TimeOfAsync(Metric metric, CancellationToken cancellationToken) => Time.Reaching((await Metrics.ExtentAsync(metric, cancellationToken)).Last);

    /// <summary>Fills what is the same for all tiles.</summary>
    public T Told<T>(T view, TileConfig tile, IReadOnlyList<Metric> metrics, DashboardTime time, string? sub = null) where T : TileView
    {
        var status = Worst(metrics);
        return view with
        {
            Title = tile.Title ?? metrics[0].Label,
            Sub = string.Join(", ", new[] { sub ?? time.Choice.Covers, Unfiltered(metrics) }.Where(s => s.Length > 0)),
            Table = TableOf(metrics),
            Notes = [.. metrics.Select(m => MetricNote.Of(m, time, tile.By))],
            Status = status,
            IsStale = Staleness.Is(status),
            Width = tile.Width,
        };
    }

    /// <summary>The state of the worst of the tables: one that failed, else the oldest.</summary>
    public RelationStatus? Worst(IEnumerable<Metric> metrics)
    {
        var known = metrics.SelectMany(m => m.Relations).Distinct().Select(Builds.Of).OfType<RelationStatus>().ToList();
        return known.Find(s => s.HasFailed) ?? known.MinBy(s => s.BuiltAt ?? DateTimeOffset.MinValue);
    }

    public static string TableOf(IEnumerable<Metric> metrics) =>
        string.Join(", ", metrics.SelectMany(m => m.Relations).Distinct().Select(r => r.StartsWith("main.", StringComparison.Ordinal) ? r[5..] : r));

    public static FigureFormat FormatOf(Metric metric) => metric.Format switch
    {
        MetricFormat.Count => FigureFormat.Count, MetricFormat.Money => FigureFormat.Money, MetricFormat.Percent => FigureFormat.Percent, _ => FigureFormat.Number,
    };

    public static Good GoodOf(Metric metric) => metric.Good switch { MetricGood.Down => Good.Down, MetricGood.Neutral => Good.Neither, _ => Good.Up };

    /// <summary>A metric's label in a narrow head, where what it is counted by is said already.</summary>
    public static string Short(string label) => label.Split([" by ", " with ", ", "], StringSplitOptions.None)[0];

    public Figure Short(Metric metric, double? value) => Numbers.Short(value, FormatOf(metric), Currency);

    public string Full(Metric metric, double? value) => Numbers.Full(value, FormatOf(metric), Currency);

    /// <summary>The change between two values: a fraction, or a difference of shares.</summary>
    public static double? Change(Metric metric, double? now, double? before) => (now, before) switch
    {
        ({ } n, { } b) when metric.Format == MetricFormat.Percent => n - b,
        ({ } n, { } b) when b != 0 => (n - b) / Math.Abs(b),
        _ => null,
    };

    public static string? Written(Metric metric, double? change) => change is not { } c ? null : metric.Format == MetricFormat.Percent ? Numbers.Points(c) : Numbers.Change(c);

    private string Unfiltered(IReadOnlyList<Metric> metrics) =>
        Metrics.Unfiltered(metrics.Select(m => m.Name)) is { Count: > 0 } names ? $"not filtered by {string.Join(", ", names.Select(n => n.Replace('_', ' ')))}" : "";
}
