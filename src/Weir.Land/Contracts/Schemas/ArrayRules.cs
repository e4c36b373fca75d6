using System.Text.Json;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>prefixItems</c> and <c>items</c>, which holds for the elements after those.</summary>
internal sealed class ItemsRule(IReadOnlyList<Schema> prefix, Schema? rest) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return null;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            var schema = index < prefix.Count ? prefix[index] : rest;
            if (schema is null) return null;
            if (schema.Find(item) is { } violation) return violation.At(index);
            index++;
        }
        return null;
    }
}

/// <summary><c>contains</c>, <c>minContains</c> and <c>maxContains</c>.</summary>
internal sealed class ContainsRule(Schema schema, int least, int? most) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return null;
        var count = 0;
        foreach (var item in value.EnumerateArray())
            if (schema.Find(item) is null) count++;
        if (count < least) return Breaks(least == 1 ? "contains" : "minContains", $"expected at least {least} elements that match");
        return count > most ? Breaks("maxContains", $"expected at most {most} elements that match") : null;
    }
}

/// <summary><c>minItems</c> and <c>maxItems</c>.</summary>
internal sealed class ItemCountRule(string keyword, int limit) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return null;
        var count = value.GetArrayLength();
        if (keyword == "minItems") return count >= limit ? null : Breaks(keyword, $"expected at least {limit} elements");
        return count <= limit ? null : Breaks(keyword, $"expected at most {limit} elements");
    }
}

/// <summary><c>uniqueItems</c>.</summary>
internal sealed class UniqueRule : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array) return null;
        var seen = new HashSet<JsonElement>(JsonEquality.Instance);
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (!seen.Add(item)) return Breaks("uniqueItems", "expected no element twice").At(index);
            index++;
        }
        return null;
    }
}
