using Weir.Studio.Home.Figures;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Attention;

/// <summary>Something that moved away from what was expected.</summary>
public sealed record ChangeView
{
    public required string Subject { get; init; }
    public required bool IsUp { get; init; }

    /// <summary>As a fraction of what was expected.</summary>
    public required double? Change { get; init; }

    /// <summary>Since when, business time.</summary>
    public required DateTime? Since { get; init; }

    public required Tone Tone { get; init; }
    public string Explanation { get; init; } = "";
    public IReadOnlyList<double?> Trend { get; init; } = [];
}

/// <summary>All that changed, or why it cannot be told.</summary>
public sealed record ChangesView(string Table, IReadOnlyList<ChangeView> List, RelationStatus? Status, WeirException? Error)
{
    public bool IsStruck => Status?.HasFailed == true;
}
