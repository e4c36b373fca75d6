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

/// <summary>All of Home as it is drawn. What could not be read is null, and its error is in <see cref="Errors"/>.</summary>
public sealed record HomeView
{
    public required StudioOptions Options { get; init; }
    public required TimeChoice Choice { get; init; }
    internal HomeConfig Config { get; init; } = new();

    /// <summary>The pages beside Home.</summary>
    public IReadOnlyList<DashboardLink> Links { get; init; } = [];

    /// <summary>Whether there is a home.yml.</summary>
    public bool HasFile { get; init; }

    public AccountView? Account { get; init; }
    public MinutesView? Minutes { get; init; }
    public IReadOnlyList<FigureView> Figures { get; init; } = [];
    public IReadOnlyList<BoardView> Boards { get; init; } = [];
    public ChangesView? Changes { get; init; }
    public IReadOnlyList<RelationStatus> Builds { get; init; } = [];

    /// <summary>Whether the warehouse could be read and holds no table yet.</summary>
    public bool IsWarehouseEmpty { get; init; }

    /// <summary>What is wrong with the page as a whole: home.yml, the warehouse, the account.</summary>
    public IReadOnlyList<WeirException> Errors { get; init; } = [];

    public TimeSpan StaleAfter => Config.StaleAfter ?? Options.StaleAfter;
    internal Staleness Staleness => new(StaleAfter, Account?.LastHourUtc, Choice.Now);
    public bool IsEmpty => Account is { Ever: 0 };
    public string Title => Config.Title ?? Options.ProjectName;
    public IReadOnlyList<string> Sentence => Home.Sentence.Of(this);
    public IReadOnlyList<AttentionItem> Attention => AttentionItem.Of(Account, Lag, Builds, Stale, CardErrors(), Choice, StaleAfter);

    /// <summary>How far landing is behind, by stream.</summary>
    public IReadOnlyList<StreamLag> Lag { get; init; } = [];

    /// <summary>When the oldest of the tables shown was built; null: none was.</summary>
    public RelationStatus? Oldest => Shown().Where(s => s.BuiltAt is not null).MinBy(s => s.BuiltAt);

    /// <summary>Tables of this page that are stale, the oldest first; those that failed are told for that.</summary>
    public IReadOnlyList<RelationStatus> Stale => [.. Shown().Distinct().Where(s => !s.HasFailed && Staleness.Is(s)).OrderBy(s => s.BuiltAt)];

    private IEnumerable<RelationStatus> Shown() =>
        Figures.Select(f => f.Status).Concat(Boards.Select(b => b.Status)).Append(Changes?.Status).OfType<RelationStatus>();

    private IEnumerable<WeirException> CardErrors() =>
        Figures.Select(f => f.Error).Concat(Boards.Select(b => b.Error)).Append(Changes?.Error).OfType<WeirException>();
}
