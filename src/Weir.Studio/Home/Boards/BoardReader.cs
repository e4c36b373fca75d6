using System.Data.Common;
using Weir.Studio.Home.Config;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Boards;

/// <summary>Reads the greatest rows of a table.</summary>
internal static class BoardReader
{
    /// <exception cref="WeirException">WEIR9004: home.yml names a table or column that is not there or of another kind.</exception>
    public static async Task<BoardView> ReadAsync(
        WarehouseReader warehouse, LeaderboardConfig board, string usedBy, TimeChoice choice, string currency, CancellationToken cancellationToken)
    {
        var table = warehouse.Catalogue.Find(board.Table, usedBy);
        var label = TableColumns.Quote(table.Find(board.Label, usedBy).Name);
        var value = table.FindNumber(board.Value, usedBy);
        var compare = board.Compare is null ? null : table.FindNumber(board.Compare, usedBy);
        var detail = board.Detail is null ? null : table.Find(board.Detail, usedBy);
        var date = board.Date is null ? null : table.Find(board.Date, usedBy);
        var start = date is null ? "null::timestamp" : DateSql.Start(date, choice.Zone, usedBy);
        if (date is not null) choice = choice.Reaching(await LastAsync(warehouse, table, start, value, cancellationToken));
        var period = date is null ? null : BoardPeriod.Of(choice, isHourly: !date.IsDate);
        string Sum(string what, string when) => period is null ? $"sum({what})::double" : $"sum({what}) filter (where {when})::double";
        string Detail(Column c) => c.IsNumber ? $"sum({TableColumns.Quote(c.Name)})" : $"max({TableColumns.Quote(c.Name)})";
        var shown = period?.Shown ?? "true";
        var before = period is null ? compare is null ? "null::double" : $"sum({compare})::double" : Sum(value, period.Before);
        var rows = await warehouse.QueryAsync(
            $"""
            with dated as (select *, {start} as "weir start" from {table.Sql}),
            named as (
              select {label}::varchar as name, {Sum(value, shown)} as shown, {Sum(value, period?.Compared ?? "true")} as compared, {before} as before,
                     {(detail is null ? "null" : $"{Detail(detail)} filter (where {shown})")}::varchar as detail
              from dated group by 1),
            whole as (
              select *, sum(greatest(shown, 0)) over () as total, sum(greatest(before, 0)) over () as total_before, count(shown) over () as rows,
                     (select min("weir start") from dated) as first
              from named)
            select name, shown, compared, before, detail, total, total_before, rows, first from whole
            where shown is not null order by shown desc, name limit {board.Limit}
            """,
            Read, [], cancellationToken);
        return BoardDrawing.Draw(board, rows, period, detail, choice, currency);
    }

    private static async Task<DateTime?> LastAsync(WarehouseReader warehouse, TableColumns table, string start, string value, CancellationToken cancellationToken)
    {
        var last = await warehouse.QueryAsync(
            $"select max({start}) from {table.Sql} where {value} is not null and isfinite({start})", r => r.IsDBNull(0) ? (DateTime?)null : r.GetDateTime(0), [], cancellationToken);
        return last[0];
    }

    private static BoardLine Read(DbDataReader r)
    {
        double? Number(int i) => r.IsDBNull(i) ? null : r.GetDouble(i);
        return new BoardLine(
            r.IsDBNull(0) ? null : r.GetString(0), r.GetDouble(1), Number(2), Number(3), r.IsDBNull(4) ? null : r.GetString(4),
            Number(5) ?? 0, Number(6) ?? 0, r.GetInt64(7), r.IsDBNull(8) ? null : r.GetDateTime(8));
    }
}

/// <summary>A row as read, with the sums of its table.</summary>
internal sealed record BoardLine(
    string? Name, double Shown, double? Compared, double? Before, string? Detail, double Total, double TotalBefore, long Rows, DateTime? First);
