using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>Events in CSV: a column named as in <c>lake.events</c> is that column, any other a property (a JSON string).</summary>
internal sealed class CsvDialect(SourceDefinition source, EventTimes times, JsonCheck check)
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "event_id", "event", "timestamp", "sent_at", "received_at", "user_id", "anonymous_id", "session_id", "schema_version", "page_url", "page_path", "page_title", "page_referrer",
        "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "platform", "device_type", "device_id", "os_name", "os_version", "browser",
        "app_version", "app_name", "locale", "country", "ip", "user_agent", "order_id", "product_id", "product_name", "category", "quantity", "price", "revenue",
        "currency", "coupon", "cart_id", "context", "properties",
    ]);

    public void Map(CsvColumns sent, EventDraft draft)
    {
        var (row, faults) = (draft.Row, draft.Faults);
        draft.Id = Id(sent, faults);
        row.Event = sent["event"] ?? "";
        if (row.Event.Length == 0) faults.Add(QuarantineReasons.MissingField, "column event: missing or empty");
        if (sent["timestamp"] is { } stamp) row.ClientTime = times.Read(stamp, "column timestamp", row.ReceivedAt, faults);
        if (sent["sent_at"] is { } sentAt) row.SentAt = times.Read(sentAt, "column sent_at", row.ReceivedAt, faults);
        draft.ArrivedAt = sent["received_at"] is { } arrived ? times.Read(arrived, "column received_at", row.ReceivedAt, faults) : null;
        (row.UserId, row.AnonymousId, row.SessionId, row.SchemaVersion) = (sent["user_id"], sent["anonymous_id"], sent["session_id"], sent["schema_version"]);
        (row.PageUrl, row.PagePath, row.PageTitle, row.PageReferrer) = (sent["page_url"], sent["page_path"], sent["page_title"], sent["page_referrer"]);
        (row.UtmSource, row.UtmMedium, row.UtmCampaign) = (sent["utm_source"], sent["utm_medium"], sent["utm_campaign"]);
        (row.UtmTerm, row.UtmContent) = (sent["utm_term"], sent["utm_content"]);
        (row.Platform, row.DeviceType, row.DeviceId) = (sent["platform"], sent["device_type"], sent["device_id"]);
        (row.OsName, row.OsVersion, row.Browser) = (sent["os_name"], sent["os_version"], sent["browser"]);
        (row.AppVersion, row.AppName, row.Locale, row.Country) = (sent["app_version"], sent["app_name"], sent["locale"], sent["country"]);
        (row.Ip, row.UserAgent) = (sent["ip"], sent["user_agent"]);
        (row.OrderId, row.ProductId, row.ProductName, row.Category) = (sent["order_id"], sent["product_id"], sent["product_name"], sent["category"]);
        row.Quantity = (int?)Number(sent, "quantity", new FieldType(FieldKind.Integer), faults);
        row.Price = (decimal?)Number(sent, "price", FieldText.Money, faults);
        row.Revenue = (decimal?)Number(sent, "revenue", FieldText.Money, faults);
        (row.Currency, row.Coupon, row.CartId) = (sent["currency"], sent["coupon"], sent["cart_id"]);
        row.Context = ObjectText.Merge(Object(sent, "context", faults), []);
        row.Properties = ObjectText.Merge(Object(sent, "properties", faults), Unknown(sent));
    }

    private Guid? Id(CsvColumns sent, Faults faults)
    {
        if (source.IdFields.Count == 0) return sent["event_id"] is { } id ? EventIds.FromClient(source.Name, id) : null;
        var values = source.IdFields.Select(field => sent[field]).ToList();
        if (!values.Contains(null)) return EventIds.FromKey(source.Name, values!);
        faults.Add(QuarantineReasons.MissingField, $"column {source.IdFields[values.IndexOf(null)]}: part of the declared id, missing or empty");
        return null;
    }

    private static object? Number(CsvColumns sent, string column, FieldType type, Faults faults) =>
        sent[column] is { } text ? FieldText.Number(text, type, JsonPath.Column(column), faults) : null;

    private JsonMembers Object(CsvColumns sent, string column, Faults faults)
    {
        if (sent[column] is not { } text) return JsonMembers.None;
        var bytes = Encoding.UTF8.GetBytes(text);
        if (check.Find(bytes) is { } fault) faults.Add(fault.Reason, $"column {column}: {fault.Detail}");
        else if (bytes.AsSpan().TrimStart(" \t\r\n"u8)[0] != '{') faults.Add(QuarantineReasons.WrongType, $"column {column}: expected a JSON object");
        else return JsonMembers.Read(bytes, "$");
        return JsonMembers.None;
    }

    private static List<JsonMember> Unknown(CsvColumns sent)
    {
        var unknown = new List<JsonMember>();
        for (var i = 0; i < sent.Header.Count; i++)
            if (!Known.Contains(sent.Header[i]) && sent[i] is { } value)
                unknown.Add(new JsonMember(sent.Header[i], Quote(sent.Header[i]), new JsonValue(Quote(value), JsonTokenType.String)));
        return unknown;
    }

    private static ReadOnlyMemory<byte> Quote(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            writer.WriteStringValue(text);
        return buffer.WrittenMemory;
    }
}
