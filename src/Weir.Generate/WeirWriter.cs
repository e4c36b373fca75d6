using System.Text.Json;

namespace Weir.Generate;

/// <summary>Writes events in Weir's own dialect, one JSON object a line.</summary>
internal static class WeirWriter
{
    /// <summary>Appends one line.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="sent">The event and its fate; what is to be quarantined is spoiled in one of several ways.</param>
    /// <param name="options">The shop.</param>
    /// <param name="sentAt">When the client sent it.</param>
    /// <param name="receivedAt">For exports of another collector: when that one received it.</param>
    public static void Line(MemoryStream output, (ShopEvent Event, Fate Fate) sent, ShopOptions options, DateTimeOffset sentAt, DateTimeOffset? receivedAt) =>
        Line(output, sent.Event, sent.Fate == Fate.Quarantined ? Spoiling.Of(sent.Event) : Spoil.Not, options, sentAt, receivedAt);

    /// <summary>Appends one line, spoiled in a certain way.</summary>
    public static void Line(MemoryStream output, ShopEvent e, Spoil spoil, ShopOptions options, DateTimeOffset sentAt, DateTimeOffset? receivedAt)
    {
        var begin = output.Length;
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteString("event_id", e.Id);
            // The app calls its pages screens, as Segment's libraries do.
            json.WriteString("event", e.Person.IsMobile && e.Step == Step.Page ? "screen" : e.Person.FirstGeneration ? EventNames.First(e.Step) : EventNames.Second(e.Step));
            json.WriteString("timestamp", spoil switch
            {
                Spoil.Time => "yesterday evening",
                Spoil.AbsurdTime => "1970-01-01T00:00:00Z",
                // The first generation writes the shop's own time without an offset.
                _ when e.Person.FirstGeneration => Times.Local(e.ClientTime, options.TimeZone),
                _ => Times.WithOffset(e.ClientTime, e.Person.TimeZone),
            });
            json.WriteString("sent_at", Times.Utc(sentAt + e.Person.ClockOff));
            if (receivedAt is { } received) json.WriteString("received_at", Times.Utc(received));
            if (e.KnowsUser && spoil != Spoil.Identity) json.WriteString("user_id", e.Person.UserId);
            if (spoil != Spoil.Identity) json.WriteString("anonymous_id", e.Person.AnonymousId);
            json.WriteString("session_id", e.Visit);
            json.WriteString("schema_version", e.Person.FirstGeneration ? "1" : "2");
            json.WriteString("locale", e.Person.Country == "DE" ? "de-DE" : "en-GB");
            json.WriteString("country", e.Person.Country);
            if (e.Person.IsBot) json.WriteString("user_agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
            json.WriteStartObject("device");
            json.WriteString("platform", e.Person.IsMobile ? e.Person.IsAndroid ? "android" : "ios" : "web");
            json.WriteEndObject();
            if (e.Person.IsMobile)
            {
                json.WriteStartObject("app");
                json.WriteString("name", "shop");
                json.WriteString("version", e.AppVersion);
                json.WriteEndObject();
            }
            else
            {
                json.WriteStartObject("page");
                json.WriteString("url", $"https://shop.example.com/{(e.Lines.Count > 0 ? e.Lines[0].Product.Sku.ToLowerInvariant() : "")}");
                json.WriteString("path", $"/{(e.Lines.Count > 0 ? e.Lines[0].Product.Sku.ToLowerInvariant() : "")}");
                if (e.Referrer is { } referrer) json.WriteString("referrer", referrer);
                json.WriteEndObject();
            }
            if (e.Campaign is { } campaign)
            {
                json.WriteStartObject("campaign");
                json.WriteString("name", campaign.Name);
                json.WriteString("source", campaign.Source);
                json.WriteString("medium", campaign.Medium);
                json.WriteEndObject();
            }
            if (e.OrderId is { } order) json.WriteString("order_id", order);
            Commerce(json, e, spoil);
            json.WriteEndObject();
        }
        if (spoil == Spoil.Syntax) output.SetLength(begin + ((output.Length - begin) / 2));
        output.WriteByte((byte)'\n');
    }

    private static void Commerce(Utf8JsonWriter json, ShopEvent e, Spoil spoil)
    {
        if (spoil == Spoil.Price)
        {
            json.WriteString("price", "12,99 €");
            return;
        }
        if (e.Lines.Count == 0) return;
        if (!e.Person.FirstGeneration)
        {
            CommerceWriter.Write(json, e, "product_name");
            return;
        }
        json.WriteStartObject("properties");
        CommerceWriter.Write(json, e, "product_name");
        json.WriteEndObject();
    }
}
