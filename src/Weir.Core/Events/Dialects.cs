namespace Weir.Events;

/// <summary>The names under which a frame says how its events are to be read. Collect and intake write them, Land maps them.</summary>
public static class Dialects
{
    /// <summary>Weir's own event: a JSON object with the event model's names (<c>docs/collect/weir.md</c>); also NDJSON files.</summary>
    public const string Weir = "weir";

    /// <summary>One message of the Segment HTTP API (<c>type</c>, <c>messageId</c>, <c>timestamp</c>, …).</summary>
    public const string Segment = "segment";

    /// <summary>One CSV record; its column names are in the envelope's <c>header</c>.</summary>
    public const string Csv = "csv";
}
