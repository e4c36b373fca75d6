using System.Text.Json;
using Weir.Events;

namespace Weir.Land.Evaluate;

/// <summary>The contexts (entities) that a Snowplow event carries.</summary>
internal sealed class SnowplowEntities(IReadOnlyList<SelfDescribing> all, MemberReader read)
{
    private const string Core = "com.snowplowanalytics.snowplow";

    public string? AnonymousId => read.Id(Only(Core, "client_session"), "userId");

    public string? SessionId => read.Id(Only(Core, "client_session"), "sessionId");

    public static SnowplowEntities Read(JsonMembers? contexts, MemberReader read)
    {
        var all = new List<SelfDescribing>();
        if (contexts is null) return new SnowplowEntities(all, read);
        if (contexts["data"].Kind != JsonTokenType.StartArray) read.Faults.Add(QuarantineReasons.WrongType, $"{contexts.Path}.data: expected an array");
        foreach (var element in JsonElements.Of(contexts["data"]))
        {
            if (element.Kind != JsonTokenType.StartObject) read.Faults.Add(QuarantineReasons.WrongType, $"{contexts.Path}.data[]: expected an object");
            else if (SelfDescribing.Read(JsonMembers.Read(element.Text, $"{contexts.Path}.data[]"), read) is { } entity) all.Add(entity);
        }
        return new SnowplowEntities(all, read);
    }

    /// <summary>The data of the one entity of a kind; an object without members if there is none, or several: then nobody can say which is meant.</summary>
    public JsonMembers Only(string vendor, string name) => all.Where(e => e.Vendor == vendor && e.Name == name).ToList() is [var only] ? only.Data : JsonMembers.None;

    public void MapDevice(EventRow row)
    {
        var mobile = Only(Core, "mobile_context");
        row.OsName = read.Text(mobile, "osType");
        row.OsVersion = read.Text(mobile, "osVersion");
        row.DeviceType = read.Text(mobile, "deviceModel");
        row.DeviceId = read.Id(mobile, "appleIdfv") ?? read.Id(mobile, "androidIdfa");
        row.AppVersion = read.Text(Only("com.snowplowanalytics.mobile", "application"), "version");
    }
}
