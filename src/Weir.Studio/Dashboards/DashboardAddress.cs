using Weir.Insight;

namespace Weir.Studio.Dashboards;

/// <summary>The page's address, which is all of its state: every control is a link to another one.</summary>
public sealed record DashboardAddress(string Name, string? Range, string? Compare, string? Grain, IReadOnlyList<DashboardFilter> Filters)
{
    public string Href => $"/dashboards/{Name}{Query}";

    public string Of(TileAsked tile) => $"/dashboards/{Name}/{tile.Index}.csv{Query}";

    public string WithRange(string range) => (this with { Range = range, Grain = null }).Href;

    public string WithCompare(Against against) => (this with { Compare = against.ToString().ToLowerInvariant() }).Href;

    public string WithGrain(Grain grain) => (this with { Grain = grain.Name() }).Href;

    /// <summary>With a condition, or without it if it is there. A dimension has one value at a time.</summary>
    public string Toggle(DashboardFilter filter) => (this with
    {
        Filters = Has(filter) ? [.. Filters.Where(f => f != filter)] : [.. Filters.Where(f => f.Dimension != filter.Dimension), filter],
    }).Href;

    public bool Has(DashboardFilter filter) => Filters.Contains(filter);

    /// <summary>Another page over the same days.</summary>
    public string To(string page) => (this with { Name = page, Filters = [], Grain = null }).Href;

    private string Query
    {
        get
        {
            var parts = new List<string>();
            if (Range is not null) parts.Add($"range={Range}");
            if (Compare is not null) parts.Add($"compare={Compare}");
            if (Grain is not null) parts.Add($"grain={Grain}");
            parts.AddRange(Filters.Select(f => $"where={Uri.EscapeDataString(f.Text)}"));
            return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
        }
    }
}

/// <summary>A tile of a page by its number, for its rows as CSV.</summary>
public readonly record struct TileAsked(int Index);
