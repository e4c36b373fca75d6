using System.Globalization;
using Weir.Insight.Filters;

namespace Weir.Insight.Compile;

/// <summary>What holds for everything that a metric is computed from.</summary>
/// <param name="Keys">The dimensions, in the order of the columns.</param>
/// <param name="Time">The width of the time buckets; null: time is no key.</param>
internal sealed record Scope(IReadOnlyList<FilterName> Keys, Grain? Time, DateTime? From, DateTime? To, string Zone)
{
    public const string TimeColumn = "metric_time";

    public IReadOnlyList<FilterText> Filters { get; init; } = [];

    /// <summary>How much later rows are taken to have happened, so that what was before lies on what is now.</summary>
    public IReadOnlyList<MetricShift> Shifts { get; init; } = [];

    /// <summary>The keys' columns, quoted.</summary>
    public IReadOnlyList<string> Columns => Time is null ? DimensionColumns : [Quote(TimeColumn), .. DimensionColumns];

    public IReadOnlyList<string> DimensionColumns => [.. Keys.Select(k => Quote(ColumnOf(k)))];

    public Scope With(IEnumerable<string> filters) => this with { Filters = [.. Filters, .. filters.Select(Read)] };

    public Scope Later(MetricShift? shift) => shift is null ? this : this with { Shifts = [.. Shifts, shift] };

    public string Shifted(string time) => Shifts.Count == 0 ? time : $"({time} + {string.Join(" + ", Shifts.Select(s => s.Sql))})";

    public static string ColumnOf(FilterName key) => key.Grain is { } grain && !key.Name.EndsWith("__" + grain.Name(), StringComparison.Ordinal) ? $"{key.Name}__{grain.Name()}" : key.Name;

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Literal(DateTime time) => $"timestamp '{time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}'";

    private static FilterText Read(string text) =>
        FilterText.Read(text, out var wrong) ?? throw new WeirException("WEIR7084", $"The condition \"{text}\" cannot be read: {wrong}");
}
