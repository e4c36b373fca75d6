using System.Text.Json;

namespace Weir.Generate;

/// <summary>Writes a batch as Segment's mobile libraries send it.</summary>
internal static class SegmentWriter
{
    public static byte[] Batch(Transmission transmission, string writeKey)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteStartArray("batch");
            foreach (var (e, fate) in transmission.Events) Message(json, e, fate == Fate.Quarantined ? Spoiling.Of(e) : Spoil.Not);
            json.WriteEndArray();
            json.WriteString("sentAt", Times.Utc(transmission.SentAt + transmission.Events[0].Event.Person.ClockOff));
            json.WriteString("writeKey", writeKey);
            json.WriteEndObject();
        }
        return output.ToArray();
    }

    /// <summary>Writes one message of a batch.</summary>
    public static void Message(Stream output, ShopEvent e, Spoil spoil)
    {
        using var json = new Utf8JsonWriter(output);
        Message(json, e, spoil);
    }

    private static void Message(Utf8JsonWriter json, ShopEvent e, Spoil spoil)
    {
        json.WriteStartObject();
        json.WriteString("type", spoil == Spoil.Syntax ? "trakc" : e.Step == Step.Page ? "screen" : "track");
        if (e.Step == Step.Page) json.WriteString("name", "Home");
        else json.WriteString("event", e.Person.FirstGeneration ? EventNames.First(e.Step) : EventNames.Second(e.Step));
        json.WriteString("messageId", e.Id);
        json.WriteString("timestamp", spoil switch
        {
            Spoil.Time => "yesterday evening",
            Spoil.AbsurdTime => "1970-01-01T00:00:00Z",
            _ => Times.Utc(e.ClientTime),
        });
        if (e.KnowsUser && spoil != Spoil.Identity) json.WriteString("userId", e.Person.UserId);
        if (spoil != Spoil.Identity) json.WriteString("anonymousId", e.Person.AnonymousId);
        json.WriteStartObject("context");
        json.WriteString("sessionId", e.Visit);
        json.WriteString("locale", e.Person.Country == "DE" ? "de-DE" : "en-GB");
        json.WriteStartObject("app");
        json.WriteString("name", "shop");
        json.WriteString("version", e.AppVersion);
        json.WriteEndObject();
        json.WriteStartObject("device");
        json.WriteString("type", e.Person.IsAndroid ? "android" : "ios");
        json.WriteEndObject();
        json.WriteStartObject("os");
        json.WriteString("name", e.Person.IsAndroid ? "Android" : "iOS");
        json.WriteEndObject();
        if (e.Campaign is { } campaign)
        {
            json.WriteStartObject("campaign");
            json.WriteString("name", campaign.Name);
            json.WriteString("source", campaign.Source);
            json.WriteString("medium", campaign.Medium);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("schema_version", e.Person.FirstGeneration ? "1" : "2");
        if (spoil == Spoil.Price) json.WriteString("price", "12,99 €");
        else if (e.Lines.Count > 0)
        {
            if (e.OrderId is { } order) json.WriteString("order_id", order);
            CommerceWriter.Write(json, e, "name");
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
