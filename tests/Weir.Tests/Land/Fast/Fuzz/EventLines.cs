using System.Text;
using Weir.Events;

namespace Weir.Tests.Land.Fast.Fuzz;

/// <summary>Events of the dialects that have a fast path, of any shape that clients send or should not, and what a fault makes of them.</summary>
internal sealed class EventLines(Random random)
{
    private static readonly string[] Texts = ["", " ", "a", "u1", "plain text of some length", "ü漢字😀", "\\u00e9\\n", "a\\\"b", "\u00a0", "\u2003x", "SKU-7", "EUR", "https://shop.example/?a=b&c=d", "exactly12byt", "thirteen byte"];
    private static readonly string[] Numbers = ["0", "1", "12", "7", "25", "12.5", "-0", "12.50000", "-3.25", "1e2", "1.5E-1", "2.0", "99999999999", "2147483647", "2147483648", "0.00001", "123456789012345.1234"];
    private static readonly string[] Times =
    [
        "2024-06-15T11:59:00Z", "2024-06-15T11:59:00.123Z", "2024-06-15t11:59:00.123456789+02:00", "2024-06-15 11:59", "2024-06-15T13:59:00", "2024-03-31T02:30:00", "2024-10-27T02:30:00.5", "2024-06-15T11:59:00-0530",
        "2024-06-15T11:59:00+05", "2024-02-30T00:00:00Z", "2024-06-15T24:00:00Z", "1999-12-31T23:59:59Z", "2024-06-16T12:00:00Z", "2024-06-16T12:00:00.000001Z", "2024-06-15T11:59:00,5Z", "yesterday", "2024-06-15", "0001-01-01T00:00:00+23:59",
    ];
    private static readonly string[] Ids = ["0190a1b2-0000-7000-8000-00000000000a", "0190A1B2-0000-7000-8000-00000000000A", "0190a1b2-0000-7000-8000-00000000000", "{0190a1b2-0000-7000-8000-00000000000a}", "0190a1b2x0000-7000-8000-00000000000a", "order-17"];
    private static readonly string[] Devices = ["iOS", "iPhone", "Android", "desktop", "Mac OS X", "analytics.js", "Analytics-Swift", "analytics-kotlin", "analytics-node", "İOS"];

    /// <summary>An event and its dialect; one in four is changed afterwards in a byte or two.</summary>
    public (string Dialect, byte[] Bytes) Next()
    {
        var dialect = random.Next(2) == 0 ? Dialects.Weir : Dialects.Segment;
        var text = new StringBuilder();
        Members(text, dialect == Dialects.Weir ? Weir() : Segment());
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return (dialect, random.Next(4) == 0 ? JsonTexts.Change(random, bytes) : bytes);
    }

    private IEnumerable<(string, string)> Weir()
    {
        yield return ("event_id", Mostly(() => Text(Ids)));
        yield return ("event", Mostly(() => Text(["page", "Product Viewed", "order_placed", "bad"])));
        yield return ("timestamp", Mostly(() => Text(Times)));
        if (Rarely(3)) yield return ("sent_at", Mostly(() => Text(Times)));
        foreach (var name in new[] { "user_id", "anonymous_id", "session_id", "locale", "country", "ip", "user_agent", "order_id", "product_id", "product_name", "category", "currency", "coupon", "cart_id" })
            if (Rarely(2)) yield return (name, Mostly(() => Text(Texts)));
        if (Rarely(2)) yield return ("schema_version", Mostly(() => Text(["1", "2", "9"])));
        foreach (var name in new[] { "quantity", "price", "revenue" })
            if (Rarely(2)) yield return (name, Mostly(Number));
        foreach (var (name, members) in new[] { ("page", new[] { "url", "path", "title", "referrer" }), ("campaign", ["source", "medium", "name", "term", "content"]), ("device", ["id", "type", "platform", "os_name", "os_version", "browser"]), ("app", ["name", "version"]) })
            if (Rarely(2)) yield return (name, Mostly(() => Object(members)));
        if (Rarely(2)) yield return ("context", Mostly(() => Object(["a", "b"])));
        if (Rarely(2)) yield return ("properties", Mostly(() => Object(["sku", "price_cents", "list"])));
        if (Rarely(30)) yield return (random.Next(2) == 0 ? "received_at" : "else", Any());
    }

