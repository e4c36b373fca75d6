using System.Globalization;
using Weir.Insight.Definitions;

namespace Weir.Insight.Compile;

/// <summary>Measures as DuckDB's aggregates.</summary>
internal static class Aggregates
{
    public static string Of(Measure measure, string value) => measure.Aggregation switch
    {
        Aggregation.Sum => $"sum({value})",
        Aggregation.Min => $"min({value})",
        Aggregation.Max => $"max({value})",
        Aggregation.Count => $"count({value})",
        Aggregation.CountDistinct => $"count(distinct {value})",
        Aggregation.SumBoolean => $"count_if({value})",
        Aggregation.Average => $"avg({value})",
        Aggregation.Median => $"median({value})",
        _ => $"{(measure.IsDiscrete ? "quantile_disc" : "quantile_cont")}({value}, {measure.Percentile.ToString(CultureInfo.InvariantCulture)})",
    };

    /// <summary>How aggregates of parts become that of the whole; null: only from the rows themselves.</summary>
    public static string? OfParts(Measure measure, string part) => measure.Aggregation switch
    {
        Aggregation.Sum or Aggregation.Count or Aggregation.SumBoolean => $"sum({part})",
        Aggregation.Min => $"min({part})",
        Aggregation.Max => $"max({part})",
        _ => null,
    };
}
