using System.Collections.Frozen;
using System.Text.Json;

namespace Weir.Collect.Routes;

/// <summary>One finding, as Google's validation server words them.</summary>
internal sealed record Ga4Message(string FieldPath, string Description, string ValidationCode);

/// <summary>The rules of the Measurement Protocol that Google's validation server checks. Weir takes what breaks them all the same.</summary>
internal sealed class Ga4Check(DateTimeOffset now)
{
    private const int MaxEvents = 25, MaxProperties = 25, MaxName = 40, MaxValue = 100;
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(72);

    private static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
    [
        "ad_activeview", "ad_click", "ad_exposure", "ad_query", "ad_reward", "adunit_exposure", "app_clear_data", "app_exception", "app_install", "app_remove", "app_store_refund",
        "app_update", "app_upgrade", "dynamic_link_app_open", "dynamic_link_app_update", "dynamic_link_first_open", "error", "firebase_campaign", "firebase_in_app_message_action",
        "firebase_in_app_message_dismiss", "firebase_in_app_message_impression", "first_open", "first_visit", "notification_dismiss", "notification_foreground",
        "notification_open", "notification_receive", "os_update", "screen_view", "session_start", "user_engagement",
    ]);

    public List<Ga4Message> Messages { get; } = [];

    public void Add(string path, string code, string description) => Messages.Add(new Ga4Message(path, description, code));

    /// <param name="isApp">Whether the request names a Firebase app.</param>
    /// <param name="body">The body.</param>
    public void Request(bool isApp, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object) Body(isApp, json.RootElement);
            else Add("", "VALUE_INVALID", "Unable to parse Measurement Protocol JSON payload: it is no object.");
        }
        catch (JsonException e)
        {
            Add("", "VALUE_INVALID", $"Unable to parse Measurement Protocol JSON payload: line {e.LineNumber + 1}, byte {e.BytePositionInLine}.");
        }
        catch (InvalidOperationException)
        {
            Add("", "VALUE_INVALID", "Unable to parse Measurement Protocol JSON payload: a text is not UTF-8.");
        }
    }

    private void Body(bool isApp, JsonElement body)
    {
        var id = isApp ? "app_instance_id" : "client_id";
        if (!body.TryGetProperty(id, out var client) || client.ValueKind != JsonValueKind.String || client.GetString()!.Length == 0) Add(id, "VALUE_REQUIRED", $"Measurement requires a {id}.");
        else if (isApp && (client.GetString()!.Length != 32 || !client.GetString()!.All(char.IsAsciiHexDigit))) Add(id, "VALUE_INVALID", "Measurement app_instance_id must be 32 hexadecimal digits.");
        Stamp(body, "timestamp_micros");
        if (body.TryGetProperty("user_properties", out var properties)) Properties(properties);
        if (!body.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array || events.GetArrayLength() == 0)
        {
            Add("events", "VALUE_REQUIRED", "Measurement requires at least one event.");
            return;
        }
        if (events.GetArrayLength() > MaxEvents) Add("events", "EXCEEDED_MAX_ENTITIES", $"Measurement supports at most {MaxEvents} events, got {events.GetArrayLength()}.");
        var index = 0;
        foreach (var one in events.EnumerateArray()) Event(one, $"events[{index++}]");
    }

    private void Event(JsonElement one, string path)
    {
        if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
        {
            Add($"{path}.name", "VALUE_REQUIRED", "Event requires a name.");
            return;
        }
        Name(name.GetString()!, $"{path}.name", "Event name");
        if (Reserved.Contains(name.GetString()!)) Add($"{path}.name", "NAME_RESERVED", $"Event has the reserved name {name.GetString()}.");
        Stamp(one, "timestamp_micros");
        if (!one.TryGetProperty("params", out var parameters) || parameters.ValueKind != JsonValueKind.Object) return;
        foreach (var parameter in parameters.EnumerateObject())
        {
            Name(parameter.Name, $"{path}.params", "Event param name");
            if (parameter.Value.ValueKind == JsonValueKind.String && parameter.Value.GetString()!.Length > MaxValue && !parameter.Name.StartsWith("page_", StringComparison.Ordinal))
                Add($"{path}.params.{parameter.Name}", "VALUE_OUT_OF_BOUNDS", $"The value of {parameter.Name} has more than {MaxValue} characters.");
        }
    }

    private void Properties(JsonElement properties)
    {
        if (properties.ValueKind != JsonValueKind.Object)
        {
            Add("user_properties", "VALUE_INVALID", "user_properties must be an object.");
            return;
        }
        var names = properties.EnumerateObject().Select(p => p.Name).ToList();
        if (names.Count > MaxProperties) Add("user_properties", "EXCEEDED_MAX_ENTITIES", $"Measurement supports at most {MaxProperties} user properties, got {names.Count}.");
        foreach (var name in names) Name(name, "user_properties", "User property name");
    }

    private void Name(string name, string path, string what)
    {
        if (name.Length is 0 or > MaxName) Add(path, "NAME_INVALID", $"{what} [{name}] must have 1 to {MaxName} characters.");
        else if (!char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) Add(path, "NAME_INVALID", $"{what} [{name}] must start with a letter, and have letters, digits and _ only.");
    }

    private void Stamp(JsonElement holder, string name)
    {
        if (!holder.TryGetProperty(name, out var stamp)) return;
        var text = stamp.ValueKind == JsonValueKind.String ? stamp.GetString() : stamp.GetRawText();
        if (!long.TryParse(text, out var micros)) Add(name, "VALUE_INVALID", $"{name} must be microseconds since 1970.");
        else if (Math.Abs((now - DateTimeOffset.UnixEpoch).TotalMicroseconds - micros) > MaxAge.TotalMicroseconds) Add(name, "VALUE_OUT_OF_BOUNDS", $"{name} must be within the last {MaxAge.TotalHours} hours.");
    }
}
