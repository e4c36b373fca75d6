using System.Text.RegularExpressions;
using Weir.Land.Contracts.Reading;

namespace Weir.Land.Contracts.Schemas;

/// <summary>Reads the keywords about objects.</summary>
internal static class ObjectKeywords
{
    private static readonly string[] Counts = ["minProperties", "maxProperties"];

    public static IEnumerable<Rule> Of(SchemaReader reader, SourceValue said, Place place)
    {
        if (said["required"] is { } required && Names("required", required) is { Count: > 0 } names) yield return new RequiredRule(names);
        if (Members(reader, said, place) is { } members) yield return members;
        if (said["propertyNames"] is { } ofNames) yield return new NamesRule(reader.Read(ofNames, place.Nowhere()));
        foreach (var keyword in Counts)
            if (ValueRules.Count(said, keyword) is { } limit) yield return new PropertyCountRule(keyword, limit);
        if (Object(said, "dependentRequired") is { } needs) yield return new DependentRequiredRule([.. needs.Members.Select(m => (m.Name, Names("dependentRequired", m.Value)))]);
        if (Object(said, "dependentSchemas") is { } schemas) yield return new DependentSchemasRule([.. schemas.Members.Select(m => (m.Name, reader.Read(m.Value, place.Maybe())))]);
    }

    private static MembersRule? Members(SchemaReader reader, SourceValue said, Place place)
    {
        var (properties, patterns) = (Object(said, "properties"), Object(said, "patternProperties"));
        var additional = said["additionalProperties"];
        if (properties is null && patterns is null && additional is null) return null;
        var named = (properties?.Members ?? []).DistinctBy(m => m.Name).ToDictionary(m => m.Name, m => reader.Read(m.Value, place.Member(m.Name)), StringComparer.Ordinal);
        var byPattern = new List<(Regex, Schema)>();
        foreach (var member in patterns?.Members ?? [])
        {
            var schema = reader.Read(member.Value, place.Nowhere());
            if (ValueRules.PatternOf(member.Name, member.Value, $"name pattern {member.Name}") is { } regex) byPattern.Add((regex, schema));
        }
        return new MembersRule(named, byPattern, additional is null ? null : reader.Read(additional, place.Nowhere()));
    }

    private static SourceValue? Object(SourceValue said, string keyword)
    {
        if (said[keyword] is not { } value || value.IsObject) return said[keyword];
        value.Mistake($"'{keyword}' must be an object");
        return null;
    }

    private static IReadOnlyList<string> Names(string keyword, SourceValue value)
    {
        if (value.IsArray && value.Items.All(i => i.AsText is not null)) return [.. value.Items.Select(i => i.AsText!)];
        value.Mistake($"'{keyword}' must be a list of names");
        return [];
    }
}
