using Weir.Land.Contracts.Reading;

namespace Weir.Land.Contracts.Schemas;

/// <summary>Reads the keywords about arrays.</summary>
internal static class ArrayKeywords
{
    private static readonly string[] Counts = ["minItems", "maxItems"];

    public static IEnumerable<Rule> Of(SchemaReader reader, SourceValue said, Place place)
    {
        foreach (var keyword in Counts)
            if (ValueRules.Count(said, keyword) is { } limit) yield return new ItemCountRule(keyword, limit);
        if (said["uniqueItems"] is { } unique)
        {
            if (unique.AsBoolean is null) unique.Mistake("'uniqueItems' must be true or false");
            else if (unique.AsBoolean.Value) yield return new UniqueRule();
        }
        var (prefix, items) = (said["prefixItems"], said["items"]);
        if (prefix is not null && LogicKeywords.List(prefix, "prefixItems") is { } first)
            yield return new ItemsRule([.. first.Select(s => reader.Read(s, place.Nowhere()))], items is null ? null : reader.Read(items, place.Nowhere()));
        else if (items is { IsArray: true }) items.Mistake("'items' must be a schema; a list of schemas is called prefixItems since 2020");
        else if (items is not null) yield return new ItemsRule([], reader.Read(items, place.Element()));
        if (said["contains"] is not { } contains) yield break;
        yield return new ContainsRule(reader.Read(contains, place.Element().Maybe()), ValueRules.Count(said, "minContains") ?? 1, ValueRules.Count(said, "maxContains"));
    }
}
