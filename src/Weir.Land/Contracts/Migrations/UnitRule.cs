using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>unit</c>: the same amount, counted otherwise; exact.</summary>
internal sealed class UnitRule(FieldPath field, string from, string to, ExactNumber factor) : MigrationRule("unit", field)
{
    private readonly SmallDecimal? small = SmallDecimal.Of(factor);

    public string From => from;

    public string To => to;

    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        if (value.GetValueKind() != JsonValueKind.Number || !ExactNumber.TryParse(value.ToJsonString(), out var number)) return $"expected a number of {from}";
        if (number.Times(factor)?.ToPlainText() is not { } product) return $"expected a number of {from} with at most {ExactNumber.LongestPlain} digits";
        Fields.Set(scope, Field.Names, Fields.Parse(product));
        return null;
    }

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        var at = Path.Get(tree, scope);
        if (at == EventTree.None) return true;
        return tree[at].Kind == JsonTokenType.Number && small is { } by && tree.TryNumber(at, out var number) && number.TryMultiply(by, out var product) && tree.TrySet(at, product);
    }
}
