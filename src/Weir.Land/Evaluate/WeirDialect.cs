using System.Collections.Frozen;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>Weir's own event (<c>docs/collect/event-model.md</c>).</summary>
internal sealed class WeirDialect(SourceDefinition source, EventTimes times)
{
    /// <summary>In files only: a client that says when it was received is not believed.</summary>
    private const string Arrival = "received_at";

    private static readonly FrozenSet<string> Columns = FrozenSet.ToFrozenSet(
    [
        "event_id", "event", "timestamp", "sent_at", "user_id", "anonymous_id", "session_id", "schema_version", "locale", "country", "ip", "user_agent",
        "order_id", "product_id", "product_name", "category", "quantity", "price", "revenue", "currency", "coupon", "cart_id", "context", "properties",
    ]);

    private static readonly (string Name, FrozenSet<string> Members)[] Objects =
    [
        ("page", FrozenSet.ToFrozenSet(["url", "path", "title", "referrer"])),
        ("campaign", FrozenSet.ToFrozenSet(["source", "medium", "name", "term", "content"])),
        ("device", FrozenSet.ToFrozenSet(["id", "type", "platform", "os_name", "os_version", "browser"])),
        ("app", FrozenSet.ToFrozenSet(["name", "version"])),
    ];

    public void Map(JsonMembers sent, Envelope envelope, EventDraft draft)
    {
        var (row, read) = (draft.Row, new MemberReader(draft.Faults));
        draft.Id = ClientIds.Read(source, sent, "event_id", read);
        row.Event = read.Id(sent, "event") ?? "";
        if (row.Event.Length == 0) draft.Faults.Add(QuarantineReasons.MissingField, "$.event: missing or empty");
        row.ClientTime = times.Read(sent["timestamp"], "$.timestamp", row.ReceivedAt, draft.Faults);
        row.SentAt = times.Read(sent["sent_at"], "$.sent_at", row.ReceivedAt, draft.Faults)
            ?? times.Read(envelope.SentAt, "envelope.sentAt", row.ReceivedAt, draft.Faults);
        // A file is taken long after its events were sent; the collector that exported it may have written when they reached it.
        if (envelope.IsFile) draft.ArrivedAt = times.Read(sent[Arrival], $"$.{Arrival}", row.ReceivedAt, draft.Faults);
        row.UserId = read.Id(sent, "user_id");
        row.AnonymousId = read.Id(sent, "anonymous_id");
        row.SessionId = read.Id(sent, "session_id");
        row.SchemaVersion = read.Text(sent, "schema_version");
        var objects = Array.ConvertAll(Objects, o => read.Object(sent, o.Name));
        MapObjects(row, read, objects[0], objects[1], objects[2], objects[3]);
        row.Locale = read.Text(sent, "locale");
        row.Country = read.Text(sent, "country");
        row.Ip = read.Text(sent, "ip") ?? envelope.Ip;
        row.UserAgent = read.Text(sent, "user_agent") ?? envelope.UserAgent;
        Commerce.Map(row, read, sent, "product_name");
        row.Context = ObjectText.Merge(ObjectText.WithDefaults(read.Object(sent, "context"), envelope.Context), []);
        row.Properties = ObjectText.Merge(read.Object(sent, "properties"), Unknown(sent, objects, envelope.IsFile));
    }

    private static void MapObjects(EventRow row, MemberReader read, JsonMembers page, JsonMembers campaign, JsonMembers device, JsonMembers app)
    {
        row.PageUrl = read.Text(page, "url");
        row.PagePath = read.Text(page, "path");
        row.PageTitle = read.Text(page, "title");
        row.PageReferrer = read.Text(page, "referrer");
        row.UtmSource = read.Text(campaign, "source");
        row.UtmMedium = read.Text(campaign, "medium");
        row.UtmCampaign = read.Text(campaign, "name");
        row.UtmTerm = read.Text(campaign, "term");
        row.UtmContent = read.Text(campaign, "content");
        row.Platform = read.Text(device, "platform");
        row.DeviceType = read.Text(device, "type");
        row.DeviceId = read.Text(device, "id");
        row.OsName = read.Text(device, "os_name");
        row.OsVersion = read.Text(device, "os_version");
        row.Browser = read.Text(device, "browser");
        row.AppVersion = read.Text(app, "version");
        row.AppName = read.Text(app, "name");
    }

    /// <summary>What has no column: unknown members, and known objects that hold more than their columns.</summary>
    private static List<JsonMember> Unknown(JsonMembers sent, JsonMembers[] objects, bool isFile) =>
        [.. sent.All.Where(m => !Columns.Contains(m.Name) && !IsCovered(m.Name, objects) && !(isFile && m.Name == Arrival))];

    private static bool IsCovered(string name, JsonMembers[] objects)
    {
        var i = Array.FindIndex(Objects, o => o.Name == name);
        return i >= 0 && objects[i].All.All(m => Objects[i].Members.Contains(m.Name));
    }
}
