using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Land.Fast.Contracts;

namespace Weir.Land.Contracts.Schemas;

/// <summary><c>required</c>.</summary>
internal sealed class RequiredRule(IReadOnlyList<string> names) : Rule
{
    private readonly Utf8Name[] all = Utf8Name.Of(names);

    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var name in names)
            if (!value.TryGetProperty(name, out _)) return Breaks("required", "is missing").Under(name);
        return null;
    }

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartObject) return true;
        foreach (var name in all)
            if (tree.Find(at, name.Bytes) == EventTree.None) return false;
        return true;
    }
}

/// <summary><c>properties</c>, <c>patternProperties</c> and <c>additionalProperties</c>: what the first two do not name is additional.</summary>
internal sealed class MembersRule(IReadOnlyDictionary<string, Schema> named, IReadOnlyList<(Regex Name, Schema Schema)> patterns, Schema? additional) : Rule
{
    private readonly (string Name, byte[] Utf8, Schema Schema)[] properties = [.. named.Select(n => (n.Key, Encoding.UTF8.GetBytes(n.Key), n.Value))];

    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var (name, utf8, schema) in properties)
            if (value.TryGetProperty(utf8, out var member) && schema.Find(member) is { } violation) return violation.Under(name);
        return patterns.Count == 0 && additional is null ? null : FindInOthers(value);
    }

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartObject) return true;
        foreach (var (_, utf8, schema) in properties)
            if (tree.Find(at, utf8) is var member and not EventTree.None && !schema.Holds(tree, member)) return false;
        if (patterns.Count == 0 && additional is null) return true;
        for (var member = tree.First(at); member != EventTree.None; member = tree[member].Next)
            if (!OtherHolds(tree, member)) return false;
        return true;
    }

    private bool OtherHolds(EventTree tree, int member)
    {
        var isAdditional = true;
        foreach (var (_, utf8, _) in properties) isAdditional &= !tree.Name(member).SequenceEqual(utf8);
        foreach (var (pattern, schema) in patterns)
        {
            if (!tree.IsMatch(pattern, tree.Name(member))) continue;
            isAdditional = false;
            if (!schema.Holds(tree, member)) return false;
        }
        return !isAdditional || additional?.Holds(tree, member) != false;
    }

    private Violation? FindInOthers(JsonElement value)
    {
        foreach (var member in value.EnumerateObject())
        {
            var name = member.Name;
            var isAdditional = !named.ContainsKey(name);
            foreach (var (pattern, schema) in patterns)
            {
                if (!pattern.IsMatch(name)) continue;
                isAdditional = false;
                if (schema.Find(member.Value) is { } violation) return violation.Under(name);
            }
            if (!isAdditional || additional?.Find(member.Value) is not { } inAdditional) continue;
            return (ReferenceEquals(additional, Schema.Nothing) ? Breaks("additionalProperties", "is not declared") : inAdditional).Under(name);
        }
        return null;
    }
}

/// <summary><c>propertyNames</c>.</summary>
internal sealed class NamesRule(Schema schema) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var member in value.EnumerateObject())
        {
            using var name = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(member.Name));
            if (schema.Find(name.RootElement) is { } violation) return Breaks("propertyNames", $"its name: {violation.Keyword}: {violation.Expected}").Under(member.Name);
        }
        return null;
    }

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartObject) return true;
        for (var member = tree.First(at); member != EventTree.None; member = tree[member].Next)
            if (!schema.Holds(tree, tree.Alone(JsonTokenType.String, tree.Name(member)))) return false;
        return true;
    }
}

/// <summary><c>minProperties</c> and <c>maxProperties</c>.</summary>
internal sealed class PropertyCountRule(string keyword, int limit) : Rule
{
    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        var count = value.GetPropertyCount();
        if (keyword == "minProperties") return count >= limit ? null : Breaks(keyword, $"expected at least {limit} members");
        return count <= limit ? null : Breaks(keyword, $"expected at most {limit} members");
    }

    public override bool Holds(EventTree tree, int at) => tree[at].Kind != JsonTokenType.StartObject || (keyword == "minProperties" ? tree.Count(at) >= limit : tree.Count(at) <= limit);
}

/// <summary><c>dependentRequired</c>.</summary>
internal sealed class DependentRequiredRule(IReadOnlyList<(string Name, IReadOnlyList<string> Needs)> dependents) : Rule
{
    private readonly (Utf8Name Name, Utf8Name[] Needs)[] all = [.. dependents.Select(d => (new Utf8Name(d.Name), Utf8Name.Of(d.Needs)))];

    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var (name, needs) in dependents)
        {
            if (!value.TryGetProperty(name, out _)) continue;
            foreach (var needed in needs)
                if (!value.TryGetProperty(needed, out _)) return Breaks("dependentRequired", $"is missing, but '{name}' is there").Under(needed);
        }
        return null;
    }

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartObject) return true;
        foreach (var (name, needs) in all)
        {
            if (tree.Find(at, name.Bytes) == EventTree.None) continue;
            foreach (var needed in needs)
                if (tree.Find(at, needed.Bytes) == EventTree.None) return false;
        }
        return true;
    }
}

/// <summary><c>dependentSchemas</c>.</summary>
internal sealed class DependentSchemasRule(IReadOnlyList<(string Name, Schema Schema)> dependents) : Rule
{
    private readonly (Utf8Name Name, Schema Schema)[] all = [.. dependents.Select(d => (new Utf8Name(d.Name), d.Schema))];

    public override Violation? Find(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var (name, schema) in dependents)
            if (value.TryGetProperty(name, out _) && schema.Find(value) is { } violation) return violation;
        return null;
    }

    public override bool Holds(EventTree tree, int at)
    {
        if (tree[at].Kind != JsonTokenType.StartObject) return true;
        foreach (var (name, schema) in all)
            if (tree.Find(at, name.Bytes) != EventTree.None && !schema.Holds(tree, at)) return false;
        return true;
    }
}
