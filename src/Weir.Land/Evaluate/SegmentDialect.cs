using System.Collections.Frozen;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>One message of the Segment HTTP API, as Segment's and RudderStack's SDKs send it (<c>docs/collect/event-model.md</c>).</summary>
internal sealed class SegmentDialect(SourceDefinition source, EventTimes times)
{
    /// <summary>Members that have a column, or that only steer Segment's own machinery.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "messageId", "type", "event", "timestamp", "originalTimestamp", "sentAt", "userId", "anonymousId", "context", "properties", "traits",
        "integrations", "writeKey", "_metadata",
    ]);

    private static readonly FrozenSet<string> Types = FrozenSet.ToFrozenSet(["track", "page", "screen", "identify", "group", "alias"]);

    public void Map(JsonMembers sent, Envelope envelope, EventDraft draft)
    {
        var (row, read) = (draft.Row, new MemberReader(draft.Faults));
        draft.Id = ClientIds.Read(source, sent, "messageId", read);
        var type = read.Id(sent, "type") ?? envelope.Type;
        var properties = read.Object(sent, "properties");
        MapName(row, read, sent, type);
        MapTimes(draft, sent, envelope);
        var context = ObjectText.WithDefaults(read.Object(sent, "context"), envelope.Context);
        row.UserId = read.Id(sent, "userId");
        row.AnonymousId = read.Id(sent, "anonymousId");
        row.SessionId = read.Id(context, "session_id") ?? read.Id(context, "sessionId");
        row.SchemaVersion = read.Text(context, "schema_version") ?? read.Text(properties, "schema_version");
        SegmentContext.Map(row, read, sent, context, envelope);
        if (type is "page" or "screen") SegmentContext.MapPage(row, read, properties);
        if (type == "track") Commerce.Map(row, read, properties, "name");

        var traits = read.Object(sent, "traits");
        var (body, further) = ReferenceEquals(properties, JsonMembers.None) ? (traits, JsonMembers.None) : (properties, traits);
        row.Context = ObjectText.Merge(context, []);
        row.Properties = ObjectText.Merge(body, [.. further.All, .. sent.All.Where(m => !Known.Contains(m.Name))]);
    }

    private static void MapName(EventRow row, MemberReader read, JsonMembers sent, string? type)
    {
        if (type is null || !Types.Contains(type))
        {
            read.Faults.Add(QuarantineReasons.UnknownType, $"$.type: {(type is null ? "missing" : "unknown")}; known are {string.Join(", ", Types.Order())}");
            return;
        }
        row.Event = type == "track" ? read.Id(sent, "event") ?? "" : type;
        if (row.Event.Length == 0) read.Faults.Add(QuarantineReasons.MissingField, "$.event: missing or empty");
    }

    /// <summary>
    /// Segment's SDKs call the client's own stamp <c>timestamp</c>, RudderStack's <c>originalTimestamp</c>. Where both are sent, <c>timestamp</c> is what the application
    /// says (RudderStack), or what Segment has corrected already (forwarded messages): it holds as it is.
    /// </summary>
    private void MapTimes(EventDraft draft, JsonMembers sent, Envelope envelope)
    {
        var (row, faults) = (draft.Row, draft.Faults);
        var said = times.Read(sent["timestamp"], "$.timestamp", row.ReceivedAt, faults);
        var stamped = times.Read(sent["originalTimestamp"], "$.originalTimestamp", row.ReceivedAt, faults);
        row.ClientTime = said ?? stamped;
        if (said is not null && stamped is not null) draft.ArrivedAt = null;
        row.SentAt = times.Read(sent["sentAt"], "$.sentAt", row.ReceivedAt, faults)
            ?? times.Read(envelope.SentAt, "envelope.sentAt", row.ReceivedAt, faults);
    }
}
