using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;

namespace Weir.Land.Fast.Columns;

/// <summary>What each column of <c>lake.events</c> is in an <see cref="EventBlock"/>, and of an <see cref="EventRow"/>.</summary>
internal static class EventColumns
{
    /// <summary>A number that is not there.</summary>
    public const long None = long.MinValue;

    public static readonly int TextCount = Enum.GetValues<EventText>().Length;
    public static readonly int NumberCount = Enum.GetValues<EventNumber>().Length;

    /// <summary>By <see cref="EventText"/>.</summary>
    public static readonly (string Name, Func<EventRow, string?> Of)[] Texts =
    [
        ("event_id", r => r.EventId), ("event", r => r.Event), ("user_id", r => r.UserId), ("anonymous_id", r => r.AnonymousId), ("session_id", r => r.SessionId), ("schema_version", r => r.SchemaVersion),
        ("page_url", r => r.PageUrl), ("page_path", r => r.PagePath), ("page_title", r => r.PageTitle), ("page_referrer", r => r.PageReferrer),
        ("utm_source", r => r.UtmSource), ("utm_medium", r => r.UtmMedium), ("utm_campaign", r => r.UtmCampaign), ("utm_term", r => r.UtmTerm), ("utm_content", r => r.UtmContent),
        ("platform", r => r.Platform), ("device_type", r => r.DeviceType), ("device_id", r => r.DeviceId), ("os_name", r => r.OsName), ("os_version", r => r.OsVersion), ("browser", r => r.Browser),
        ("app_version", r => r.AppVersion), ("app_name", r => r.AppName), ("locale", r => r.Locale), ("country", r => r.Country), ("ip", r => r.Ip), ("user_agent", r => r.UserAgent),
        ("order_id", r => r.OrderId), ("product_id", r => r.ProductId), ("product_name", r => r.ProductName), ("category", r => r.Category),
        ("currency", r => r.Currency), ("coupon", r => r.Coupon), ("cart_id", r => r.CartId),
        ("context", r => r.Context), ("properties", r => r.Properties), ("_imputed", r => r.Imputed), ("_dialect", r => r.Dialect), ("_stream", r => r.Stream), ("_flags", r => r.Flags),
    ];

    /// <summary>By <see cref="EventNumber"/>.</summary>
    public static readonly (string Name, Func<EventRow, long> Of)[] Numbers =
    [
        ("client_time", r => Micros(r.ClientTime)), ("event_time", r => Micros(r.EventTime)), ("received_at", r => Micros(r.ReceivedAt)), ("sent_at", r => Micros(r.SentAt)),
        ("quantity", r => r.Quantity ?? None), ("price", r => TenThousandths(r.Price)), ("revenue", r => TenThousandths(r.Revenue)), ("_position", r => r.Position),
    ];

    /// <summary>The columns of the data files, in their order: an <see cref="EventText"/>, or as its complement an <see cref="EventNumber"/>.</summary>
    public static readonly int[] InFiles = [.. LakeTables.Events.DataColumns.Select(c => Place(c.Name))];

    private static int Place(string column)
    {
        var text = Array.FindIndex(Texts, t => t.Name == column);
        return text >= 0 ? text : ~Array.FindIndex(Numbers, n => n.Name == column);
    }

    private static long Micros(DateTime? time) => time is { } known ? UnixMicros.Of(known) : None;

    private static long TenThousandths(decimal? number) => number is { } known ? decimal.ToInt64(known * 10_000) : None;
}
