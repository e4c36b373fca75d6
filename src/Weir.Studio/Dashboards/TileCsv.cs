using System.Globalization;
using Weir.Studio.Dashboards.Tiles;

namespace Weir.Studio.Dashboards;

/// <summary>A tile's rows as CSV (RFC 4180): what is seen, with full values.</summary>
internal static class TileCsv
{
    public static string? Write(TileView tile)
    {
        IEnumerable<IEnumerable<string>>? rows = tile switch
        {
            ChartTile chart => [["", .. chart.Series.Select(s => s.Name)], .. chart.Buckets.Select(b => (IEnumerable<string>)[b.Label, .. b.Cells.Select(c => c.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "")])],
            BoardTile { Board: var board } => [["", board.ValueName, board.DetailName ?? "", board.ChangeName ?? ""], .. board.Rows.Select(r => (IEnumerable<string>)[r.Name, r.Full, r.Detail ?? "", r.Change ?? ""])],
            FunnelTile funnel => [["step", "count", "of first", "of step before"], .. funnel.Steps.Select(s => (IEnumerable<string>)[s.Name, s.Full, s.OfFirst, s.OfLast ?? ""])],
            RetentionTile triangle => [["cohort", "size", .. triangle.Columns], .. triangle.Rows.Select(r => (IEnumerable<string>)[r.Name, r.Size, .. r.Cells.Select(c => c?.Share ?? "")])],
            TableTile table => [table.Heads, .. table.Rows],
            _ => null,
        };
        return rows is null ? null : string.Concat(rows.Select(row => string.Join(',', row.Select(Quote)) + "\r\n"));
    }

    // A cell that a spreadsheet would compute stays the text that it is.
    private static string Quote(string text)
    {
        if (text.Length > 0 && (text[0] is '=' or '@' or '\t' or '\r' || (text[0] == '+' && text.Length > 1 && !char.IsAsciiDigit(text[1])))) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
