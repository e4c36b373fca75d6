using System.Data.Common;
using Weir.Studio.Home.Config;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Boards;

/// <summary>Reads the greatest rows of a table.</summary>
internal static class BoardReader
{
    private sealed record Row(string? Name, double Value, double? Compare, string? Detail, double Total, long Count);

    /// <exception cref="WeirException">WEIR9004: home.yml names a table or column that is not there or of another kind.</exception>
    public static async Task<BoardView> ReadAsync(
        WarehouseReader warehouse, LeaderboardConfig board, string usedBy, TimeChoice choice, string currency, CancellationToken cancellationToken)
    {
        var table = warehouse.Catalogue.Find(board.Table, usedBy);
        var label = TableColumns.Quote(table.Find(board.Label, usedBy).Name);
        var value = table.FindNumber(board.Value, usedBy);
        var compare = board.Compare is null ? "null" : table.FindNumber(board.Compare, usedBy);
        var detail = board.Detail is null ? null : table.Find(board.Detail, usedBy);
        var detailSql = detail is null ? "null" : detail.IsNumber ? $"sum({TableColumns.Quote(detail.Name)})" : $"max({TableColumns.Quote(detail.Name)})";
        var (where, parameters) = Range(table, board, usedBy, choice);
        var rows = await warehouse.QueryAsync(
            $"""
            select name, value, compare, detail, sum(greatest(value, 0)) over (), count(*) over () from (
              select {label}::varchar as name, sum({value})::double as value, sum({compare})::double as compare, {detailSql}::varchar as detail
              from {table.Sql} {where} group by 1)
            where value is not null order by value desc, name limit {board.Limit}
            """,
            Read, parameters, cancellationToken);
        return new BoardView
        {
            Title = board.Title,
            Table = board.Table,
            ValueName = Words(board.Value),
            DetailName = board.Detail is null ? null : Words(board.Detail),
            HasChange = board.Compare is not null,
            Covers = board.Date is null ? "as built" : choice.Label.ToLowerInvariant(),
            Rows = [.. rows.Select(r => Draw(r, rows[0].Value, board, detail, currency))],
            More = rows.Count == 0 ? 0 : rows[0].Count - rows.Count,
        };
    }

    private static Row Read(DbDataReader r) => new(
        r.IsDBNull(0) ? null : r.GetString(0), r.GetDouble(1), r.IsDBNull(2) ? null : r.GetDouble(2), r.IsDBNull(3) ? null : r.GetString(3), r.GetDouble(4), r.GetInt64(5));

    private static (string Where, object[] Parameters) Range(TableColumns table, LeaderboardConfig board, string usedBy, TimeChoice choice)
    {
        if (board.Date is null) return ("", []);
        var start = DateSql.Start(table.Find(board.Date, usedBy), choice.Zone, usedBy);
        return ($"where {start} >= $1::timestamp and {start} < $2::timestamp", [DateSql.Text(choice.FirstDay), DateSql.Text(choice.LastDay.AddDays(1))]);
    }

    private static BoardRow Draw(Row row, double greatest, LeaderboardConfig board, Column? detail, string currency)
    {
        var change = row.Compare is { } before && before != 0 ? (row.Value - before) / Math.Abs(before) : (double?)null;
        return new BoardRow(
            string.IsNullOrWhiteSpace(row.Name) ? "(none)" : row.Name,
            row.Detail is { } text && detail?.IsNumber == true && double.TryParse(text, out var number) ? Numbers.Short(number, FigureFormat.Count).ToString() : row.Detail,
            Numbers.Short(row.Value, board.Format, currency), Numbers.Full(row.Value, board.Format, currency),
            row.Value < 0 ? Numbers.None : Numbers.Share(row.Value, row.Total),
            greatest <= 0 ? 0 : Math.Clamp(row.Value / greatest * 100, 0, 100),
            change is { } c ? Numbers.Change(c) : board.Compare is not null && row.Value > 0 ? "new" : null,
            Tones.Of(change, board.Good));
    }

    internal static string Words(string column)
    {
        var words = column.Replace('_', ' ').Trim();
        return words.Length == 0 ? column : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
