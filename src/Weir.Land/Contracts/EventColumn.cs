using System.Text.Json;
using Weir.Land.Evaluate;

namespace Weir.Land.Contracts;

/// <summary>A column of <c>lake.events</c> as a contract sees it: a member of the event's JSON object, absent where the column is null.</summary>
/// <param name="Name">The column.</param>
/// <param name="Type">The JSON type that its values have: <c>string</c>, <c>integer</c>, <c>number</c> or <c>object</c>.</param>
/// <param name="Write">Writes the row's value, if there is one.</param>
/// <param name="Read">Takes it back from an object; null: nothing may change it.</param>
internal sealed record EventColumn(string Name, string Type, Action<Utf8JsonWriter, EventRow> Write, Action<JsonMembers, MemberReader, EventRow>? Read)
{
    /// <summary>Of text that may change: the row's value.</summary>
    public TextOfRow? Text { get; private init; }

    /// <summary>Of a number: takes it away.</summary>
    public Action<EventRow>? Clear { get; private init; }

    /// <summary>All that a contract may speak of, in the table's order.</summary>
    public static IReadOnlyDictionary<string, EventColumn> All { get; } = new EventColumn[]
    {
        Fixed("event", r => r.Event), Fixed("client_time", r => TimeText(r.ClientTime)), Fixed("sent_at", r => TimeText(r.SentAt)), Fixed("schema_version", r => r.SchemaVersion),
        Id("user_id", r => r.UserId, (r, v) => r.UserId = v), Id("anonymous_id", r => r.AnonymousId, (r, v) => r.AnonymousId = v), Id("session_id", r => r.SessionId, (r, v) => r.SessionId = v),
        Of("page_url", r => r.PageUrl, (r, v) => r.PageUrl = v), Of("page_path", r => r.PagePath, (r, v) => r.PagePath = v),
        Of("page_title", r => r.PageTitle, (r, v) => r.PageTitle = v), Of("page_referrer", r => r.PageReferrer, (r, v) => r.PageReferrer = v),
        Of("utm_source", r => r.UtmSource, (r, v) => r.UtmSource = v), Of("utm_medium", r => r.UtmMedium, (r, v) => r.UtmMedium = v),
        Of("utm_campaign", r => r.UtmCampaign, (r, v) => r.UtmCampaign = v), Of("utm_term", r => r.UtmTerm, (r, v) => r.UtmTerm = v), Of("utm_content", r => r.UtmContent, (r, v) => r.UtmContent = v),
        Of("platform", r => r.Platform, (r, v) => r.Platform = v), Of("device_type", r => r.DeviceType, (r, v) => r.DeviceType = v), Of("device_id", r => r.DeviceId, (r, v) => r.DeviceId = v),
        Of("os_name", r => r.OsName, (r, v) => r.OsName = v), Of("os_version", r => r.OsVersion, (r, v) => r.OsVersion = v), Of("browser", r => r.Browser, (r, v) => r.Browser = v),
        Of("app_version", r => r.AppVersion, (r, v) => r.AppVersion = v), Of("app_name", r => r.AppName, (r, v) => r.AppName = v),
        Of("locale", r => r.Locale, (r, v) => r.Locale = v), Of("country", r => r.Country, (r, v) => r.Country = v), Of("ip", r => r.Ip, (r, v) => r.Ip = v), Of("user_agent", r => r.UserAgent, (r, v) => r.UserAgent = v),
        Of("order_id", r => r.OrderId, (r, v) => r.OrderId = v), Of("product_id", r => r.ProductId, (r, v) => r.ProductId = v), Of("product_name", r => r.ProductName, (r, v) => r.ProductName = v),
        Of("category", r => r.Category, (r, v) => r.Category = v),
        new("quantity", "integer", (w, r) => { if (r.Quantity is { } v) w.WriteNumber("quantity", v); }, (m, read, r) => r.Quantity = read.Integer(m, "quantity")) { Clear = r => r.Quantity = null },
        Money("price", r => r.Price, (r, v) => r.Price = v), Money("revenue", r => r.Revenue, (r, v) => r.Revenue = v),
        Of("currency", r => r.Currency, (r, v) => r.Currency = v), Of("coupon", r => r.Coupon, (r, v) => r.Coupon = v), Of("cart_id", r => r.CartId, (r, v) => r.CartId = v),
        Object("context", r => r.Context, (r, v) => r.Context = v), Object("properties", r => r.Properties, (r, v) => r.Properties = v),
    }.ToDictionary(c => c.Name, StringComparer.Ordinal);

    /// <summary>Those of text that may change.</summary>
    public static IReadOnlyList<EventColumn> Texts { get; } = [.. All.Values.Where(c => c.Text is not null)];

    /// <summary>Those of numbers.</summary>
    public static IReadOnlyList<EventColumn> Numbers { get; } = [.. All.Values.Where(c => c.Clear is not null)];

    private static EventColumn Fixed(string name, Func<EventRow, string?> get) => new(name, "string", (w, r) => WriteText(w, name, get(r)), null);

    private static EventColumn Of(string name, Func<EventRow, string?> get, Action<EventRow, string?> set) =>
        new(name, "string", (w, r) => WriteText(w, name, get(r)), (m, read, r) => set(r, read.Text(m, name))) { Text = new(get, set) };

    /// <summary>As a text, but a blank one is none.</summary>
    private static EventColumn Id(string name, Func<EventRow, string?> get, Action<EventRow, string?> set) =>
        new(name, "string", (w, r) => WriteText(w, name, get(r)), (m, read, r) => set(r, read.Id(m, name))) { Text = new(get, set) };

    private static EventColumn Money(string name, Func<EventRow, decimal?> get, Action<EventRow, decimal?> set) =>
        new(name, "number", (w, r) => { if (get(r) is { } v) w.WriteNumber(name, v); }, (m, read, r) => set(r, read.Money(m, name))) { Clear = r => set(r, null) };

    private static EventColumn Object(string name, Func<EventRow, string?> get, Action<EventRow, string?> set) => new(name, "object", (w, r) =>
    {
        if (get(r) is not { } text) return;
        w.WritePropertyName(name);
        w.WriteRawValue(text, skipInputValidation: true);
    }, (m, read, r) => set(r, read.Object(m, name) is { All.Count: > 0 } some ? ObjectText.Merge(some, []) : null));

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static string? TimeText(DateTime? utc) => utc is { } time ? IsoTime.Text(time) : null;
}

/// <summary>A row's value in a column of text.</summary>
/// <param name="Get">Reads it.</param>
/// <param name="Set">Puts another in its place.</param>
internal sealed record TextOfRow(Func<EventRow, string?> Get, Action<EventRow, string?> Set);
