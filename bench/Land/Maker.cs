using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Bench.Land;

/// <summary>Writes events of 2 KB, 15% of them copies: as lines for the others (<c>large.ndjson</c>, <c>small.ndjson</c>), and as a journal's segments (<c>large/</c>, <c>small/</c>).</summary>
/// <param name="folder">Where to.</param>
/// <param name="old">The share of events in an older version of their contract.</param>
/// <param name="invalid">The share of events that will be quarantined.</param>
/// <param name="hours">Over how many hours they happened, up to 48.</param>
/// <param name="withLines">Whether the lines are written as well.</param>
internal sealed class Maker(string folder, double old, double invalid, int hours, bool withLines)
{
    private const double Duplicates = 0.15;
    private const int EventsPerRequest = 500;
    private static readonly string[] Names = ["Product Viewed", "Product Added", "Page Viewed", "Search Performed", "Checkout Started", "Order Placed"];
    private static readonly string[] Zones = ["Z", "+01:00", "+02:00", "-05:00", "+05:30", "-08:00"];
    private static readonly string[] Agents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.0.0 Safari/537.36", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 Version/17.6 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Mobile Safari/537.36",
    ];
    private readonly Random random = new(5);
    private readonly string[] words = MakeWords();

    public async Task WriteAsync(int events)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync("small", Math.Min(events, 50_000));
        await WriteAsync("large", events);
    }

    private async Task WriteAsync(string name, int events)
    {
        var clock = new Clock(new DateTimeOffset(2026, 3, 2, 0, 30, 0, TimeSpan.Zero));
        await using var lines = withLines ? File.Create(Path.Combine(folder, $"{name}.ndjson")) : Stream.Null;
        await using var journal = await JournalWriter.OpenAsync(new JournalOptions(Path.Combine(folder, name)) { DiskBudget = 100L << 30 }, LocalDisk.Instance, clock);
        var recent = new List<byte[]>();
        var batch = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; i < events; i++)
        {
            var text = recent.Count > 1000 && random.NextDouble() < Duplicates ? recent[random.Next(recent.Count)] : Event();
            if (recent.Count < 20_000) recent.Add(text);
            else recent[random.Next(recent.Count)] = text;
            batch.Add(random.NextDouble() < invalid ? text.AsMemory(0, text.Length / 2) : text);
            await lines.WriteAsync(batch[^1]);
            lines.WriteByte((byte)'\n');
            if (batch.Count < EventsPerRequest && i < events - 1) continue;
            await journal.AppendAsync("web", Dialects.Weir, """{"ip":"203.0.113.7","userAgent":"node"}"""u8.ToArray(), batch, CancellationToken.None);
            batch.Clear();
        }
    }

    /// <summary>Events with times in UTC, to be made others of.</summary>
    public IReadOnlyList<byte[]> Texts(int count)
    {
        var texts = new List<byte[]>();
        while (texts.Count < count)
            if (Event() is var text && text.AsSpan().IndexOf("Z\",\"user_id\""u8) > 0) texts.Add(text);
        return texts;
    }

    private byte[] Event()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            var isOld = random.NextDouble() < old;
            var (sku, price) = (random.Next(2000), random.Next(100, 20_000));
            json.WriteStartObject();
            json.WriteString("event_id", Guid());
            json.WriteString("event", Names[random.Next(Names.Length)]);
            json.WriteString("timestamp", $"2026-{(random.Next(hours) is var hour && hour < 24 ? "03-01" : "02-28")}T{hour % 24:00}:{random.Next(60):00}:{random.Next(60):00}.{random.Next(1000):000}{Zones[random.Next(Zones.Length)]}");
            json.WriteString("user_id", $"u{random.Next(200_000)}");
            json.WriteString("anonymous_id", Guid());
            json.WriteString("session_id", Guid());
            json.WriteString("schema_version", isOld ? "1" : "2");
            json.WriteString("locale", random.Next(2) == 0 ? "de-DE" : "en-GB");
            json.WriteString("country", random.Next(3) == 0 ? "CH" : "DE");
            json.WriteString("user_agent", Agents[random.Next(Agents.Length)]);
            Object(json, "page", ("url", $"https://shop.example.com/{words[random.Next(words.Length)]}/sku-{sku}?variant={random.Next(9)}"), ("path", $"/sku-{sku}"), ("title", Text(5)), ("referrer", "https://www.google.com/"));
            Object(json, "campaign", ("source", "newsletter"), ("medium", "email"), ("name", $"spring-{random.Next(20)}"));
            Object(json, "device", ("id", Guid()), ("type", "desktop"), ("platform", "web"), ("os_name", "Windows"), ("os_version", "10"), ("browser", "Chrome"));
            if (!isOld) json.WriteString("product_id", $"SKU-{sku}");
            json.WriteString("product_name", Text(3));
            json.WriteString("category", words[sku % 30]);
            json.WriteNumber("quantity", random.Next(1, 5));
            if (!isOld) json.WriteNumber("price", price / 100m);
            json.WriteString("currency", "EUR");
            Object(json, "context", ("library", "weir-js 1.4.2"), ("timezone", "Europe/Berlin"), ("screen", $"{random.Next(800, 2560)}x{random.Next(600, 1440)}"), ("trace", Guid()), ("consent", "analytics,marketing"));
            json.WriteStartObject("properties");
            if (isOld)
            {
                json.WriteString("sku", $"SKU-{sku}");
                json.WriteNumber("price_cents", price);
            }
            json.WriteString("list", Text(2));
            json.WriteNumber("position", random.Next(60));
            json.WriteBoolean("in_stock", random.Next(9) > 0);
            json.WriteStartArray("related");
            for (var i = 0; i < 4; i++) json.WriteStringValue($"SKU-{random.Next(2000)}");
            json.WriteEndArray();
            json.WriteString("note", Text(105));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    private static void Object(Utf8JsonWriter json, string name, params ReadOnlySpan<(string Name, string Value)> members)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in members) json.WriteString(member, value);
        json.WriteEndObject();
    }

    private string Guid()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private string Text(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++) text.Append(i == 0 ? "" : " ").Append(words[Math.Min(random.Next(words.Length), random.Next(words.Length))]);
        return text.ToString();
    }

    private static string[] MakeWords()
    {
        var random = new Random(3);
        string[] syllables = ["ka", "lo", "mi", "ter", "ban", "ü", "sch", "el", "ro", "an", "de", "vi", "sto", "le"];
        return [.. Enumerable.Range(0, 3000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(2, 5)).Select(_ => syllables[random.Next(syllables.Length)])))];
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
