namespace Weir.Studio.Dashboards.Config;

/// <summary>A page of <c>dashboards/</c>, drawn from metrics; its reference is docs/guides/dashboards.md.</summary>
internal sealed record DashboardConfig
{
    public required string Title { get; init; }

    /// <summary>The one question that the page answers.</summary>
    public string Asks { get; init; } = "";

    /// <summary>Where it stands among the pages.</summary>
    public int Order { get; init; } = 100;

    public string Icon { get; init; } = "layout-dashboard";

    /// <summary>For money; null: home.yml's.</summary>
    public string? Currency { get; init; }

    /// <summary>The key of the range that is shown when the address names none.</summary>
    public string Range { get; init; } = "28d";

    /// <summary>The metrics of the row of figures.</summary>
    public IReadOnlyList<string> Figures { get; init; } = [];

    public IReadOnlyList<TileConfig> Tiles { get; init; } = [];
}

/// <summary>A tile below the figures.</summary>
internal sealed record TileConfig
{
    public required TileKind Kind { get; init; }
    public string? Title { get; init; }
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>The dimensions that it is split by.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>A second metric beside the first; null: none.</summary>
    public string? Detail { get; init; }

    /// <summary>Of a triangle: how many belong to the cohort.</summary>
    public string? Size { get; init; }

    /// <summary>Of a triangle: the dimension that says whether a cell's time is over.</summary>
    public string? Complete { get; init; }

    /// <summary>Conditions in dbt's form.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    public int Limit { get; init; } = 8;
    public TileWidth Width { get; init; }

    /// <summary>Where it stands, for messages: <c>tiles[2] in dashboards/product.yml</c>.</summary>
    public required string Place { get; init; }
}

internal enum TileKind { Line, Bars, Leaderboard, Funnel, Retention, Table }

/// <summary>How much of the page's width a tile takes.</summary>
public enum TileWidth
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>Half of it.</summary>
    Half,

    /// <summary>A third of it.</summary>
    Third,
}
