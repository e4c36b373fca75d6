using System.Globalization;
using System.Text.Json;
using Weir.Land.Tap;

namespace Weir.Commands.Live;

/// <summary>What a line says of an event: its time, source, name, user, and what it is about.</summary>
internal sealed record LiveLine(string Time, string Source, string Name, string User, string About)
{
    public static JsonDocumentOptions Deep { get; } = new() { MaxDepth = 128 };

    public static LiveLine Of(JsonElement message)
    {
        var row = message.GetProperty("row");
        var time = message.GetProperty("received_at").GetDateTime().ToUniversalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        var table = Member(message, "table") ?? "";
        return new LiveLine(time, Member(message, "source") ?? "", Member(row, "event") ?? (table is "quarantine" or "" ? "?" : table), Member(row, "user_id") ?? Member(row, "anonymous_id") ?? "",
            Clean(table switch { "events" => OfEvent(row), "quarantine" or "" => Why(row), _ => OfEntity(row) }));
    }

    /// <summary>Why something is in quarantine, or is to be.</summary>
    public static string Why(JsonElement said) => $"{Member(said, "reason")}  {Member(said, "detail")}".Trim();

    /// <summary>A message that is no event, as a sentence.</summary>
    public static string? Notice(string type, JsonElement message) => type switch
    {
        TapMessage.Gap => $"{message.GetProperty("events").GetInt64():N0} events and {message.GetProperty("fates").GetInt64():N0} fates were left out here: more came than could be shown",
        TapMessage.Sample when message.GetProperty("one_in").GetInt64() is var oneIn and > 1 => $"More comes than can be shown: from here on one event in {oneIn:N0}, chosen by its id ({message.GetProperty("matched").GetInt64():N0} came, {message.GetProperty("shown").GetInt64():N0} were shown)",
        TapMessage.Sample => "All events are shown again",
        TapMessage.Problem => Clean(message.GetProperty("problem").GetString()!),
        _ => null,
    };

    /// <summary>A member's value as text that a terminal can be trusted with; null: there is none.</summary>
    public static string? Member(JsonElement from, string name) => from.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? Clean(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText())
        : null;

    // What clients send may hold sequences that move a terminal's cursor or change its title.
    private static string Clean(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '·' : c)) : text;

    private static string OfEvent(JsonElement row)
    {
        var parts = new List<string>();
        if (Member(row, "order_id") is { } order) parts.Add($"order {order}");
        if ((Member(row, "product_name") ?? Member(row, "product_id")) is { } product) parts.Add(Member(row, "quantity") is { } count and not "1" ? $"{count} × {product}" : product);
        if ((Member(row, "revenue") ?? Member(row, "price")) is { } money) parts.Add($"{money} {Member(row, "currency")}".TrimEnd());
        if (parts.Count == 0 && (Member(row, "page_path") ?? Member(row, "page_url") ?? Member(row, "page_title")) is { } page) parts.Add(page);
        if (parts.Count == 0 && Member(row, "properties") is { } properties and not "{}") parts.Add(properties);
        return string.Join("  ", parts);
    }

    private static string OfEntity(JsonElement row) => string.Join("  ", row.EnumerateObject().Take(6).Select(m => $"{m.Name}={Member(row, m.Name)}"));
}
