using System.Data.Common;
using Weir.Studio.Home.Config;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Figures;

/// <summary>Reads a figure's history from its table.</summary>
internal static class FigureReader
{
    /// <summary>How many days the sparkline shows.</summary>
    internal const int TrendDays = 28;

    /// <exception cref="WeirException">WEIR9004: home.yml names a table or column that is not there or of another kind.</exception>
    public static async Task<History> ReadAsync(WarehouseReader warehouse, FigureConfig figure, string usedBy, TimeChoice choice, CancellationToken cancellationToken)
    {
        var table = warehouse.Catalogue.Find(figure.Table, usedBy);
        var date = table.Find(figure.Date, usedBy);
        var start = DateSql.Start(date, choice.Zone, usedBy);
        string Sum(string? column) => column is null ? "null::double" : $"sum({table.FindNumber(column, usedBy)})::double";
        var extent = await warehouse.QueryAsync(
            $"select min({start}), max({start}) filter (where {table.FindNumber(figure.Value, usedBy)} is not null and isfinite({start})) from {table.Sql}",
            r => (First: TimeAt(r, 0), Last: TimeAt(r, 1)), [], cancellationToken);
        var (first, last) = extent[0];
        var shown = choice.Reaching(last);
        var from = shown.FirstDay.AddDays(-shown.Shift);
        if (shown.LastDay.AddDays(-TrendDays) < from) from = shown.LastDay.AddDays(-TrendDays);
        var points = await warehouse.QueryAsync(
            $"""
            select start, value, per, compare from (
              select {start} as start, {Sum(figure.Value)} as value, {Sum(figure.Per)} as per, {Sum(figure.Compare)} as compare
              from {table.Sql} group by 1)
            where start >= $1::timestamp and start < $2::timestamp and value is not null order by 1
            """,
            r => new Point(r.GetDateTime(0), r.GetDouble(1), r.IsDBNull(2) ? null : r.GetDouble(2), r.IsDBNull(3) ? null : r.GetDouble(3)),
            [DateSql.Text(from), DateSql.Text(shown.LastDay.AddDays(1))], cancellationToken);
        return new History(points, !date.IsDate, first, last);
    }

    private static DateTime? TimeAt(DbDataReader r, int i) => r.IsDBNull(i) ? null : r.GetDateTime(i);
}
