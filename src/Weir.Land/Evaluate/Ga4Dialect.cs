using System.Collections.Frozen;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>One event of the GA4 Measurement Protocol; who and when stand beside the events, in the envelope's context (<c>docs/collect/ga4.md</c>).</summary>
internal sealed class Ga4Dialect(SourceDefinition source, EventTimes times)
{
    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(["name", "params", "timestamp_micros"]);

    public void Map(JsonMembers sent, Envelope envelope, EventDraft draft)
    {
        var (row, read, request) = (draft.Row, new MemberReader(draft.Faults), envelope.Context);
        // The protocol knows no event id; a declared key may name members of the event and of its request.
        if (source.IdFields.Count > 0) draft.Id = ClientIds.Read(source, ObjectText.WithDefaults(sent, request), "", read);
        var parameters = read.Object(sent, "params");
        MapName(row, read, sent);
        row.ClientTime = times.ReadEpoch(sent["timestamp_micros"], 3, "$.timestamp_micros", row.ReceivedAt, draft.Faults)
            ?? times.ReadEpoch(request["timestamp_micros"], 3, "envelope.context.timestamp_micros", row.ReceivedAt, draft.Faults);
        row.UserId = read.Id(request, "user_id");
        row.AnonymousId = read.Id(request, "client_id") ?? read.Id(request, "app_instance_id");
        row.SessionId = read.Id(parameters, "session_id");
        row.SchemaVersion = read.Text(parameters, "schema_version");
        MapPage(row, read, parameters);
        MapDevice(row, read, request, envelope);
        MapCommerce(row, read, parameters);
        row.Context = ObjectText.Merge(request, []);
        row.Properties = ObjectText.Merge(parameters, [.. sent.All.Where(m => !Known.Contains(m.Name))]);
    }

    private static void MapName(EventRow row, MemberReader read, JsonMembers sent)
    {
        row.Event = read.Id(sent, "name") switch
        {
            null => "",
            "page_view" => "page",
            "screen_view" => "screen",
            var name => name,
        };
        if (row.Event.Length == 0) read.Faults.Add(QuarantineReasons.MissingField, "$.name: missing or empty");
    }

    private static void MapPage(EventRow row, MemberReader read, JsonMembers parameters)
    {
        row.PageUrl = read.Text(parameters, "page_location");
        row.PageTitle = read.Text(parameters, "page_title");
        row.PageReferrer = read.Text(parameters, "page_referrer");
        if (row.Event == "campaign_details")
        {
            row.UtmSource = read.Text(parameters, "source");
            row.UtmMedium = read.Text(parameters, "medium");
            row.UtmCampaign = read.Text(parameters, "campaign");
            row.UtmTerm = read.Text(parameters, "term");
            row.UtmContent = read.Text(parameters, "content");
        }
        PageAddress.Complete(row);
    }

    private static void MapDevice(EventRow row, MemberReader read, JsonMembers request, Envelope envelope)
    {
        var device = read.Object(request, "device");
        row.DeviceType = read.Text(device, "category");
        row.OsName = read.Text(device, "operating_system");
        row.OsVersion = read.Text(device, "operating_system_version");
        row.Browser = read.Text(device, "browser");
        row.Locale = read.Text(device, "language");
        row.Country = read.Text(read.Object(request, "user_location"), "country_id");
        row.Ip = read.Text(request, "ip_override") ?? envelope.Ip;
        row.UserAgent = read.Text(request, "user_agent") ?? envelope.UserAgent;
        row.Platform = Platform(envelope.Query);
    }

    /// <summary>Web streams are named by <c>measurement_id</c>, apps by <c>firebase_app_id</c>, in which the system stands: <c>1:123:android:456</c>.</summary>
    private static string? Platform(string query)
    {
        foreach (var parameter in query.Split('&'))
        {
            if (parameter.StartsWith("measurement_id=", StringComparison.Ordinal)) return "web";
            if (!parameter.StartsWith("firebase_app_id=", StringComparison.Ordinal)) continue;
            var parts = Uri.UnescapeDataString(parameter).Split(':');
            return parts.Length > 2 && parts[2] is "ios" or "android" or "web" ? parts[2] : null;
        }
        return null;
    }

    /// <summary><c>value</c> is what an event is worth, whatever it is: revenue for purchases only.</summary>
    private static void MapCommerce(EventRow row, MemberReader read, JsonMembers parameters)
    {
        row.OrderId = read.Text(parameters, "transaction_id");
        row.Revenue = row.Event is "purchase" or "in_app_purchase" ? read.Money(parameters, "value") : null;
        row.Currency = read.Text(parameters, "currency");
        row.Coupon = read.Text(parameters, "coupon");
        var item = JsonElements.OnlyObject(parameters, "items");
        row.ProductId = read.Text(item, "item_id");
        row.ProductName = read.Text(item, "item_name");
        row.Category = read.Text(item, "item_category");
        row.Quantity = read.Integer(item, "quantity");
        row.Price = read.Money(item, "price");
    }
}
