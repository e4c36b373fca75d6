using System.Text.Json.Nodes;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>move</c> and <c>rename</c>: the value, whatever it is, somewhere else.</summary>
internal sealed class MoveRule(string kind, FieldPath from, FieldPath to) : MigrationRule(kind, from)
{
    public override IEnumerable<string> Columns => [Field.Column, to.Column];

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        Fields.Remove(scope, Field.Names);
        imputed.Move(Field, to);
        return Put(scope, to, value);
    }
}

/// <summary><c>remove</c>: for what no longer means anything.</summary>
internal sealed class RemoveRule(FieldPath field) : MigrationRule("remove", field)
{
    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        Fields.Remove(scope, Field.Names);
        imputed.Remove(Field);
        return null;
    }
}

/// <summary><c>default</c>: a value where there is none, marked.</summary>
internal sealed class DefaultRule(FieldPath field, JsonNode value) : MigrationRule("default", field)
{
    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not null) return null;
        imputed.Add(Field);
        return Put(scope, Field, value.DeepClone());
    }
}
