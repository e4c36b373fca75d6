using System.Text.Json;
using Weir.DuckDb;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Scanning;

namespace Weir.Land.Fast.Reading;

/// <summary>Messages of the Segment API, as <see cref="SegmentDialect"/> defines them. One with members that it does not know, or with both properties and traits, is left to it.</summary>
internal sealed unsafe class FastSegment : IFastDialect
{
    private readonly FastPlan plan = new();
    private readonly int id, type, name, timestamp, original, sentAt, userId, anonymousId, context, properties, traits;
    private readonly int session, sessionCamel, version, versionInProperties, ip, userAgent, deviceType, osName, library, country;
    private readonly int quantity, price, revenue, products;
    private readonly (int Slot, EventText Column)[] commerce, pages;

    public FastSegment()
    {
        var inContext = new ScanPlan(
        [
            plan.Object("page", new ScanPlan([plan.Text("url", EventText.PageUrl), plan.Text("path", EventText.PagePath), plan.Text("title", EventText.PageTitle), plan.Text("referrer", EventText.PageReferrer)])),
            plan.Object("campaign", new ScanPlan(
                [plan.Text("source", EventText.UtmSource), plan.Text("medium", EventText.UtmMedium), plan.Text("name", EventText.UtmCampaign), plan.Text("term", EventText.UtmTerm), plan.Text("content", EventText.UtmContent)])),
            plan.Object("device", new ScanPlan([plan.Slot("type", out deviceType), plan.Text("id", EventText.DeviceId)])),
            plan.Object("os", new ScanPlan([plan.Slot("name", out osName), plan.Text("version", EventText.OsVersion)])),
            plan.Object("library", new ScanPlan([plan.Slot("name", out library)])),
            plan.Object("app", new ScanPlan([plan.Text("name", EventText.AppName), plan.Text("version", EventText.AppVersion)])),
            plan.Object("location", new ScanPlan([plan.Slot("country", out country)])),
            plan.Text("locale", EventText.Locale), plan.Slot("ip", out ip), plan.Slot("userAgent", out userAgent),
            plan.Slot("session_id", out session), plan.Slot("sessionId", out sessionCamel), plan.Slot("schema_version", out version),
        ]);
        var inProperties = new List<(string, int, ScanPlan?)> { plan.Slot("schema_version", out versionInProperties), plan.Slot("quantity", out quantity), plan.Slot("price", out price), plan.Slot("revenue", out revenue), plan.Slot("products", out products) };
        (int, EventText) Later(string member, EventText column)
        {
            inProperties.Add(plan.Slot(member, out var slot));
            return (slot, column);
        }
        commerce =
        [
            Later("order_id", EventText.OrderId), Later("product_id", EventText.ProductId), Later("name", EventText.ProductName), Later("category", EventText.Category),
            Later("currency", EventText.Currency), Later("coupon", EventText.Coupon), Later("cart_id", EventText.CartId),
        ];
        pages = [Later("url", EventText.PageUrl), Later("path", EventText.PagePath), Later("title", EventText.PageTitle), Later("referrer", EventText.PageReferrer)];
        (string, int, ScanPlan?) Of(string member, out int slot, ScanPlan inside) => (member, plan.Slot(member, out slot).Item2, inside);
        Plan = new ScanPlan(
        [
            plan.Slot("messageId", out id), plan.Slot("type", out type), plan.Slot("event", out name),
            plan.Slot("timestamp", out timestamp), plan.Slot("originalTimestamp", out original), plan.Slot("sentAt", out sentAt),
            plan.Slot("userId", out userId), plan.Slot("anonymousId", out anonymousId),
            Of("context", out context, inContext), Of("properties", out properties, new ScanPlan(inProperties)), plan.Slot("traits", out traits),
            FastPlan.Ignored("integrations"), FastPlan.Ignored("writeKey"), FastPlan.Ignored("_metadata"),
        ], isClosed: true);
    }

    public ScanPlan Plan { get; }

    public int Slots => plan.Slots;

