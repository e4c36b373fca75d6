using System.Data.Common;
using Weir.Studio.Home.Figures;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Studio.Home.Attention;

/// <summary>Reads the table of changes that a model of the project makes; docs/guides/home.md lists its columns.</summary>
internal static class ChangeReader
{
    private const int Shown = 5;

    /// <exception cref="WeirException">WEIR9004: the table is missing or lacks a column.</exception>
    public static async Task<IReadOnlyList<ChangeView>> ReadAsync(WarehouseReader warehouse, string tableName, TimeChoice choice, CancellationToken cancellationToken)
    {
        const string usedBy = "changes in home.yml";
        var table = warehouse.Catalogue.Find(tableName, usedBy);
        string Required(string column) => TableColumns.Quote(table.Find(column, usedBy).Name);
        string Optional(string column, string type, string otherwise) => table.TryFind(column) is { } c ? $"{TableColumns.Quote(c.Name)}::{type}" : otherwise;
        var noticed = Required("noticed_at");
        // A day that has just begun still shows what the last evening brought.
        var from = choice.Key == "today" && choice.From > choice.Now.AddHours(-24) ? choice.Now.AddHours(-24) : choice.From;
        return await warehouse.QueryAsync(
            $"""
            select {Required("subject")}::varchar, {Required("change")}::double, {noticed}::timestamptz,
                   {Optional("direction", "varchar", "null")}, {Optional("good", "boolean", "null")}, {Optional("explanation", "varchar", "''")},
                   {Optional("trend", "double[]", "null")}
            from {table.Sql} where {noticed}::timestamptz >= $1::timestamptz and {noticed}::timestamptz < $2::timestamptz
            order by abs({Optional("score", "double", Required("change"))}) desc, 1 limit {Shown}
            """,
            r => Read(r, choice), [Text(from), Text(choice.To)], cancellationToken);
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", null) + "+00";

    private static ChangeView Read(DbDataReader r, TimeChoice choice)
    {
        var change = r.IsDBNull(1) ? (double?)null : r.GetDouble(1);
        var isUp = r.IsDBNull(3) ? change > 0 : r.GetString(3).Equals("up", StringComparison.OrdinalIgnoreCase);
        return new ChangeView
        {
            Subject = r.IsDBNull(0) ? "something unnamed" : r.GetString(0),
            Change = change is { } c && double.IsFinite(c) ? c : null,
            IsUp = isUp,
            Since = r.IsDBNull(2) ? null : choice.ToLocal(r.GetDateTime(2)),
            Tone = r.IsDBNull(4) ? Tone.Flat : r.GetBoolean(4) ? Tone.Good : Tone.Bad,
            Explanation = r.IsDBNull(5) ? "" : r.GetString(5),
            Trend = r.IsDBNull(6) ? [] : [.. ((IEnumerable<object?>)r.GetValue(6)).Select(v => v is double d && double.IsFinite(d) ? d : (double?)null)],
        };
    }
}
