using System.Text.Json;
using Weir.Land.Fast.Contracts;

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

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartArray) return true;
        var index = 0;
        for (var item = tree.First(at); item != EventTree.None; item = tree[item].Next, index++)
        {
            if ((index < prefix.Count ? prefix[index] : rest) is not { } schema) return true;
            if (!schema.Holds(tree, item)) return false;
        }
        return true;
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

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartArray) return true;
        var count = 0;
        for (var item = tree.First(at); item != EventTree.None; item = tree[item].Next)
            if (schema.Holds(tree, item)) count++;
        return count >= least && !(count > most);
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

    public override bool Holds(EventTree tree, int at) => tree[at].Kind != JsonTokenType.StartArray || (keyword == "minItems" ? tree.Count(at) >= limit : tree.Count(at) <= limit);
}

/// <summary><c>uniqueItems</c>.</summary>
internal sealed class UniqueRule : Rule
{
    private const int FewItems = 64;

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

    /// <summary>Of a few texts that is sure; others are for the plain path.</summary>
    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartArray || tree.Count(at) < 2) return true;
        if (tree.Count(at) > FewItems) return tree.Doubt();
        for (var item = tree.First(at); item != EventTree.None; item = tree[item].Next)
        {
            if (tree[item].Kind != JsonTokenType.String) return tree.Doubt();
            var text = tree.String(item);
            for (var other = tree.First(at); other != item; other = tree[other].Next)
                if (text.SequenceEqual(tree.Text(other))) return false;
        }
        return true;
    }
}
