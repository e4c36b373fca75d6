using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>Reads DuckDB's serialised parse tree, which leaves out what is empty.</summary>
internal static class Tree
{
    public static string Text(this JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public static bool Flag(this JsonElement node, string name) => node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The part of that name, when there is one.</summary>
    public static JsonElement? Part(this JsonElement node, string name) => node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    public static IEnumerable<JsonElement> Parts(this JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public static List<string> Texts(this JsonElement node, string name) => [.. node.Parts(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : "")];

    /// <summary>The whole number that <c>order by 2</c> or <c>group by 1</c> means; null for anything else.</summary>
    public static int? Position(this JsonElement expression) =>
        expression.Text("class") == "CONSTANT" && expression.GetProperty("value").TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>The text of a constant; null for anything else.</summary>
    public static string? Constant(this JsonElement expression) => expression.Text("class") == "CONSTANT" ? ValueText(expression.GetProperty("value")) : null;

    /// <summary>A value as text: what a pivot names its columns.</summary>
    public static string ValueText(this JsonElement value) =>
        !value.TryGetProperty("value", out var inner) ? "NULL" : inner.ValueKind switch { JsonValueKind.String => inner.GetString()!, JsonValueKind.Null => "NULL", _ => inner.GetRawText() };
}
