using System.Data.Common;
using System.Numerics;
using Weir.Insight;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Dashboards.Metrics;

/// <summary>Asks metrics for one page: everything it shows is of one publication.</summary>
internal sealed class MetricReader(MetricCatalogue catalogue, WarehouseReader warehouse, IReadOnlyList<DashboardFilter> filters, string zone)
{
    private readonly Dictionary<string, (DateTime? First, DateTime? Last)> extents = [];

    public MetricCatalogue Catalogue => catalogue;

    /// <summary>The rows of a query, with the page's filters where the metrics have their dimensions.</summary>
    /// <param name="query">What is asked.</param>
    /// <param name="except">A dimension whose filter does not hold here: a list of its values goes on showing all.</param>
    /// <param name="cancellationToken">Interrupts the query.</param>
    public async Task<MetricTable> ReadAsync(MetricQuery query, CancellationToken cancellationToken, string? except = null)
    {
        var metrics = query.Metrics.Select(catalogue.Find).ToList();
        foreach (var table in metrics.SelectMany(m => m.Relations).Distinct()) warehouse.Catalogue.Find(table, $"The metric '{metrics[0].Name}'");
        var fitting = filters.Where(f => f.Dimension != except && metrics.TrueForAll(f.Fits)).Select(f => f.Condition);
        var compiled = catalogue.Compile(query with { TimeZone = zone, Where = [.. query.Where, .. fitting] });
        var values = query.Metrics.Distinct().Count() * (query.Before is null ? 1 : 2);
        var keys = compiled.Columns.Count - values;
        var isTimed = compiled.Columns[0] == "metric_time";
        var rows = await warehouse.QueryAsync(compiled.Sql, r => Read(r, isTimed, keys, values), [], cancellationToken);
        return new MetricTable([.. compiled.Columns.Skip(isTimed ? 1 : 0).Take(keys - (isTimed ? 1 : 0))], rows);
    }

    /// <summary>Where the time of a metric's tables begins and ends, wall clock of the zone.</summary>
    public async Task<(DateTime? First, DateTime? Last)> ExtentAsync(Metric metric, CancellationToken cancellationToken)
    {
        if (extents.TryGetValue(metric.Name, out var known)) return known;
        foreach (var table in metric.Relations) warehouse.Catalogue.Find(table, $"The metric '{metric.Name}'");
        var found = await warehouse.QueryAsync(catalogue.CompileExtent(metric.Name, zone), r => (First: Time(r, 0), Last: Time(r, 1)), [], cancellationToken);
        return extents[metric.Name] = found[0];
    }

    /// <summary>Filters of the page that these metrics do not have.</summary>
    public IReadOnlyList<string> Unfiltered(IEnumerable<string> metrics) => [.. filters.Where(f => !metrics.All(m => f.Fits(catalogue.Find(m)))).Select(f => f.Dimension)];

    private static MetricRow Read(DbDataReader r, bool isTimed, int keys, int values) => new(
        isTimed ? Time(r, 0) : null,
        [.. Enumerable.Range(isTimed ? 1 : 0, keys - (isTimed ? 1 : 0)).Select(i => Key(r, i))],
        [.. Enumerable.Range(keys, values).Select(i => Number(r, i))]);

    private static DateTime? Time(DbDataReader r, int i) => r.IsDBNull(i) ? null : r.GetValue(i) is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : r.GetDateTime(i);

    private static object? Key(DbDataReader r, int i) => r.IsDBNull(i) ? null : r.GetValue(i);

    private static double? Number(DbDataReader r, int i)
    {
        if (r.IsDBNull(i)) return null;
        var value = r.GetValue(i) switch
        {
            Int128 whole => (double)whole,
            UInt128 whole => (double)whole,
            BigInteger whole => (double)whole,
            IConvertible number => Convert.ToDouble(number, System.Globalization.CultureInfo.InvariantCulture),
            _ => double.NaN,
        };
        return double.IsFinite(value) ? value : null;
    }
}

/// <summary>What metrics answered.</summary>
/// <param name="Keys">The names of the dimensions, time aside.</param>
/// <param name="Rows">The rows, in their order.</param>
internal sealed record MetricTable(IReadOnlyList<string> Keys, IReadOnlyList<MetricRow> Rows);

/// <param name="Time">The bucket, where time is a key.</param>
/// <param name="Keys">The dimensions' values; null: none.</param>
/// <param name="Values">Each metric, followed by what it was before where that was asked for.</param>
internal sealed record MetricRow(DateTime? Time, IReadOnlyList<object?> Keys, IReadOnlyList<double?> Values)
{
    /// <summary>A dimension's value as it is shown.</summary>
    public string Name(int key) => Keys[key] switch
    {
        null => "(none)",
        DateTime time => DateOnly.FromDateTime(time).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        var other => other.ToString() is { Length: > 0 } text ? text : "(empty)",
    };
}
