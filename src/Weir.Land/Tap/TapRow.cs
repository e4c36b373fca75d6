using System.Globalization;
using System.Text.Json;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Tap;

/// <summary>
/// A row as it would land, as members of a JSON object: the columns of its table that have a value (a test compares them with <see cref="Weir.Lake.LakeTables"/>), without those
/// that say where it came from, which stand beside it.
/// </summary>
internal static class TapRow
{
    public static void Write(Utf8JsonWriter json, TapEvent shown)
    {
        switch (shown.Verdict)
        {
            case Verdict.Event { Row: var row }: WriteEvent(json, row); break;
            case Verdict.Entity { Row: var row }: WriteEntity(json, shown.Declared, row); break;
            case Verdict.Quarantined invalid: WriteInvalid(json, invalid); break;
            case Verdict.Dropped dropped:
                json.WriteString("reason", dropped.Reason);
                Text(json, "event", dropped.EventName);
                break;
        }
    }

    private static void WriteInvalid(Utf8JsonWriter json, Verdict.Quarantined invalid)
    {
        json.WriteString("reason", invalid.Reason);
        json.WriteString("detail", invalid.Detail);
        Text(json, "event", invalid.EventName);
        Stamp(json, "client_time", invalid.ClientTime);
    }

    private static void WriteEntity(Utf8JsonWriter json, SourceDefinition source, EntityRow row)
    {
        for (var i = 0; i < source.Fields.Count; i++)
        {
            var name = source.Fields[i].Name;
            switch (row.Values[i])
            {
                case null: break;
                case string text when source.Fields[i].Type.Kind == FieldKind.Json: Raw(json, name, text); break;
                case string text: json.WriteString(name, text); break;
                case int number: json.WriteNumber(name, number); break;
                case long number: json.WriteNumber(name, number); break;
                case decimal number: json.WriteNumber(name, number); break;
                case double number when double.IsFinite(number): json.WriteNumber(name, number); break;
                case bool flag: json.WriteBoolean(name, flag); break;
                case DateTime time: Stamp(json, name, time); break;
                case var other: json.WriteString(name, string.Create(CultureInfo.InvariantCulture, $"{other:yyyy-MM-dd}")); break; // a day
            }
        }
    }

    private static void WriteEvent(Utf8JsonWriter json, EventRow row)
    {
        json.WriteString("event", row.Event);
        Stamp(json, "client_time", row.ClientTime);
        Stamp(json, "event_time", row.EventTime);
        Stamp(json, "sent_at", row.SentAt);
        Text(json, "user_id", row.UserId);
        Text(json, "anonymous_id", row.AnonymousId);
        Text(json, "session_id", row.SessionId);
        Text(json, "schema_version", row.SchemaVersion);
        Text(json, "page_url", row.PageUrl);
        Text(json, "page_path", row.PagePath);
        Text(json, "page_title", row.PageTitle);
        Text(json, "page_referrer", row.PageReferrer);
        Text(json, "utm_source", row.UtmSource);
        Text(json, "utm_medium", row.UtmMedium);
        Text(json, "utm_campaign", row.UtmCampaign);
        Text(json, "utm_term", row.UtmTerm);
        Text(json, "utm_content", row.UtmContent);
        Text(json, "platform", row.Platform);
        Text(json, "device_type", row.DeviceType);
        Text(json, "device_id", row.DeviceId);
        Text(json, "os_name", row.OsName);
        Text(json, "os_version", row.OsVersion);
        Text(json, "browser", row.Browser);
        Text(json, "app_version", row.AppVersion);
        Text(json, "app_name", row.AppName);
        Text(json, "locale", row.Locale);
        Text(json, "country", row.Country);
        Text(json, "ip", row.Ip);
        Text(json, "user_agent", row.UserAgent);
        Text(json, "order_id", row.OrderId);
        Text(json, "product_id", row.ProductId);
        Text(json, "product_name", row.ProductName);
        Text(json, "category", row.Category);
        if (row.Quantity is { } quantity) json.WriteNumber("quantity", quantity);
        if (row.Price is { } price) json.WriteNumber("price", price);
        if (row.Revenue is { } revenue) json.WriteNumber("revenue", revenue);
        Text(json, "currency", row.Currency);
        Text(json, "coupon", row.Coupon);
        Text(json, "cart_id", row.CartId);
        Raw(json, "context", row.Context);
        Raw(json, "properties", row.Properties);
        Text(json, "_imputed", row.Imputed);
        Text(json, "_flags", row.Flags);
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void Stamp(Utf8JsonWriter json, string name, DateTime? utc)
    {
        if (utc is { } time) json.WriteString(name, IsoTime.Text(time));
    }

    /// <summary>The evaluator has found it to be JSON.</summary>
    private static void Raw(Utf8JsonWriter json, string name, string? value)
    {
        if (value is null) return;
        json.WritePropertyName(name);
        json.WriteRawValue(value, skipInputValidation: true);
    }
}
