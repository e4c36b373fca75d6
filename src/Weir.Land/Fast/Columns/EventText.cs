namespace Weir.Land.Fast.Columns;

/// <summary>The columns of <c>lake.events</c> that are text, in the table's order, but for <c>source</c>, which is in the files' paths.</summary>
internal enum EventText
{
    EventId, Event, UserId, AnonymousId, SessionId, SchemaVersion,
    PageUrl, PagePath, PageTitle, PageReferrer,
    UtmSource, UtmMedium, UtmCampaign, UtmTerm, UtmContent,
    Platform, DeviceType, DeviceId, OsName, OsVersion, Browser,
    AppVersion, AppName, Locale, Country, Ip, UserAgent,
    OrderId, ProductId, ProductName, Category, Currency, Coupon, CartId,
    Context, Properties, Imputed, Dialect, Stream, Flags,
}

/// <summary>The columns of <c>lake.events</c> that are numbers and times, each held as 64 bits: microseconds since 1970 (UTC), ten-thousandths, whole numbers.</summary>
internal enum EventNumber
{
    ClientTime, EventTime, ReceivedAt, SentAt, Quantity, Price, Revenue, Position,
}
