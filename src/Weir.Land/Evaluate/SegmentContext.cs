namespace Weir.Land.Evaluate;

/// <summary>The columns that come from a Segment message's <c>context</c>.</summary>
internal static class SegmentContext
{
    public static void Map(EventRow row, MemberReader read, JsonMembers sent, JsonMembers context, Envelope envelope)
    {
        MapPage(row, read, read.Object(context, "page"));
        var campaign = read.Object(context, "campaign");
        row.UtmSource = read.Text(campaign, "source");
        row.UtmMedium = read.Text(campaign, "medium");
        row.UtmCampaign = read.Text(campaign, "name");
        row.UtmTerm = read.Text(campaign, "term");
        row.UtmContent = read.Text(campaign, "content");
        var device = read.Object(context, "device");
        row.DeviceType = read.Text(device, "type");
        row.DeviceId = read.Text(device, "id");
        var os = read.Object(context, "os");
        row.OsName = read.Text(os, "name");
        row.OsVersion = read.Text(os, "version");
        row.Platform = Platform(row.DeviceType, row.OsName, read.Text(read.Object(context, "library"), "name"), read.Text(sent, "channel"));
        var app = read.Object(context, "app");
        row.AppVersion = read.Text(app, "version");
        row.AppName = read.Text(app, "name");
        row.Locale = read.Text(context, "locale");
        row.Country = read.Text(read.Object(context, "location"), "country");
        row.Ip = read.Text(context, "ip") ?? envelope.Ip;
        row.UserAgent = read.Text(context, "userAgent") ?? envelope.UserAgent;
    }

    /// <summary>A page from <c>context.page</c> or, for page and screen calls, from their properties; what came first stays.</summary>
    public static void MapPage(EventRow row, MemberReader read, JsonMembers page)
    {
        row.PageUrl ??= read.Text(page, "url");
        row.PagePath ??= read.Text(page, "path");
        row.PageTitle ??= read.Text(page, "title");
        row.PageReferrer ??= read.Text(page, "referrer");
    }

    /// <summary>No SDK says it outright: a device or system that is a phone's, else the library's name, else RudderStack's channel.</summary>
    private static string? Platform(string? deviceType, string? osName, string? library, string? channel)
    {
        foreach (var name in (string?[])[deviceType, osName, library])
        {
            if (Has(name, "ios") || Has(name, "iphone") || Has(name, "ipad") || Has(name, "swift")) return "ios";
            if (Has(name, "android") || Has(name, "kotlin")) return "android";
        }
        if (Has(library, ".js") || channel == "web") return "web";
        return library is not null || channel == "server" ? "server" : null;
    }

    private static bool Has(string? text, string part) => text?.Contains(part, StringComparison.OrdinalIgnoreCase) ?? false;
}
