using System.Globalization;

namespace Weir.Studio.Warehouse;

/// <summary>Days and hours of the business's calendar in SQL.</summary>
internal static class DateSql
{
    /// <summary>The start of the row's day (DATE columns) or hour (timestamps), as a TIMESTAMP in business time. A timestamp without zone is taken as business time.</summary>
    /// <exception cref="WeirException">WEIR9004: the column is neither.</exception>
    public static string Start(Column column, TimeZoneInfo zone, string usedBy)
    {
        var name = TableColumns.Quote(column.Name);
        if (column.IsDate) return $"{name}::timestamp";
        if (column.IsZoned) return $"date_trunc('hour', timezone('{zone.Id.Replace("'", "''", StringComparison.Ordinal)}', {name}))";
        if (column.IsTimestamp) return $"date_trunc('hour', {name})";
        throw new WeirException(
            "WEIR9004", $"{usedBy} needs a DATE or TIMESTAMP, but the column '{column.Name}' of '{column.Table}' is {column.Type}. Name another column, or cast it in the model.");
    }

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
