using Weir.Insight;

namespace Weir.Studio.Dashboards;

/// <summary>One condition of the address: a dimension and its value; null: rows that have none.</summary>
public sealed record DashboardFilter(string Dimension, string? Value)
{
    /// <summary>As it stands in the address: <c>country:DE</c>, <c>country</c> for those that have none.</summary>
    public string Text => Value is null ? Dimension : $"{Dimension}:{Value}";

    /// <summary>Reads the address's; what is no name is left out.</summary>
    public static IReadOnlyList<DashboardFilter> Read(IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().Select(Parse).Where(f => f.Dimension.Length > 0 && f.Dimension.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')).Distinct().Take(20)];

    /// <summary>Whether a metric can be filtered by it.</summary>
    public bool Fits(Metric metric) => metric.Dimensions.Any(d => Bare(d.Name) == Bare(Dimension));

    /// <summary>The condition in dbt's form; each model has its own entity before the name.</summary>
    public string Condition => $"{{{{ Dimension('{Bare(Dimension)}') }}}} {(Value is null ? "is null" : $"= '{Value.Replace("'", "''", StringComparison.Ordinal)}'")}";

    /// <summary>A dimension's own name, without the entity's.</summary>
    public static string Bare(string name) => name[(name.LastIndexOf("__", StringComparison.Ordinal) is var i and >= 0 ? i + 2 : 0)..];

    private static DashboardFilter Parse(string text) => text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
        ? new DashboardFilter(text[..colon], text[(colon + 1)..]) : new DashboardFilter(text, null);
}
