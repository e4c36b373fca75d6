using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Contracts.Schemas;

namespace Weir.Land.Contracts.Migrations;

/// <summary>Reads and writes fields of an event by their paths.</summary>
internal static class Fields
{
    /// <summary>The objects in which a path's last names are looked up: the event, or each object in its arrays.</summary>
    public static IEnumerable<JsonObject> Scopes(JsonObject root, FieldPath path)
    {
        IEnumerable<JsonObject> scopes = [root];
        foreach (var array in path.Arrays) scopes = scopes.SelectMany(s => (Get(s, array) as JsonArray)?.OfType<JsonObject>() ?? []);
        return scopes;
    }

    /// <summary>A field's value; null where it is absent or null.</summary>
    public static JsonNode? Get(JsonObject scope, IReadOnlyList<string> names)
    {
        JsonNode? at = scope;
        foreach (var name in names) at = (at as JsonObject)?[name];
        return at;
    }

    /// <summary>Gives a field a value; objects on its way are made. False: something on its way is no object.</summary>
    public static bool Set(JsonObject scope, IReadOnlyList<string> names, JsonNode? value)
    {
        var at = scope;
        foreach (var name in names.SkipLast(1))
        {
            if (at[name] is null) at[name] = new JsonObject();
            if (at[name] is not JsonObject next) return false;
            at = next;
        }
        at[names[^1]] = value;
        return true;
    }

    /// <summary>Takes a field out.</summary>
    public static void Remove(JsonObject scope, IReadOnlyList<string> names) => (Get(scope, [.. names.SkipLast(1)]) as JsonObject)?.Remove(names[^1]);

    /// <summary>A value of JSON text, as written.</summary>
    public static JsonNode? Parse(string json)
    {
        using var document = JsonDocument.Parse(json, DeepJson.Options);
        return Of(document.RootElement.Clone());
    }

    /// <summary>A copy of a value.</summary>
    public static JsonNode? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Object => JsonObject.Create(value.Clone()),
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        _ => JsonValue.Create(value.Clone()),
    };

    /// <summary>Whether two values are the same, numbers by value, however large their exponents.</summary>
    public static bool AreEqual(JsonNode? one, JsonNode? other)
    {
        using var first = JsonDocument.Parse(one?.ToJsonString() ?? "null", DeepJson.Options);
        using var second = JsonDocument.Parse(other?.ToJsonString() ?? "null", DeepJson.Options);
        return JsonEquality.Instance.Equals(first.RootElement, second.RootElement);
    }

    /// <summary>A scalar as text: a string's own, a number or a truth value as written. Null: it is none.</summary>
    public static string? Text(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.ToJsonString(),
        _ => null,
    };
}
