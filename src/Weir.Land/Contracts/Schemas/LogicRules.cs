using System.Text.Json;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>allOf</c>, and <c>$ref</c>, which is a schema more.</summary>
internal sealed class AllRule(IReadOnlyList<Schema> schemas) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        foreach (var schema in schemas)
            if (schema.Find(value) is { } violation) return violation;
        return null;
    }
}

/// <summary><c>anyOf</c>.</summary>
internal sealed class AnyRule(IReadOnlyList<Schema> schemas) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        foreach (var schema in schemas)
            if (schema.Find(value) is null) return null;
        return Breaks("anyOf", $"expected one of {schemas.Count} forms");
    }
}

/// <summary><c>oneOf</c>.</summary>
internal sealed class OneRule(IReadOnlyList<Schema> schemas) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        var count = schemas.Count(s => s.Find(value) is null);
        return count == 1 ? null : Breaks("oneOf", $"expected exactly one of {schemas.Count} forms; it has {count}");
    }
}

/// <summary><c>not</c>.</summary>
internal sealed class NotRule(Schema schema) : Rule
{
    public override Violation? Find(JsonElement value) => schema.Find(value) is null ? Breaks("not", "has a form that is excluded") : null;
}

/// <summary><c>if</c>, <c>then</c> and <c>else</c>.</summary>
internal sealed class IfRule(Schema condition, Schema? then, Schema? otherwise) : Rule
{
    public override Violation? Find(JsonElement value) => (condition.Find(value) is null ? then : otherwise)?.Find(value);
}
