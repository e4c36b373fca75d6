using Weir.DuckDb;
using Weir.Land.Evaluate;

namespace Weir.Land.Rounds;

/// <summary>Rows into staging tables, in the order of the lake's columns (a test compares it with <see cref="Weir.Lake.LakeTables"/>).</summary>
internal static class EventAppends
{
    public static void Append(DuckDBAppender to, EventRow row)
    {
        to.AppendValue(row.EventId);
        to.AppendValue(row.Source);
        to.AppendValue(row.Event);
        to.AppendValue(row.ClientTime);
        to.AppendValue(row.EventTime);
        to.AppendValue(row.ReceivedAt);
        to.AppendValue(row.SentAt);
        to.AppendValue(row.UserId);
        to.AppendValue(row.AnonymousId);
        to.AppendValue(row.SessionId);
        to.AppendValue(row.SchemaVersion);
        to.AppendValue(row.PageUrl);
        to.AppendValue(row.PagePath);
        to.AppendValue(row.PageTitle);
        to.AppendValue(row.PageReferrer);
        to.AppendValue(row.UtmSource);
        to.AppendValue(row.UtmMedium);
        to.AppendValue(row.UtmCampaign);
        to.AppendValue(row.UtmTerm);
        to.AppendValue(row.UtmContent);
        to.AppendValue(row.Platform);
        to.AppendValue(row.DeviceType);
        to.AppendValue(row.DeviceId);
        to.AppendValue(row.OsName);
        to.AppendValue(row.OsVersion);
        to.AppendValue(row.Browser);
        to.AppendValue(row.AppVersion);
        to.AppendValue(row.AppName);
        to.AppendValue(row.Locale);
        to.AppendValue(row.Country);
        to.AppendValue(row.Ip);
        to.AppendValue(row.UserAgent);
        to.AppendValue(row.OrderId);
        to.AppendValue(row.ProductId);
        to.AppendValue(row.ProductName);
        to.AppendValue(row.Category);
        to.AppendValue(row.Quantity);
        to.AppendValue(row.Price);
        to.AppendValue(row.Revenue);
        to.AppendValue(row.Currency);
        to.AppendValue(row.Coupon);
        to.AppendValue(row.CartId);
        to.AppendValue(row.Context);
        to.AppendValue(row.Properties);
        to.AppendValue(row.Imputed);
        to.AppendValue(row.Dialect);
        to.AppendValue(row.Stream);
        to.AppendValue(row.Position);
        to.AppendValue(DateOnly.FromDateTime(row.EventTime));
        to.AppendValue(row.EventTime.Hour);
        to.AppendValue(row.Flags);
        to.EndRow();
    }
}
