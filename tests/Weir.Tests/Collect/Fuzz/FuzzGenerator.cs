using System.IO.Compression;
using System.Text;

namespace Weir.Tests.Collect.Fuzz;

/// <summary>Requests out of a seed: a third whole, the others spoilt in their key, method, encoding, headers, query or bytes.</summary>
internal sealed class FuzzGenerator(int seed, int worker)
{
    private static readonly string[] Tokens =
    [
        "null", "true", "-0", "1e999", "-1.5e-400", "99999999999999999999", "\"\\u0000\"", "\"\\ud800\"", "{}", "[]", "\"\"", "\\", "\"", "{", "}", "[", "]", ",", ":", "\uFEFF", "\0", "\n", "%zz", "%00",
        "&", "=", "NaN", "// x", "\"batch\":", "\"batch\":[{}],", "\"events\":7,", "\"context\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],", "\"sentAt\":\"never\",",
        "\"timestamp\":\"0001-01-01T00:00:00Z\",", "\"properties\":null,", "\"ue_px\":\"!\",", "\"co\":\"{}\",", "\"price\":\"x\",",
    ];

    private static readonly string[] Encodings = ["gzip", "br", "deflate", "zstd", "identity", "compress", "gzip, br", " "];
    private readonly Random random = new(seed * 8191 + worker);
    private long next = (long)worker << 40;

    public FuzzRequest Next()
    {
        var route = FuzzBodies.Routes[random.Next(FuzzBodies.Routes.Length)];
        var numbers = Enumerable.Range(0, route is "/i" ? 1 : random.Next(1, 6)).Select(_ => ++next).ToList();
        if (random.Next(3) == 0)
        {
            var (query, body) = FuzzBodies.Of(route, "Kept", numbers, "shop-web");
            return Packed(route, route + query, body.Length == 0 ? null : Encoding.UTF8.GetBytes(body), [], Keeps(route, numbers), spoil: false);
        }
        var (spoiltQuery, spoilt) = FuzzBodies.Of(route, "Spoilt", numbers, random.Next(4) == 0 ? "nobody" : "shop-web");
        var bytes = Spoil(Encoding.UTF8.GetBytes(spoilt));
        var target = random.Next(4) == 0 ? route + Garbage(spoiltQuery) : route + spoiltQuery;
        return Packed(route, target, bytes, Headers(), [], spoil: true);
    }

    /// <summary>Which of the events must be kept: routes of one event take the first only, some take none.</summary>
    private static List<long> Keeps(string route, List<long> numbers) => route switch
    {
        "/debug/mp/collect" or "/flags/" or "/decide/" or "/health" => [],
        "/v1/events" or "/v1/batch" or "/batch/" or "/e/" or "/i/v1/analytics/events" or "/com.snowplowanalytics.snowplow/tp2" or "/mp/collect" => numbers,
        _ => [numbers[0]],
    };

    private FuzzRequest Packed(string route, string target, byte[]? body, List<(string, string)> headers, IReadOnlyList<long> kept, bool spoil)
    {
        var method = route is "/i" or "/health" ? "GET" : "POST";
        if (spoil && random.Next(20) == 0) method = ((string[])["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"])[random.Next(7)];
        if (body is not null && random.Next(3) == 0)
        {
            var encoding = Encodings[random.Next(spoil ? Encodings.Length : 3)];
            body = Compress(body, encoding);
            if (spoil && random.Next(3) == 0) body = Spoil(body);
            headers.Add(("Content-Encoding", encoding));
        }
        if (random.Next(2) == 0) headers.Add(("Content-Type", ((string[])["application/json", "text/plain", "application/octet-stream"])[random.Next(3)]));
        if (method == "GET") body = null;
        return new(method, target, headers, body, kept);
    }

    private List<(string, string)> Headers()
    {
        var headers = new List<(string, string)>();
        if (random.Next(5) == 0) headers.Add(("Authorization", ((string[])["Basic", "Basic ###", "Basic c2hvcC13ZWI6", "Bearer shop-mobile", "Bearer", "Digest x", $"Basic {new string('A', 5000)}"])[random.Next(7)]));
        if (random.Next(5) == 0) headers.Add(("Origin", ((string[])["null", "https://shop.example", "x", new string('o', 3000)])[random.Next(4)]));
        if (random.Next(8) == 0) headers.Add(("Cookie", ((string[])["sp=1", "sp=", $"sp={new string('s', 3000)}", "=;;;"])[random.Next(4)]));
        if (random.Next(8) == 0) headers.Add(("SP-Anonymous", "*"));
        if (random.Next(8) == 0) headers.Add(("PostHog-Request-Timestamp", "yesterday\t"));
        if (random.Next(8) == 0) headers.Add(("User-Agent", new string('u', random.Next(2000))));
        if (random.Next(20) == 0) headers.Add(("Content-Type", "application/x-ndjson"));
        return headers;
    }

    private byte[] Spoil(byte[] body)
    {
        var bytes = body.ToList();
        for (var times = random.Next(4); times >= 0; times--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(9))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes.RemoveRange(at, bytes.Count - at); break;
                case 2: bytes.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
                case 3: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(20))); break;
                case 4: bytes.InsertRange(at, bytes[at..Math.Min(bytes.Count, at + random.Next(200))]); break;
                case 5: bytes.Insert(at, (byte)random.Next(256)); break;
                case 6 when random.Next(50) == 0: bytes.InsertRange(at, Enumerable.Repeat((byte)"[{\" "[random.Next(4)], random.Next(300_000))); break;
                case 7 when random.Next(50) == 0: bytes.InsertRange(at, Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":[", random.Next(20_000))))); break;
                case 8 when random.Next(400) == 0: bytes.InsertRange(at, new byte[random.Next(40 << 20)]); break;
            }
        }
        return [.. bytes];
    }

    private string Garbage(string query)
    {
        var text = new StringBuilder(query.Length == 0 ? "?" : query);
        for (var times = random.Next(5); times >= 0; times--)
            text.Insert(random.Next(1, text.Length + 1), ((string[])["&", "=", "%", "%00", "%FF", "writeKey=", "compression=gzip-js", "a=b&a=c", "+", new string('q', 3000), "e=pv", "%7B"])[random.Next(12)]);
        return text.ToString();
    }

    private static byte[] Compress(byte[] body, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream? stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, true),
            _ => null,
        })
        {
            if (stream is null) return body;
            stream.Write(body);
        }
        return packed.ToArray();
    }
}
