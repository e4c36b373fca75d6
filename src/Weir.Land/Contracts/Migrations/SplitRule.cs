using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>split</c>: one text becomes several; the last one takes what is left, and those for which nothing is left stay absent.</summary>
internal sealed class SplitRule(FieldPath field, string separator, IReadOnlyList<FieldPath> into) : MigrationRule("split", field)
{
    public override IEnumerable<string> Columns => [Field.Column, .. into.Select(i => i.Column)];

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        if (value.GetValueKind() != JsonValueKind.String) return "expected a text";
        var parts = value.GetValue<string>().Split(separator, into.Count);
        Fields.Remove(scope, Field.Names);
        foreach (var (to, part) in into.Zip(parts))
            if (Put(scope, to, JsonValue.Create(part)) is { } fault) return fault;
        return null;
    }
}

/// <summary><c>join</c>: several texts or numbers become one text; absent ones are left out.</summary>
internal sealed class JoinRule(IReadOnlyList<FieldPath> fields, string separator, FieldPath into) : MigrationRule("join", fields[0])
{
    public override IEnumerable<string> Columns => [.. fields.Select(f => f.Column), into.Column];

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        var parts = new List<string>();
        foreach (var field in fields)
        {
            if (Fields.Get(scope, field.Names) is not { } value) continue;
            if (Fields.Text(value) is not { } text) return $"expected a text or a number in {field}";
            parts.Add(text);
            Fields.Remove(scope, field.Names);
        }
        return parts.Count == 0 ? null : Put(scope, into, JsonValue.Create(string.Join(separator, parts)));
    }
}