    public void Map(FastEvent sent, FastEnvelope envelope)
    {
        plan.Apply(sent);
        sent.Id = sent.IdText(id);
        var kind = TypeOf(sent, envelope);
        if (kind is null)
        {
            sent.Doubt();
            return;
        }
        MapName(sent, kind);
        MapTimes(sent, envelope);
        sent.Set(EventText.UserId, sent.IdText(userId));
        sent.Set(EventText.AnonymousId, sent.IdText(anonymousId));
        if (!sent.Set(EventText.SessionId, sent.IdText(session))) sent.Set(EventText.SessionId, sent.IdText(sessionCamel));
        if (!sent.Set(EventText.SchemaVersion, sent.Text(version))) sent.Set(EventText.SchemaVersion, sent.Text(versionInProperties));
        MapContext(sent, envelope);
        MapProperties(sent, kind);
        sent.SetObject(EventText.Context, context);
        if (sent.IsObject(properties)) sent.SetObject(EventText.Properties, properties);
        else sent.SetObject(EventText.Properties, traits);
        if (sent.Slots[properties].Kind == JsonTokenType.StartObject && !sent.Slots[traits].IsAbsent) sent.Doubt();
    }

    private string? TypeOf(FastEvent sent, FastEnvelope envelope)
    {
        var text = sent.IdText(type);
        if (text.IsNull) return Known(envelope.Type is { } said ? System.Text.Encoding.UTF8.GetBytes(said) : default);
        return Known(TextCell.Bytes(&text));
    }

    private static string? Known(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("track"u8) ? "track" : type.SequenceEqual("page"u8) ? "page" : type.SequenceEqual("screen"u8) ? "screen" : type.SequenceEqual("identify"u8) ? "identify" : null;

    private void MapName(FastEvent sent, string kind) => sent.Name = kind == "track" ? sent.IdText(name) : sent.Block.Memory.Add(kind);

    private void MapTimes(FastEvent sent, FastEnvelope envelope)
    {
        var said = sent.Time(timestamp);
        var stamped = sent.Time(original);
        sent.ClientTime = said != EventColumns.None ? said : stamped;
        if (said != EventColumns.None && stamped != EventColumns.None) sent.ArrivedAt = EventColumns.None;
        sent.SentAt = sent.Time(sentAt);
        if (sent.SentAt == EventColumns.None && envelope.TrySentAt(out var batch)) sent.SentAt = batch;
        else if (sent.SentAt == EventColumns.None) sent.Doubt();
    }

    private void MapContext(FastEvent sent, FastEnvelope envelope)
    {
        var (device, os) = (sent.Text(deviceType), sent.Text(osName));
        sent.Set(EventText.DeviceType, device);
        sent.Set(EventText.OsName, os);
        sent.Set(EventText.Platform, FastPlatform.Of(sent, device, os, sent.Text(library)));
        sent.Set(EventText.Country, sent.Text(country));
        if (!sent.Set(EventText.Ip, sent.Text(ip))) sent.Set(EventText.Ip, envelope.Ip);
        if (!sent.Set(EventText.UserAgent, sent.Text(userAgent))) sent.Set(EventText.UserAgent, envelope.UserAgent);
    }

    private void MapProperties(FastEvent sent, string kind)
    {
        if (kind is "page" or "screen")
            foreach (var (slot, column) in pages)
                if (!sent.Has(column)) sent.Set(column, sent.Text(slot));
        var isTrack = kind == "track";
        sent.SetNumber(EventNumber.Quantity, EventColumns.None);
        sent.SetNumber(EventNumber.Price, EventColumns.None);
        sent.SetNumber(EventNumber.Revenue, EventColumns.None);
        if (!isTrack) return;
        foreach (var (slot, column) in commerce) sent.Set(column, sent.Text(slot));
        sent.SetInteger(EventNumber.Quantity, quantity);
        sent.SetMoney(EventNumber.Price, price);
        sent.SetMoney(EventNumber.Revenue, revenue);
        // An only product of several is the event's: the plain reader looks at it.
        if (sent.Slots[products].Kind == JsonTokenType.StartArray && !sent.Has(EventText.ProductId)) sent.Doubt();
    }
}
