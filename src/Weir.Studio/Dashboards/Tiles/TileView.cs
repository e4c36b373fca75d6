using Weir.Studio.Dashboards.Config;
using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Home.Boards;
using Weir.Studio.Text;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Dashboards.Tiles;

/// <summary>A tile as it is drawn; what it shows besides is in the records derived from it.</summary>
public abstract record TileView
{
    public string Title { get; init; } = "";

    /// <summary>Which days, how wide the buckets are, and what does not hold for it.</summary>
    public string Sub { get; init; } = "";

    public string Table { get; init; } = "";
    public IReadOnlyList<MetricNote> Notes { get; init; } = [];
    public RelationStatus? Status { get; init; }
    public bool IsStale { get; init; }
    public TileWidth Width { get; init; }

    /// <summary>Its rows as CSV; null: it has none.</summary>
    public string? Csv { get; init; }

    public bool IsStruck => Status?.HasFailed == true;

    /// <summary>Whether there is nothing to draw.</summary>
    public abstract bool IsEmpty { get; }
}

/// <summary>A tile that could not be read.</summary>
public sealed record BrokenTile(WeirException Error) : TileView
{
    public override bool IsEmpty => false;
}

/// <summary>Lines or bars over time.</summary>
public sealed record ChartTile : TileView
{
    public required string Kind { get; init; }
    public required IReadOnlyList<ChartSeries> Series { get; init; }
    public required IReadOnlyList<ChartBucket> Buckets { get; init; }

    /// <summary><c>money</c>, <c>count</c>, <c>number</c> or <c>percent</c>.</summary>
    public required string Format { get; init; }

    public string Symbol { get; init; } = "";
    public string Caption { get; init; } = "";
    public override bool IsEmpty => Buckets.All(b => b.Cells.All(c => c.Value is null));
}

/// <param name="Key">Its colour: <c>s1</c> to <c>s8</c>, or <c>before</c>.</param>
public sealed record ChartSeries(string Name, string Key);

/// <param name="IsOpen">Whether it is still running.</param>
public sealed record ChartBucket(string Label, bool IsOpen, IReadOnlyList<ChartCell> Cells);

/// <param name="Value">As a number; null: a gap.</param>
/// <param name="Text">As it is written.</param>
public sealed record ChartCell(double? Value, string Text);

/// <summary>A leaderboard.</summary>
public sealed record BoardTile(BoardView Board) : TileView
{
    public override bool IsEmpty => Board.Rows.Count == 0;
}

/// <summary>Steps, each of whom some go on.</summary>
public sealed record FunnelTile(IReadOnlyList<FunnelStep> Steps) : TileView
{
    public override bool IsEmpty => Steps.Count == 0 || Steps[0].Width == 0;
}

/// <param name="Count">How many came so far.</param>
/// <param name="OfFirst">Their share of the first step.</param>
/// <param name="OfLast">Their share of the step before; null: it is the first.</param>
/// <param name="Change">The change of that share, in points; null: nothing to compare with.</param>
/// <param name="Width">The bar's width, 0 to 100.</param>
public sealed record FunnelStep(string Name, string Description, Figure Count, string Full, string OfFirst, string? OfLast, string? Change, Home.Figures.Tone Tone, double Width);

/// <summary>Cohorts by how much later.</summary>
public sealed record RetentionTile(IReadOnlyList<string> Columns, IReadOnlyList<CohortRow> Rows) : TileView
{
    public override bool IsEmpty => Rows.Count == 0;
}

/// <param name="Cells">By how much later; null: that time has not come.</param>
/// <param name="Average">Of the complete cells after the first.</param>
public sealed record CohortRow(string Name, string Size, IReadOnlyList<CohortCell?> Cells, string Average);

/// <param name="Share">Written.</param>
/// <param name="Full">For a tooltip.</param>
/// <param name="Heat">0 to 100.</param>
/// <param name="IsComplete">Whether its time is over.</param>
public sealed record CohortCell(string Share, string Full, double Heat, bool IsComplete);

/// <summary>Rows and columns.</summary>
public sealed record TableTile(IReadOnlyList<string> Heads, int Names, IReadOnlyList<IReadOnlyList<string>> Rows, int More) : TileView
{
    public override bool IsEmpty => Rows.Count == 0;
}
