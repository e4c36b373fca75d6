using Weir.Studio.Dashboards.Metrics;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Boards;

/// <summary>A leaderboard as it is drawn.</summary>
public sealed record BoardView
{
    public required string Title { get; init; }
    public required string Table { get; init; }
    public string ValueName { get; init; } = "";
    public string? DetailName { get; init; }
    /// <summary>Whether each row's part of the whole is told.</summary>
    public bool HasShare { get; init; } = true;

    /// <summary>The heading of the changes; null: there is nothing to compare with.</summary>
    public string? ChangeName { get; init; }


    /// <summary>What the changes are against.</summary>
    public string Against { get; init; } = "";

    /// <summary>What the rows cover: the chosen days, or the table as built.</summary>
    public string Covers { get; init; } = "";

    /// <summary>What the metric means that is listed; null: the rows are a table's.</summary>
    public MetricNote? Note { get; init; }

    public IReadOnlyList<BoardRow> Rows { get; init; } = [];
    public long More { get; init; }
    public RelationStatus? Status { get; init; }
    public bool IsStale { get; init; }
    public WeirException? Error { get; init; }
    public bool IsStruck => Status?.HasFailed == true;
}

/// <summary>One row.</summary>
/// <param name="Name">Its name; never empty.</param>
/// <param name="Detail">The second column, written.</param>
/// <param name="Value">The value, written.</param>
/// <param name="Full">The full value, for a tooltip.</param>
/// <param name="Share">Its part of the whole table, written.</param>
/// <param name="Width">The bar's width, 0 to 100, of the first row's.</param>
/// <param name="Change">Against the period before, written; null: not comparable.</param>
/// <param name="Tone">Whether that is good.</param>
public sealed record BoardRow(string Name, string? Detail, Figure Value, string Full, string Share, double Width, string? Change, Tone Tone)
{
    /// <summary>Where a click leads: the page filtered by this row, or no longer; null: nowhere.</summary>
    public string? Href { get; init; }

    /// <summary>Whether the page is filtered by this row.</summary>
    public bool IsChosen { get; init; }
}
