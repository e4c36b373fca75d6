using System.Buffers.Text;
using System.Text;

namespace Weir.Tests.Collect.Fuzz;

/// <summary>Whole requests of every dialect; each event bears a number of its own as the property <c>n</c>.</summary>
internal static class FuzzBodies
{
    public static readonly string[] Routes =
    [
        "/v1/events", "/v1/batch", "/v1/track", "/v1/identify", "/v1/page", "/v1/screen", "/v1/group", "/v1/alias", "/batch/", "/capture/", "/e/", "/i/v0/e/", "/i/v1/analytics/events",
        "/com.snowplowanalytics.snowplow/tp2", "/i", "/mp/collect", "/debug/mp/collect", "/flags/", "/decide/", "/health",
    ];

    /// <summary>A request of a route with so many events, and the key where its clients put it.</summary>
    /// <param name="route">One of <see cref="Routes"/>.</param>
    /// <param name="name">The events' name.</param>
    /// <param name="numbers">Their numbers.</param>
    /// <param name="key">The write key.</param>
    public static (string Query, string Body) Of(string route, string name, IReadOnlyList<long> numbers, string key)
    {
        string Each(Func<long, string> text) => string.Join(',', numbers.Select(text));
        return route switch
        {
            "/v1/events" => ($"?writeKey={key}", $"[{Each(n => $$"""{"event":"{{name}}","user_id":"u","event_id":"{{name}}{{n}}","timestamp":"2026-03-01T10:00:00Z","properties":{"n":{{n}} } }""")}]"),
            "/v1/batch" => ("", $$"""{"writeKey":"{{key}}","sentAt":"2026-03-01T10:00:01Z","context":{"library":{"name":"x"} },"batch":[{{Each(n => Segment(name, n))}}]}"""),
            "/batch/" or "/i/v1/analytics/events" => ("", $$"""{"api_key":"{{key}}","batch":[{{Each(n => PostHog(name, n, ""))}}],"sent_at":"2026-03-01T10:00:01Z"}"""),
            "/e/" => ("", $"[{Each(n => PostHog(name, n, key))}]"),
            "/capture/" or "/i/v0/e/" => ("", PostHog(name, numbers[0], key)),
            "/com.snowplowanalytics.snowplow/tp2" => ("", $$"""{"schema":"iglu:x","data":[{{Each(n => $$"""{"e":"ue","aid":"{{key}}","uid":"u","p":"web","eid":"{{name}}{{n}}","dtm":"1772359200000","ue_px":"{{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Unstructured(name, n)))}}"}""")}}]}"""),
            "/i" => ($"?e=ue&aid={key}&uid=u&eid={name}{numbers[0]}&dtm=1772359200000&ue_pr={Uri.EscapeDataString(Unstructured(name, numbers[0]))}", ""),
            "/mp/collect" or "/debug/mp/collect" => ($"?api_secret={key}&measurement_id=G-1", $$"""{"client_id":"c","timestamp_micros":1772359200000000,"events":[{{Each(n => $$"""{"name":"{{name}}","params":{"n":{{n}},"items":[{"item_id":"p"}]} }""")}}]}"""),
            _ => ("", $$"""{"writeKey":"{{key}}",{{Segment(name, numbers[0])[1..]}}"""),
        };
    }

    private static string Segment(string name, long n) =>
        $$"""{"type":"track","event":"{{name}}","messageId":"{{name}}{{n}}","userId":"u","timestamp":"2026-03-01T10:00:00Z","properties":{"n":{{n}},"price":"1.5","products":[{"sku":"p"}]} }""";

    private static string PostHog(string name, long n, string token) =>
        $$"""{"event":"{{name}}","uuid":"{{name}}{{n}}","distinct_id":"u","timestamp":"2026-03-01T10:00:00Z","properties":{"n":{{n}},"$lib":"web","token":"{{token}}"} }""";

    private static string Unstructured(string name, long n) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.acme/{{name}}/jsonschema/1-0-0","data":{"n":{{n}}} } }""";
}
