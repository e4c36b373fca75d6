using System.Text;
using Weir.Identifiers;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;

namespace Weir.Land.Fast.Columns;

/// <summary>Rows of blocks as objects, for steps that know them only so.</summary>
internal static class EventRows
{
    public static EventRow Read(EventBlock block, int row, string source)
    {
        string? Text(EventText column) => block.Has(column, row) ? Encoding.UTF8.GetString(block.Text(column, row)) : null;
        DateTime? Time(EventNumber column) => block.Number(column, row) is var micros && micros == EventColumns.None ? null : UnixMicros.ToUtc(micros);
        decimal? Money(EventNumber column) => block.Number(column, row) is var value && value == EventColumns.None ? null : value / 10_000m;
        return new EventRow
        {
            Id = UuidV5.FromUInt128(block.Id(row)), Source = source, Event = block.Name(row),
            ClientTime = Time(EventNumber.ClientTime), EventTime = Time(EventNumber.EventTime)!.Value, ReceivedAt = Time(EventNumber.ReceivedAt)!.Value, SentAt = Time(EventNumber.SentAt),
            UserId = Text(EventText.UserId), AnonymousId = Text(EventText.AnonymousId), SessionId = Text(EventText.SessionId), SchemaVersion = Text(EventText.SchemaVersion),
            PageUrl = Text(EventText.PageUrl), PagePath = Text(EventText.PagePath), PageTitle = Text(EventText.PageTitle), PageReferrer = Text(EventText.PageReferrer),
            UtmSource = Text(EventText.UtmSource), UtmMedium = Text(EventText.UtmMedium), UtmCampaign = Text(EventText.UtmCampaign), UtmTerm = Text(EventText.UtmTerm), UtmContent = Text(EventText.UtmContent),
            Platform = Text(EventText.Platform), DeviceType = Text(EventText.DeviceType), DeviceId = Text(EventText.DeviceId), OsName = Text(EventText.OsName), OsVersion = Text(EventText.OsVersion), Browser = Text(EventText.Browser),
            AppVersion = Text(EventText.AppVersion), AppName = Text(EventText.AppName), Locale = Text(EventText.Locale), Country = Text(EventText.Country), Ip = Text(EventText.Ip), UserAgent = Text(EventText.UserAgent),
            OrderId = Text(EventText.OrderId), ProductId = Text(EventText.ProductId), ProductName = Text(EventText.ProductName), Category = Text(EventText.Category),
            Quantity = block.Number(EventNumber.Quantity, row) is var quantity && quantity == EventColumns.None ? null : (int)quantity, Price = Money(EventNumber.Price), Revenue = Money(EventNumber.Revenue),
            Currency = Text(EventText.Currency), Coupon = Text(EventText.Coupon), CartId = Text(EventText.CartId), Context = Text(EventText.Context), Properties = Text(EventText.Properties),
            Imputed = Text(EventText.Imputed), Flags = Text(EventText.Flags), Dialect = Text(EventText.Dialect)!, Stream = Text(EventText.Stream)!, Position = block.Number(EventNumber.Position, row),
        };
    }
}
