namespace Weir.Events;

/// <summary>The names under which a frame says how its events are to be read. Collect and intake write them, Land maps them.</summary>
public static class Dialects
{
    /// <summary>Weir's own event: a JSON object with the event model's names (<c>docs/collect/weir.md</c>); also NDJSON files.</summary>
    public const string Weir = "weir";

    /// <summary>One message of the Segment HTTP API (<c>type</c>, <c>messageId</c>, <c>timestamp</c>, …); RudderStack's clients send the same.</summary>
    public const string Segment = "segment";

    /// <summary>One event of PostHog's capture API (<c>event</c>, <c>distinct_id</c>, <c>properties</c>, <c>uuid</c>, …).</summary>
    public const string PostHog = "posthog";

    /// <summary>One payload of the Snowplow tracker protocol as a JSON object (<c>e</c>, <c>eid</c>, <c>ue_px</c>, …).</summary>
    public const string Snowplow = "snowplow";

    /// <summary>The same payload as the query string of a GET request, as it came.</summary>
    public const string SnowplowQuery = "snowplow-query";

    /// <summary>One event of the GA4 Measurement Protocol (<c>name</c>, <c>params</c>); what its request says beside its events is in the envelope's <c>context</c>.</summary>
    public const string Ga4 = "ga4";

    /// <summary>A message of a topic of others: a JSON object whose members the source maps to Weir's own.</summary>
    public const string Mapped = "mapped";

    /// <summary>One CSV record; its column names are in the envelope's <c>header</c>.</summary>
    public const string Csv = "csv";
}
