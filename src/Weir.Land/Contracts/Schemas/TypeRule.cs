using System.Text.Json;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>type</c>.</summary>
internal sealed class TypeRule(IReadOnlyList<string> types) : Rule
{
    /// <summary>The names that JSON Schema knows.</summary>
    public static IReadOnlyList<string> Names { get; } = ["string", "number", "integer", "boolean", "object", "array", "null"];

    public override Violation? Find(JsonElement value)
    {
        foreach (var type in types)
            if (Is(value, type)) return null;
        return Breaks("type", $"expected {string.Join(" or ", types)}, got {NameOf(value)}");
    }

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
