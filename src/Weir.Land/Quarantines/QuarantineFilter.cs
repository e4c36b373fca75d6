using Weir.Lake;

namespace Weir.Land.Quarantines;

/// <summary>Which rows of quarantine are meant; null: any.</summary>
/// <param name="Source">Of this source.</param>
/// <param name="Reason">Kept aside for this reason: one of <see cref="Events.QuarantineReasons"/>.</param>
/// <param name="Events">With one of these names.</param>
/// <param name="From">Received from this time on, UTC.</param>
/// <param name="To">Received before this time, UTC.</param>
public sealed record QuarantineFilter(string? Source = null, string? Reason = null, IReadOnlyCollection<string>? Events = null, DateTime? From = null, DateTime? To = null)
{
    /// <summary>The files that may hold such rows.</summary>
    internal LakeFilter Files => new(From, To, Source is null ? null : [Source]);

    /// <summary>The same as a condition in SQL.</summary>
    internal string Sql => string.Join(" AND ", Conditions().Prepend("true"));

    private IEnumerable<string> Conditions()
    {
        if (Source is not null) yield return $"source = {DuckDb.Sql.Text(Source)}";
        if (Reason is not null) yield return $"reason = {DuckDb.Sql.Text(Reason)}";
        if (Events is not null) yield return Events.Count == 0 ? "false" : $"event IN ({string.Join(", ", Events.Select(DuckDb.Sql.Text))})";
        if (From is { } from) yield return $"received_at >= {Time(from)}";
        if (To is { } to) yield return $"received_at < {Time(to)}";
    }

    private static string Time(DateTime utc) => $"TIMESTAMPTZ '{utc:yyyy-MM-dd HH:mm:ss.ffffff}+00'";
}