    private IEnumerable<(string, string)> Segment()
    {
        yield return ("messageId", Mostly(() => Text(Ids)));
        yield return ("type", Mostly(() => Text(["track", "track", "track", "page", "screen", "identify", "group", "alias", "other"])));
        if (Rarely(1)) yield return ("event", Mostly(() => Text(["Product Viewed", "order_placed", "bad"])));
        yield return ("timestamp", Mostly(() => Text(Times)));
        if (Rarely(4)) yield return ("originalTimestamp", Mostly(() => Text(Times)));
        if (Rarely(2)) yield return ("sentAt", Mostly(() => Text(Times)));
        if (Rarely(1)) yield return ("userId", Mostly(() => Text(Texts)));
        if (Rarely(1)) yield return ("anonymousId", Mostly(() => Text(Texts)));
        if (Rarely(1)) yield return ("context", Mostly(Context));
        if (Rarely(1)) yield return ("properties", Mostly(Properties));
        if (Rarely(6)) yield return ("traits", Mostly(() => Object(["email", "name"])));
        if (Rarely(8)) yield return ("integrations", Any());
        if (Rarely(30)) yield return (random.Next(2) == 0 ? "channel" : "else", Any());
    }

    private string Context() => Written(
    [
        .. Some("page", () => Object(["url", "path", "title", "referrer"])), .. Some("campaign", () => Object(["source", "medium", "name", "term", "content"])),
        .. Some("device", () => Object(["id"], ("type", Text(Devices)))), .. Some("os", () => Object(["version"], ("name", Text(Devices)))), .. Some("library", () => Object([], ("name", Text(Devices)))),
        .. Some("app", () => Object(["name", "version"])), .. Some("location", () => Object(["country"])), .. Some("locale", () => Text(Texts)), .. Some("ip", () => Text(Texts)), .. Some("userAgent", () => Text(Texts)),
        .. Some("session_id", () => Text(Texts)), .. Some("sessionId", () => Text(Texts)), .. Some("schema_version", () => Text(["1", "2"])), .. Some("further", Any),
    ]);

    private string Properties() => Written(
    [
        .. Some("order_id", () => Text(Texts)), .. Some("product_id", () => Text(Texts)), .. Some("name", () => Text(Texts)), .. Some("category", () => Text(Texts)), .. Some("quantity", Number), .. Some("price", Number),
        .. Some("revenue", Number), .. Some("currency", () => Text(Texts)), .. Some("coupon", () => Text(Texts)), .. Some("cart_id", () => Text(Texts)), .. Some("url", () => Text(Texts)), .. Some("title", () => Text(Texts)),
        .. Some("schema_version", () => Text(["1", "2"])), .. (Rarely(6) ? Some("products", () => $"[{Object(["product_id", "name"])}]") : []), .. Some("further", Any),
    ]);

    private IEnumerable<(string, string)> Some(string name, Func<string> value)
    {
        if (Rarely(1)) yield return (name, Mostly(value));
    }

    private bool Rarely(int one) => random.Next(one + 1) == 0;

    /// <summary>Now and then something else than it should be.</summary>
    private string Mostly(Func<string> value) => random.Next(60) == 0 ? Any() : random.Next(40) == 0 ? "null" : value();

    private string Any() => random.Next(5) switch { 0 => Text(Texts), 1 => Number(), 2 => "null", 3 => Object(["a", "b"]), _ => random.Next(2) == 0 ? "[1,\"a\"]" : "true" };

    private string Text(string[] among) => random.Next(50) == 0 ? Number() : $"\"{(ReferenceEquals(among, Times) ? Usual(among, 6) : among[random.Next(among.Length)])}\"";

    private string Number()
    {
        var number = Usual(Numbers, 5);
        return random.Next(10) == 0 ? $"\"{number}\"" : number;
    }

    /// <summary>Mostly one of the first.</summary>
    private string Usual(string[] among, int first) => among[random.Next(random.Next(12) == 0 ? among.Length : first)];

    private string Object(string[] members, params (string, string)[] also) => Written(
        [.. also, .. members.Where(_ => Rarely(1)).Select(m => (m, Mostly(() => m == "price_cents" ? Number() : Text(Texts)))), .. Rarely(60) ? new[] { ("else", Any()) } : []]);

    private string Written(IEnumerable<(string, string)> members)
    {
        var text = new StringBuilder();
        Members(text, members);
        return text.ToString();
    }

    private void Members(StringBuilder text, IEnumerable<(string Name, string Value)> members)
    {
        var blank = random.Next(6) == 0 ? " " : "";
        text.Append('{').AppendJoin($",{blank}", members.Select(m => $"\"{(random.Next(400) == 0 ? "\\u0061" : m.Name)}\":{blank}{m.Value}")).Append('}');
    }
}
