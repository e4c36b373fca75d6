using Weir.Insight;
using Weir.Studio.Dashboards.Config;
using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Dashboards.Tiles;
using Weir.Studio.Home.Config;
using Weir.Studio.Home.Figures;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Dashboards;

/// <summary>Reads a page of <c>dashboards/</c>. Each tile is read for itself: what fails becomes that tile's error, and the rest of the page stands.</summary>
internal sealed class DashboardReader(StudioOptions options, TimeProvider time)
{
    private readonly MetricSource metrics = new(options);

    /// <summary>The page; null: there is no such file.</summary>
    public async Task<DashboardView?> ReadAsync(DashboardAddress asked, CancellationToken cancellationToken)
    {
        var links = DashboardFile.List(options.ProjectFolder);
        if (!links.Any(l => l.Name == asked.Name)) return null;
        var errors = new List<WeirException>();
        var home = await Attempts.TryAsync(() => Task.FromResult(HomeFile.Read(options.ProjectFolder)), errors) ?? new HomeConfig();
        var config = await Attempts.TryAsync(() => Task.FromResult(DashboardFile.Read(options.ProjectFolder, asked.Name)), errors);
        var zone = home.TimeZone ?? (TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out var found) ? found : TimeZoneInfo.Utc);
        var view = new DashboardView
        {
            Options = options,
            ProjectTitle = home.Title ?? options.ProjectName,
            Title = config?.Title ?? asked.Name,
            Asks = config?.Asks ?? "",
            Time = DashboardTime.Read(asked.Range, asked.Compare, asked.Grain, config?.Range ?? "28d", zone, time.GetUtcNow()),
            Address = asked,
            Links = links,
        };
        if (config is not null) view = await Attempts.TryAsync(() => FillAsync(view, config, home, cancellationToken), errors) ?? view;
        return view with { Errors = errors };
    }

    private async Task<DashboardView?> FillAsync(DashboardView view, DashboardConfig config, HomeConfig home, CancellationToken cancellationToken)
    {
        var catalogue = metrics.Read();
        await using var warehouse = await Attempts.OpenAsync(options.Data, cancellationToken);
        if (warehouse.Catalogue.IsEmpty) return view with { IsWarehouseEmpty = true };
        var builds = await BuildReader.ReadAsync(warehouse, cancellationToken);
        var staleness = new Staleness(home.StaleAfter ?? options.StaleAfter, await LastHourAsync(cancellationToken), view.Time.Choice.Now);
        var context = new TileContext(
            new MetricReader(catalogue, warehouse, view.Address.Filters, view.Time.Choice.Zone.Id), view.Time, builds, staleness, config.Currency ?? home.Currency, view.Address);
        var figures = new List<FigureView>();
        foreach (var name in config.Figures)
            figures.Add(await Attempts.CardAsync(() => FigureTileReader.ReadAsync(context, name, cancellationToken), error => new FigureView { Label = name, Table = "", Error = error }));
        var tiles = new List<TileView>();
        foreach (var (tile, i) in config.Tiles.Select((t, i) => (t, i)))
        {
            var read = await Attempts.CardAsync<TileView>(
                () => ReadAsync(context, tile, cancellationToken),
                error => new BrokenTile(new WeirException(error.Code, $"{tile.Place}: {error.Message}", error)) { Title = tile.Title ?? tile.Metrics[0], Width = tile.Width });
            tiles.Add(read is BrokenTile ? read : read with { Csv = view.Address.Of(new TileAsked(i)) });
        }
        return view with { Figures = figures, Tiles = tiles, Builds = builds, Staleness = staleness };
    }

    private static async Task<TileView> ReadAsync(TileContext context, TileConfig tile, CancellationToken cancellationToken) => tile.Kind switch
    {
        TileKind.Leaderboard => await BoardTileReader.ReadAsync(context, tile, cancellationToken),
        TileKind.Funnel => await FunnelTileReader.ReadAsync(context, tile, cancellationToken),
        TileKind.Retention => await RetentionTileReader.ReadAsync(context, tile, cancellationToken),
        TileKind.Table => await TableTileReader.ReadAsync(context, tile, cancellationToken),
        _ => await ChartTileReader.ReadAsync(context, tile, cancellationToken),
    };

    // What was built after the last event is as fresh as it can be.
    private async Task<DateTime?> LastHourAsync(CancellationToken cancellationToken)
    {
        var report = await Attempts.TryAsync(() => options.Data.ReadAccountAsync(cancellationToken), []);
        return report?.Rows.Where(r => r.Received > 0).Select(r => (DateTime?)r.Hour).DefaultIfEmpty().Max();
    }
}
