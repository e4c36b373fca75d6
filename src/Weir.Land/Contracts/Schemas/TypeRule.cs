using System.Text.Json;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>type</c>.</summary>
internal sealed class TypeRule(IReadOnlyList<string> types) : Rule
{
    /// <summary>The names that JSON Schema knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["string", "number", "integer", "boolean", "object", "array", "null"];

    private readonly JsonTokenType[] kinds = [.. types.SelectMany(KindsOf)];
    private readonly bool onlyWhole = types.Contains("integer");

    public override Violation? Find(JsonElement value)
    {
        foreach (var type in types)
            if (Is(value, type)) return null;
        return Breaks("type", $"expected {string.Join(" or ", types)}, got {NameOf(value)}");
    }

    public override bool Holds(EventTree tree, int at)
    {
        var kind = tree[at].Kind;
        foreach (var known in kinds)
            if (known == kind) return true;
        return onlyWhole && kind == JsonTokenType.Number && tree.IsWhole(at);
    }

    private static IEnumerable<JsonTokenType> KindsOf(string type) => type switch
    {
        "string" => [JsonTokenType.String],
        "number" => [JsonTokenType.Number],
        "boolean" => [JsonTokenType.True, JsonTokenType.False],
        "object" => [JsonTokenType.StartObject],
        "array" => [JsonTokenType.StartArray],
        "null" => [JsonTokenType.Null],
        _ => [],
    };

    private static bool Is(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && Numbers.IsWhole(value),
        _ => NameOf(value) == type,
    };

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        _ => "null",
    };
}
