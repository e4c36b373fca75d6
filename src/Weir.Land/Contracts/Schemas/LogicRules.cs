using System.Text.Json;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>allOf</c>, and <c>$ref</c>, which is a schema more.</summary>
internal sealed class AllRule(IEnumerable<Schema> all) : Rule
{
    private readonly Schema[] schemas = [.. all];

    public override Violation? Find(JsonElement value)
    {
        foreach (var schema in schemas)
            if (schema.Find(value) is { } violation) return violation;
        return null;
    }

    public override bool Holds(EventTree tree, int at)
    {
        foreach (var schema in schemas)
            if (!schema.Holds(tree, at)) return false;
        return true;
    }
}

/// <summary><c>anyOf</c>.</summary>
internal sealed class AnyRule(IEnumerable<Schema> all) : Rule
{
    private readonly Schema[] schemas = [.. all];

    public override Violation? Find(JsonElement value)
    {
        foreach (var schema in schemas)
            if (schema.Find(value) is null) return null;
        return Breaks("anyOf", $"expected one of {schemas.Length} forms");
    }

    public override bool Holds(EventTree tree, int at)
    {
        foreach (var schema in schemas)
            if (schema.Holds(tree, at)) return true;
        return false;
    }
}

/// <summary><c>oneOf</c>.</summary>
internal sealed class OneRule(IEnumerable<Schema> all) : Rule
{
    private readonly Schema[] schemas = [.. all];

    public override Violation? Find(JsonElement value)
    {
        var count = schemas.Count(s => s.Find(value) is null);
        return count == 1 ? null : Breaks("oneOf", $"expected exactly one of {schemas.Length} forms; it has {count}");
    }

    public override bool Holds(EventTree tree, int at)
    {
        var count = 0;
        foreach (var schema in schemas)
            if (schema.Holds(tree, at)) count++;
        return count == 1;
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class NotRule(Schema schema) : Rule
{
    public override Violation? Find(JsonElement value) => schema.Find(value) is null ? Breaks("not", "has a form that is excluded") : null;

    public override bool Holds(EventTree tree, int at) => !schema.Holds(tree, at);
}

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class IfRule(Schema condition, Schema? then, Schema? otherwise) : Rule
{
    public override Violation? Find(JsonElement value) => (condition.Find(value) is null ? then : otherwise)?.Find(value);

    public override bool Holds(EventTree tree, int at) => (condition.Holds(tree, at) ? then : otherwise)?.Holds(tree, at) != false;
}
