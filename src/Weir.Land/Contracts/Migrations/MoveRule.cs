using System.Text.Json.Nodes;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>move</c> and <c>rename</c>: the value, whatever it is, somewhere else.</summary>
internal sealed class MoveRule(string kind, FieldPath from, FieldPath to) : MigrationRule(kind, from)
{
    private readonly TreePath target = new(to);

    public override IEnumerable<string> Columns => [Field.Column, to.Column];

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        Fields.Remove(scope, Field.Names);
        imputed.Move(Field, to);
        return Put(scope, to, value);
    }

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        var value = Path.Get(tree, scope);
        if (value == EventTree.None) return true;
        Path.Remove(tree, scope);
        imputed.Move(Field, to);
        if (!TryPut(tree, scope, target, out var at)) return false;
        tree.Take(at, value);
        return true;
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

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        Path.Remove(tree, scope);
        imputed.Remove(Field);
        return true;
    }
}

/// <summary><c>default</c>: a value where there is none, marked.</summary>
internal sealed class DefaultRule(FieldPath field, JsonNode value) : MigrationRule("default", field)
{
    private readonly WrittenValue written = new(value);

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not null) return null;
        imputed.Add(Field);
        return Put(scope, Field, value.DeepClone());
    }

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        if (Path.Get(tree, scope) != EventTree.None) return true;
        imputed.Add(Field);
        if (!TryPut(tree, scope, Path, out var at)) return false;
        written.Put(tree, at);
        return true;
    }
}
