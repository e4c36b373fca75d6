using Weir.Insight;

namespace Weir.Studio.Dashboards.Metrics;

/// <summary>What a tile says of the metric that it shows: its meaning, its owner, where it comes from, and the command that asks for the same.</summary>
/// <param name="Label">Its name for people.</param>
/// <param name="Description">What it means.</param>
/// <param name="Owner">Who answers for it; empty: nobody is named.</param>
/// <param name="Type">The kind of metric.</param>
/// <param name="Declared">File and line.</param>
/// <param name="Command">The command that asks for the same figures.</param>
public sealed record MetricNote(string Label, string Description, string Owner, string Type, string Declared, string Command)
{
    internal static MetricNote Of(Metric metric, DashboardTime time, IReadOnlyList<string> by) => new(
        metric.Label, metric.Description.Trim(), metric.Owner, metric.Type, $"{metric.File}:{metric.Line}",
        $"weir metrics query {metric.Name}{string.Concat(by.Select(d => $" --by {d}"))} --from {time.Choice.FirstDay:yyyy-MM-dd} --to {time.Choice.LastDay:yyyy-MM-dd}{(time.Against == Against.None ? "" : $" --compare {time.Against.ToString().ToLowerInvariant()}")}");

    /// <summary>For a tooltip.</summary>
    public string Words => Description.Length == 0 ? Label : Description;
}
