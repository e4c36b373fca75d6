using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Evaluate;
using JsonValue = System.Text.Json.Nodes.JsonValue;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>cast</c>: the same value as another type.</summary>
internal sealed class CastRule(FieldPath field, string type) : MigrationRule("cast", field)
{
    public static IReadOnlyList<string> Types { get; } = ["string", "number", "integer", "boolean"];

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        var text = Fields.Text(value);
        var cast = text is null ? null : type switch
        {
            "string" => value.GetValueKind() == JsonValueKind.String ? value.DeepClone() : JsonValue.Create(text),
            "boolean" => text.ToUpperInvariant() switch { "TRUE" or "1" => JsonValue.Create(true), "FALSE" or "0" => JsonValue.Create(false), _ => null },
            _ => Number(text.Trim(' ')),
        };
        if (cast is null) return $"expected a value that can be read as {type}";
        Fields.Set(scope, Field.Names, cast);
        return null;
    }

    private JsonNode? Number(string text)
    {
        if (!ExactNumber.TryParse(text, out var number) || number.ToPlainText() is not { } plain) return null;
        return type == "integer" && number.Scale > 0 ? null : Fields.Parse(plain);
    }
}
