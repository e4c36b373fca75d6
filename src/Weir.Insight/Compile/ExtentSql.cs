using Weir.Insight.Definitions;

namespace Weir.Insight.Compile;

/// <summary>From when to when there are rows that a metric measures.</summary>
internal static class ExtentSql
{
    public static string Compile(Library library, MetricDefinition metric, string zone)
    {
        var scope = new Scope([], null, null, null, zone);
        var parts = library.Measures(metric).DistinctBy(m => (m.Model.Name, m.Measure.TimeDimension)).Select(m =>
        {
            var source = new SourceSql(library, m.Model, metric.Name, scope);
            var time = source.Time(m.Measure);
            return $"select min({time}) as first, max({time}) as last from {source.From()} where isfinite({time})";
        });
        return $"select max(first), min(last) from (\n  {string.Join("\n  union all\n  ", parts)}\n)";
    }
}
