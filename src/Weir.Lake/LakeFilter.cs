using System.Globalization;

namespace Weir.Lake;

/// <summary>Which part of the lake views are to show. Files outside are not even named; at the edges a view may still show a little more.</summary>
/// <param name="From">Events and quarantine from this time on (<c>event_time</c>, <c>received_at</c>), UTC; null: from the beginning.</param>
/// <param name="To">Up to, but not including; null: to the end.</param>
/// <param name="Sources">Only these sources; null: all.</param>
public sealed record LakeFilter(DateTime? From = null, DateTime? To = null, IReadOnlyList<string>? Sources = null)
{
    /// <summary>Entities are never cut: their latest version may be old. Nor is the ledger.</summary>
    internal bool Keeps(TableDefinition table, AddFile file)
    {
        if (table.IsEntity || table.Name == LakeTables.Ledger.Name) return true;
        if (Sources is not null && file.PartitionValues.TryGetValue("source", out var source) && source is not null && !Sources.Contains(source)) return false;
        if (!file.PartitionValues.TryGetValue("date", out var day) || !DateTime.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begin)) return true;
        var end = begin.AddDays(1);
        if (file.PartitionValues.TryGetValue("hour", out var text) && int.TryParse(text, CultureInfo.InvariantCulture, out var hour)) (begin, end) = (begin.AddHours(hour), begin.AddHours(hour + 1));
        return (From is null || end > From) && (To is null || begin < To);
    }
}
