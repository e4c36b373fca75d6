using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Evaluate;
using JsonValue = System.Text.Json.Nodes.JsonValue;
using Weir.Land.Fast.Contracts;

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

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        var at = Path.Get(tree, scope);
        if (at == EventTree.None) return true;
        var kind = tree[at].Kind;
        if (kind is JsonTokenType.StartObject or JsonTokenType.StartArray) return false;
        if (type == "string")
        {
            if (kind != JsonTokenType.String) tree.Set(at, JsonTokenType.String, tree.Text(at));
            return true;
        }
        var text = tree.String(at);
        if (type != "boolean") return tree.TryNumber(at, out var number) && (type == "number" || number.IsWhole) && tree.TrySet(at, number);
        var isTrue = text.SequenceEqual("1"u8) || Ascii.EqualsIgnoreCase(text, "true"u8);
        if (!isTrue && !text.SequenceEqual("0"u8) && !Ascii.EqualsIgnoreCase(text, "false"u8)) return false;
        tree.Set(at, isTrue ? JsonTokenType.True : JsonTokenType.False, isTrue ? "true"u8 : "false"u8);
        return true;
    }

    private JsonNode? Number(string text)
    {
        if (!ExactNumber.TryParse(text, out var number) || number.ToPlainText() is not { } plain) return null;
        return type == "integer" && number.Scale > 0 ? null : Fields.Parse(plain);
    }
}
