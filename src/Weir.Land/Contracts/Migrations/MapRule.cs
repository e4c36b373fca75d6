using System.Text.Json.Nodes;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>map</c>: values of an old list as those of a new one. What is not listed is kept if the rule says so, else it cannot be migrated.</summary>
internal sealed class MapRule(FieldPath field, IReadOnlyDictionary<string, JsonNode?> values, bool keepsOthers) : MigrationRule("map", field)
{
    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        if (Fields.Text(value) is { } text && values.TryGetValue(text, out var mapped))
        {
            Fields.Set(scope, Field.Names, mapped?.DeepClone());
            return null;
        }
        return keepsOthers ? null : $"expected one of {string.Join(", ", values.Keys)}";
    }
}
