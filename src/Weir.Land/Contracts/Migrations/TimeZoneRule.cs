using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Land.Evaluate;
using JsonValue = System.Text.Json.Nodes.JsonValue;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Migrations;

/// <summary><c>assume_time_zone</c>: a time without an offset is of this zone; it becomes one in UTC. One with an offset stays as it is.</summary>
internal sealed class TimeZoneRule(FieldPath field, LocalTimes zone) : MigrationRule("assume_time_zone", field)
{
    private protected override string? ApplyTo(JsonObject scope, ImputedFields imputed)
    {
        if (Fields.Get(scope, Field.Names) is not { } value) return null;
        if (value.GetValueKind() != JsonValueKind.String || !IsoTime.TryParse(value.GetValue<string>(), out var local, out var offset)) return "expected an ISO 8601 time";
        if (offset is not null) return null;
        if (!zone.TryToUtc(local, out var utc)) return "expected a time of the years 1 to 9999";
        Fields.Set(scope, Field.Names, JsonValue.Create(IsoTime.Text(utc)));
        return null;
    }

    private protected override bool TryApplyTo(EventTree tree, int scope, ImputedFields imputed)
    {
        var at = Path.Get(tree, scope);
        if (at == EventTree.None) return true;
        if (tree[at].Kind != JsonTokenType.String || !IsoTime.TryParse(tree.Chars(tree.String(at)), out var local, out var offset)) return false;
        if (offset is not null) return true;
        if (!zone.TryToUtc(local, out var utc)) return false;
        tree.SetMade(at, JsonTokenType.String, Encoding.UTF8.GetBytes(IsoTime.Text(utc)));
        return true;
    }
}
