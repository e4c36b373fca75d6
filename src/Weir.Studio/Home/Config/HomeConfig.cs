using Weir.Studio.Text;

namespace Weir.Studio.Home.Config;

/// <summary><c>dashboards/home.yml</c>; its reference is docs/guides/home.md.</summary>
internal sealed record HomeConfig
{
    public string? Title { get; init; }
    public TimeZoneInfo? TimeZone { get; init; }
    public string Currency { get; init; } = "";
    public TimeSpan? StaleAfter { get; init; }
    public IReadOnlyList<FigureConfig> Figures { get; init; } = [];
    public IReadOnlyList<LeaderboardConfig> Leaderboards { get; init; } = [];

    /// <summary>The table that says what changed; null: the page has no such part.</summary>
    public string? ChangesTable { get; init; }
}

/// <summary>A tile.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Table">The warehouse's table, with its schema if that is not <c>main</c>.</param>
/// <param name="Date">A DATE column (a row a day) or a timestamp column (a row an hour or finer).</param>
/// <param name="Value">The column summed over the chosen days.</param>
/// <param name="Per">For a rate: the column it is divided by, after both are summed.</param>
/// <param name="Compare">For a table of days: the same measure a week before up to the same time of day, which makes an unfinished day comparable.</param>
/// <param name="Format">How it is written.</param>
/// <param name="Good">Which direction is good.</param>
internal sealed record FigureConfig(
    string Label, string Table, string Date, string Value, string? Per, string? Compare, FigureFormat Format, Good Good);

/// <summary>A list of the greatest.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Table">The warehouse's table.</param>
/// <param name="Label">The column that names a row.</param>
/// <param name="Value">The column it is ordered by.</param>
/// <param name="Compare">The same measure of the period before, if the table has it.</param>
/// <param name="Detail">A second column shown beside the name.</param>
/// <param name="Date">A date or timestamp column by which the chosen days are cut out; none: the table stands as built.</param>
/// <param name="Format">How the value is written.</param>
/// <param name="Good">Which direction is good.</param>
/// <param name="Limit">How many rows are shown.</param>
internal sealed record LeaderboardConfig(
    string Title, string Table, string Label, string Value, string? Compare, string? Detail, string? Date, FigureFormat Format, Good Good, int Limit);

/// <summary>Which direction of a change is good news.</summary>
internal enum Good { Up, Down, Neither }
