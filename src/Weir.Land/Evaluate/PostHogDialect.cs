using System.Collections.Frozen;
using System.Text.Json;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>One event of PostHog's libraries (<c>docs/collect/posthog.md</c>).</summary>
internal sealed class PostHogDialect(SourceDefinition source, EventTimes times)
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(["uuid", "event", "distinct_id", "properties", "timestamp", "sent_at", "session_id", "api_key", "token"]);

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["$pageview"] = "page",
        ["$screen"] = "screen",
        ["$identify"] = "identify",
        ["$set"] = "identify",
        ["$groupidentify"] = "group",
        ["$create_alias"] = "alias",
    }.ToFrozenDictionary();

    public void Map(JsonMembers sent, Envelope envelope, EventDraft draft)
    {
        var (row, read) = (draft.Row, new MemberReader(draft.Faults));
        draft.Id = ClientIds.Read(source, sent, "uuid", read);
        var properties = read.Object(sent, "properties");
        var name = read.Id(sent, "event") ?? "";
        row.Event = Names.GetValueOrDefault(name, name);
        if (name.Length == 0) draft.Faults.Add(QuarantineReasons.MissingField, "$.event: missing or empty");
        row.ClientTime = times.Read(sent["timestamp"], "$.timestamp", row.ReceivedAt, draft.Faults);
        row.SentAt = times.Read(sent["sent_at"], "$.sent_at", row.ReceivedAt, draft.Faults) ?? times.Read(envelope.SentAt, "envelope.sentAt", row.ReceivedAt, draft.Faults);
        if (IsTrue(properties["$ignore_sent_at"]) || IsTrue(read.Object(sent, "options")["disable_skew_correction"])) draft.ArrivedAt = null; // the stamp holds as it is
        row.SessionId = read.Id(properties, "$session_id") ?? read.Id(sent, "session_id");
        MapPerson(draft, read, properties, read.Id(sent, "distinct_id") ?? read.Id(properties, "distinct_id"));
        MapProperties(row, read, properties, envelope);
        // `$` events have properties of PostHog's own making.
        if (!name.StartsWith('$')) Commerce.Map(row, read, properties, "name");
        row.Properties = ObjectText.Merge(ObjectText.Without(properties, "token"), [.. sent.All.Where(m => !Known.Contains(m.Name))]);
    }

    /// <summary>A distinct id is a user's, unless it is that of the device or the client says that nobody was identified; a group's events bear the group's.</summary>
    private static void MapPerson(EventDraft draft, MemberReader read, JsonMembers properties, string? distinct)
    {
        var row = draft.Row;
        row.DeviceId = read.Id(properties, "$device_id");
        row.AnonymousId = read.Id(properties, "$anon_distinct_id") ?? row.DeviceId;
        draft.IsOfGroup = distinct is not null && row.Event == "group" && distinct == $"${read.Text(properties, "$group_type")}_{read.Text(properties, "$group_key")}";
        if (draft.IsOfGroup) return;
        if (distinct == row.DeviceId || properties["$is_identified"].Kind == JsonTokenType.False) row.AnonymousId = distinct ?? row.AnonymousId;
        else row.UserId = distinct;
    }

    private static void MapProperties(EventRow row, MemberReader read, JsonMembers properties, Envelope envelope)
    {
        row.SchemaVersion = read.Text(properties, "schema_version");
        row.PageUrl = read.Text(properties, "$current_url");
        row.PagePath = read.Text(properties, "$pathname");
        row.PageTitle = read.Text(properties, "$title") ?? (row.Event == "page" ? read.Text(properties, "title") : null);
        row.PageReferrer = read.Text(properties, "$referrer");
        row.UtmSource = read.Text(properties, "utm_source");
        row.UtmMedium = read.Text(properties, "utm_medium");
        row.UtmCampaign = read.Text(properties, "utm_campaign");
        row.UtmTerm = read.Text(properties, "utm_term");
        row.UtmContent = read.Text(properties, "utm_content");
        PageAddress.Complete(row);
        row.DeviceType = read.Text(properties, "$device_type");
        row.OsName = read.Text(properties, "$os");
        row.OsVersion = read.Text(properties, "$os_version");
        row.Browser = read.Text(properties, "$browser");
        row.AppVersion = read.Text(properties, "$app_version");
        row.AppName = read.Text(properties, "$app_name");
        row.Locale = read.Text(properties, "$locale") ?? read.Text(properties, "$browser_language");
        row.Country = read.Text(properties, "$geoip_country_code");
        row.Ip = read.Text(properties, "$ip") ?? envelope.Ip;
        row.UserAgent = read.Text(properties, "$raw_user_agent") ?? read.Text(properties, "$user_agent") ?? envelope.UserAgent;
        row.Platform = Platform(read.Text(properties, "$lib"), row.OsName, IsTrue(properties["$is_server"]));
    }

    private static bool IsTrue(JsonValue value) => value.Kind == JsonTokenType.True;

    /// <summary>The browser's library calls itself <c>web</c>; the others bear their language or system in their name.</summary>
    private static string? Platform(string? library, string? system, bool isServer)
    {
        if (isServer) return "server";
        if (library is "web" or "js") return "web";
        foreach (var name in (string?[])[library, system])
        {
            if (name?.Contains("ios", StringComparison.OrdinalIgnoreCase) == true) return "ios";
            if (name?.Contains("android", StringComparison.OrdinalIgnoreCase) == true) return "android";
        }
        return library is null ? null : "server";
    }
}
