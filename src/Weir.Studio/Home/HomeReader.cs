using System.Data.Common;
using Weir.Accounting;
using Weir.Studio.Dashboards.Config;
using Weir.Studio.Home.Account;
using Weir.Studio.Home.Attention;
using Weir.Studio.Home.Boards;
using Weir.Studio.Home.Config;
using Weir.Studio.Home.Figures;
using Weir.Studio.Home.Minutes;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home;

/// <summary>Reads all of Home. Each part is read for itself: what fails becomes that part's error, and the rest of the page stands.</summary>
internal sealed class HomeReader(StudioOptions options, TimeProvider time)
{
    public async Task<HomeView> ReadAsync(string? range, CancellationToken cancellationToken)
    {
        var errors = new List<WeirException>();
        var file = await Attempts.TryAsync(() => Task.FromResult(HomeFile.Read(options.ProjectFolder)), errors);
        var config = file ?? new HomeConfig();
        var choice = TimeChoice.Read(range, Zone(config), time.GetUtcNow());
        var view = new HomeView
        {
            Options = options,
            Choice = choice,
            Config = config,
            Links = DashboardFile.List(options.ProjectFolder),
            HasFile = file is not null || errors.Count > 0,
            Lag = await Attempts.TryAsync(() => options.Data.ReadLagAsync(cancellationToken), errors) ?? [],
            Account = await Attempts.TryAsync(() => ReadAccountAsync(choice, cancellationToken), errors),
            Minutes = await Attempts.TryAsync(() => ReadMinutesAsync(choice, cancellationToken), errors),
        };
        // Before the first event there is nothing in the warehouse that could fail for another reason.
        if (!view.IsEmpty) view = await Attempts.TryAsync(() => ReadWarehouseAsync(view, cancellationToken), errors) ?? view;
        return view with { Errors = errors };
    }

    /// <summary>The part that is fetched anew every ten seconds; null if it cannot be read.</summary>
    public async Task<MinutesView?> ReadMinutesAsync(CancellationToken cancellationToken)
    {
        var errors = new List<WeirException>();
        var config = await Attempts.TryAsync(() => Task.FromResult(HomeFile.Read(options.ProjectFolder)), errors) ?? new HomeConfig();
        return await Attempts.TryAsync(() => ReadMinutesAsync(TimeChoice.Read(null, Zone(config), time.GetUtcNow()), cancellationToken), errors);
    }

    private TimeZoneInfo Zone(HomeConfig config) =>
        config.TimeZone ?? (TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out var found) ? found : TimeZoneInfo.Utc);

    private async Task<MinutesView> ReadMinutesAsync(TimeChoice choice, CancellationToken cancellationToken)
    {
        var (from, to) = MinutesView.Span(choice.Now);
        return MinutesView.Of(await options.Data.ReadMinutesAsync(from, to, cancellationToken), options.Sources, choice);
    }

    private async Task<AccountView> ReadAccountAsync(TimeChoice choice, CancellationToken cancellationToken)
    {
        var report = await options.Data.ReadAccountAsync(cancellationToken);
        IReadOnlyList<QuarantineCount> quarantined = report.Rows.Any(r => r.Quarantined != 0)
            ? await options.Data.ReadQuarantinedAsync(choice.From, choice.To, cancellationToken) : [];
        return AccountView.From(report, quarantined, choice);
    }

    private async Task<HomeView?> ReadWarehouseAsync(HomeView view, CancellationToken cancellationToken)
    {
        await using var warehouse = await Attempts.OpenAsync(options.Data, cancellationToken);
        if (warehouse.Catalogue.IsEmpty) return view with { IsWarehouseEmpty = true };
        var builds = await BuildReader.ReadAsync(warehouse, cancellationToken);
        var config = view.Config;
        var figures = new List<FigureView>();
        foreach (var (figure, i) in config.Figures.Select((f, i) => (f, i)))
        {
            var status = builds.Of(figure.Table);
            figures.Add(await Attempts.CardAsync(
                async () => FigureView.Of(figure, await FigureReader.ReadAsync(warehouse, figure, $"figures[{i}] in home.yml", view.Choice, cancellationToken),
                    view.Choice, config.Currency, status, view.Staleness),
                error => new FigureView { Label = figure.Label, Table = figure.Table, Status = status, Error = error }));
        }

        var boards = new List<BoardView>();
        foreach (var (board, i) in config.Leaderboards.Select((b, i) => (b, i)))
        {
            var status = builds.Of(board.Table);
            var read = await Attempts.CardAsync(
                () => BoardReader.ReadAsync(warehouse, board, $"leaderboards[{i}] in home.yml", view.Choice, config.Currency, cancellationToken),
                error => new BoardView { Title = board.Title, Table = board.Table, Error = error });
            boards.Add(read with { Status = status, IsStale = view.Staleness.Is(status) });
        }

        var changes = config.ChangesTable is not { } table ? null : await Attempts.CardAsync(
            async () => new ChangesView(table, await ChangeReader.ReadAsync(warehouse, table, view.Choice, cancellationToken), builds.Of(table), null),
            error => new ChangesView(table, [], builds.Of(table), error));
        return view with { Builds = builds, Figures = figures, Boards = boards, Changes = changes };
    }
}
