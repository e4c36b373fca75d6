using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>One payload of the Snowplow tracker protocol (<c>docs/collect/snowplow.md</c>).</summary>
internal sealed class SnowplowDialect(SourceDefinition source, EventTimes times, JsonCheck check)
{
    /// <summary>Members that have a column or are unwrapped; <c>aid</c> is the write key.</summary>
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        "e", "eid", "aid", "p", "uid", "duid", "sid", "url", "page", "refr", "ua", "lang", "ip", "stm", "ue_pr", "ue_px", "co", "cx",
        "tr_id", "tr_tt", "tr_cu", "ti_id", "ti_sk", "ti_nm", "ti_ca", "ti_pr", "ti_qu", "ti_cu",
    ]);

    public void Map(JsonMembers sent, Envelope envelope, EventDraft draft)
    {
        var (row, read) = (draft.Row, new MemberReader(draft.Faults));
        draft.Id = ClientIds.Read(source, sent, "eid", read);
        var unstructured = SelfDescribing.Unwrap(sent, "ue_pr", "ue_px", check, read) is { } outer ? SelfDescribing.Read(read.Object(outer, "data"), read) : null;
        MapName(row, read, sent, unstructured);
        var timed = MapTimes(draft, sent);
        var contexts = SelfDescribing.Unwrap(sent, "co", "cx", check, read);
        var entities = SnowplowEntities.Read(contexts, read);
        row.UserId = read.Id(sent, "uid");
        row.AnonymousId = read.Id(sent, "duid") ?? entities.AnonymousId ?? read.Id(sent, "nuid") ?? read.Id(sent, "tnuid") ?? envelope.NetworkUserId;
        row.SessionId = read.Id(sent, "sid") ?? entities.SessionId;
        MapPlace(row, read, sent, envelope);
        entities.MapDevice(row);
        row.Platform = Platform(read.Text(sent, "p"), row.OsName);
        SnowplowCommerce.Map(row, read, sent, unstructured, entities);
        row.Context = contexts is null ? null : $"{{\"contexts\":{contexts["data"].GetText()}}}";
        row.Properties = ObjectText.Merge(unstructured?.Data ?? JsonMembers.None, Further(sent, envelope, row, unstructured, timed));
    }

    private static void MapName(EventRow row, MemberReader read, JsonMembers sent, SelfDescribing? unstructured)
    {
        var type = read.Id(sent, "e");
        row.Event = type switch
        {
            "pv" => "page",
            "pp" => "page_ping",
            "se" => read.Id(sent, "se_ac") ?? "",
            "tr" => "transaction",
            "ti" => "transaction_item",
            "ue" when unstructured is { } event_ => NameOf(event_, read),
            _ => "",
        };
        if (type is not ("pv" or "pp" or "se" or "tr" or "ti" or "ue"))
            read.Faults.Add(QuarantineReasons.UnknownType, $"$.e: {(type is null ? "missing" : "unknown")}; known are pp, pv, se, ti, tr, ue");
        else if (row.Event.Length == 0)
            read.Faults.Add(QuarantineReasons.MissingField, type == "se" ? "$.se_ac: missing or empty" : "$.ue_pr, $.ue_px: neither is there");
    }

    private static string NameOf(SelfDescribing unstructured, MemberReader read) => unstructured.Name switch
    {
        SnowplowCommerce.Action => read.Id(unstructured.Data, "type") ?? unstructured.Name,
        "screen_view" => "screen",
        var name => name,
    };

    /// <summary>A true timestamp is the application's, and holds as it is; otherwise creation and sending are stamped by one clock. The member that was taken.</summary>
    private string MapTimes(EventDraft draft, JsonMembers sent)
    {
        var (row, faults) = (draft.Row, draft.Faults);
        var said = times.ReadEpoch(sent["ttm"], 0, "$.ttm", row.ReceivedAt, faults);
        row.ClientTime = said ?? times.ReadEpoch(sent["dtm"], 0, "$.dtm", row.ReceivedAt, faults);
        row.SentAt = times.ReadEpoch(sent["stm"], 0, "$.stm", row.ReceivedAt, faults);
        if (said is not null) draft.ArrivedAt = null;
        return said is null ? "dtm" : "ttm";
    }

    private static void MapPlace(EventRow row, MemberReader read, JsonMembers sent, Envelope envelope)
    {
        row.PageUrl = read.Text(sent, "url");
        row.PageTitle = read.Text(sent, "page");
        row.PageReferrer = read.Text(sent, "refr");
        PageAddress.Complete(row);
        row.Locale = read.Text(sent, "lang");
        row.Ip = read.Text(sent, "ip") ?? envelope.Ip;
        row.UserAgent = read.Text(sent, "ua") ?? envelope.UserAgent;
    }

    private static string? Platform(string? platform, string? system) => platform switch
    {
        "srv" => "server",
        "mob" when system is not null => system.Equals("ios", StringComparison.OrdinalIgnoreCase) ? "ios" : system.Equals("android", StringComparison.OrdinalIgnoreCase) ? "android" : "mob",
        _ => platform,
    };

    private static List<JsonMember> Further(JsonMembers sent, Envelope envelope, EventRow row, SelfDescribing? unstructured, string timed)
    {
        var further = sent.All.Where(m => !Known.Contains(m.Name) && m.Name != timed).ToList();
        if (unstructured is not null) further.Add(JsonElements.Member("schema", unstructured.Schema));
        if (envelope.NetworkUserId is { } network && network != row.AnonymousId) further.Add(JsonElements.Member("network_userid", network));
        return further;
    }
}
