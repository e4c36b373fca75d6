using Weir.Studio.Dashboards.Config;
using Weir.Studio.Dashboards.Tiles;
using Weir.Studio.Home;
using Weir.Studio.Home.Figures;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Dashboards;

/// <summary>A page drawn from metrics.</summary>
public sealed record DashboardView
{
    public required StudioOptions Options { get; init; }
    public required string ProjectTitle { get; init; }
    public required string Title { get; init; }
    public string Asks { get; init; } = "";
    public required DashboardTime Time { get; init; }
    public required DashboardAddress Address { get; init; }
    public required IReadOnlyList<DashboardLink> Links { get; init; }
    public IReadOnlyList<FigureView> Figures { get; init; } = [];
    public IReadOnlyList<TileView> Tiles { get; init; } = [];
    public IReadOnlyList<RelationStatus> Builds { get; init; } = [];

    /// <summary>What is wrong with the page as a whole: its file, the metrics, the warehouse.</summary>
    public IReadOnlyList<WeirException> Errors { get; init; } = [];

    /// <summary>Whether the warehouse could be read and holds no table yet.</summary>
    public bool IsWarehouseEmpty { get; init; }

    internal Staleness Staleness { get; init; } = new(TimeSpan.FromHours(2), null, default);

    /// <summary>The page's heading: how its first figure stands; else its title.</summary>
    public string Sentence => Figures.Count > 0 && Home.Sentence.OfFigure(Figures[0], Time.Choice) is { } text ? text + "." : Title;

    /// <summary>The state of the page's tables, for the top of the page.</summary>
    public PageState State
    {
        get
        {
            var shown = Figures.Select(f => f.Status).Concat(Tiles.Select(t => t.Status)).OfType<RelationStatus>().Distinct().ToList();
            var errors = Errors.Concat(Figures.Select(f => f.Error).OfType<WeirException>()).Concat(Tiles.OfType<BrokenTile>().Select(t => t.Error)).ToList();
            return PageState.Of(errors, shown, [.. shown.Where(s => !s.HasFailed && Staleness.Is(s)).OrderBy(s => s.BuiltAt)], Staleness.Limit, Time.Choice.Now);
        }
    }
}
