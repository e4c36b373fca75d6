using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Scanning;

namespace Weir.Land.Fast.Reading;

/// <summary>Weir's own events, as <see cref="WeirDialect"/> defines them. An event with members that have no column is left to it.</summary>
internal sealed class FastWeir : IFastDialect
{
    private readonly FastPlan plan = new();
    private readonly int id, name, timestamp, sentAt, receivedAt, userId, anonymousId, sessionId, ip, userAgent, quantity, price, revenue, context, properties;

    public FastWeir() => Plan = new ScanPlan(
    [
        plan.Slot("event_id", out id), plan.Slot("event", out name),
        plan.Slot("timestamp", out timestamp), plan.Slot("sent_at", out sentAt), plan.Slot("received_at", out receivedAt),
        plan.Slot("user_id", out userId), plan.Slot("anonymous_id", out anonymousId), plan.Slot("session_id", out sessionId),
        plan.Text("schema_version", EventText.SchemaVersion), plan.Text("locale", EventText.Locale), plan.Text("country", EventText.Country),
        plan.Slot("ip", out ip), plan.Slot("user_agent", out userAgent),
        plan.Text("order_id", EventText.OrderId), plan.Text("product_id", EventText.ProductId), plan.Text("product_name", EventText.ProductName), plan.Text("category", EventText.Category),
        plan.Slot("quantity", out quantity), plan.Slot("price", out price), plan.Slot("revenue", out revenue),
        plan.Text("currency", EventText.Currency), plan.Text("coupon", EventText.Coupon), plan.Text("cart_id", EventText.CartId),
        plan.Slot("context", out context), plan.Slot("properties", out properties),
        plan.Object("page", new ScanPlan([plan.Text("url", EventText.PageUrl), plan.Text("path", EventText.PagePath), plan.Text("title", EventText.PageTitle), plan.Text("referrer", EventText.PageReferrer)], isClosed: true)),
        plan.Object("campaign", new ScanPlan(
            [plan.Text("source", EventText.UtmSource), plan.Text("medium", EventText.UtmMedium), plan.Text("name", EventText.UtmCampaign), plan.Text("term", EventText.UtmTerm), plan.Text("content", EventText.UtmContent)], isClosed: true)),
        plan.Object("device", new ScanPlan(
            [
                plan.Text("id", EventText.DeviceId), plan.Text("type", EventText.DeviceType), plan.Text("platform", EventText.Platform),
                plan.Text("os_name", EventText.OsName), plan.Text("os_version", EventText.OsVersion), plan.Text("browser", EventText.Browser),
            ], isClosed: true)),
        plan.Object("app", new ScanPlan([plan.Text("name", EventText.AppName), plan.Text("version", EventText.AppVersion)], isClosed: true)),
    ], isClosed: true);

    public ScanPlan Plan { get; }

    public int Slots => plan.Slots;

    public void Map(FastEvent sent, FastEnvelope envelope)
    {
        plan.Apply(sent);
        sent.Id = sent.IdText(id);
        sent.Name = sent.IdText(name);
        sent.ClientTime = sent.Time(timestamp);
        sent.SentAt = sent.Time(sentAt);
        if (sent.SentAt == EventColumns.None && envelope.TrySentAt(out var batch)) sent.SentAt = batch;
        else if (sent.SentAt == EventColumns.None) sent.Doubt();
        if (envelope.IsFile) sent.ArrivedAt = sent.Time(receivedAt);
        else if (sent.Slots[receivedAt].Kind != default) sent.Doubt(); // a member like any other that has no column
        sent.Set(EventText.UserId, sent.IdText(userId));
        sent.Set(EventText.AnonymousId, sent.IdText(anonymousId));
        sent.Set(EventText.SessionId, sent.IdText(sessionId));
        if (!sent.Set(EventText.Ip, sent.Text(ip))) sent.Set(EventText.Ip, envelope.Ip);
        if (!sent.Set(EventText.UserAgent, sent.Text(userAgent))) sent.Set(EventText.UserAgent, envelope.UserAgent);
        sent.SetInteger(EventNumber.Quantity, quantity);
        sent.SetMoney(EventNumber.Price, price);
        sent.SetMoney(EventNumber.Revenue, revenue);
        sent.SetObject(EventText.Context, context);
        sent.SetObject(EventText.Properties, properties);
    }
}

/// <summary>What is fast for one dialect.</summary>
internal interface IFastDialect
{
    /// <summary>What the scanner looks for.</summary>
    ScanPlan Plan { get; }

    /// <summary>How many slots it fills.</summary>
    int Slots { get; }

    /// <summary>Fills the row of an event that was scanned, but for what all dialects have alike.</summary>
    void Map(FastEvent sent, FastEnvelope envelope);
}
