using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>map</c>: values of an old list as those of a new one. What is not listed is kept if the rule says so, else it cannot be migrated.</summary>
internal sealed class MapRule(FieldPath field, IReadOnlyDictionary<string, JsonNode?> values, bool keepsOthers) : MigrationRule("map", field)
{
    private readonly (byte[] From, WrittenValue To)[] written = [.. values.Select(v => (Encoding.UTF8.GetBytes(v.Key), new WrittenValue(v.Value)))];

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

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        var at = Path.Get(tree, scope);
        if (at == EventTree.None) return true;
        if (tree[at].Kind is JsonTokenType.StartObject or JsonTokenType.StartArray) return keepsOthers;
        var text = tree.String(at);
        foreach (var (from, to) in written)
        {
            if (!text.SequenceEqual(from)) continue;
            to.Put(tree, at);
            return true;
        }
        return keepsOthers;
    }
}
