using Weir.Land.Contracts.Reading;

namespace Weir.Land.Contracts.Schemas;

/// <summary>Reads the keywords that put schemas together.</summary>
internal static class LogicKeywords
{
    public static IEnumerable<Rule> Of(SchemaReader reader, SourceValue said, Place place)
    {
        if (said["$ref"] is { } reference) yield return new AllRule([reader.Follow(reference, place)]);
        if (Schemas(reader, said, "allOf", place) is { } all) yield return new AllRule(all);
        if (Schemas(reader, said, "anyOf", place.Maybe()) is { } any) yield return new AnyRule(any);
        if (Schemas(reader, said, "oneOf", place.Maybe()) is { } one) yield return new OneRule(one);
        if (said["not"] is { } not) yield return new NotRule(reader.Read(not, place.Maybe()));
        Schema? Part(string keyword) => said[keyword] is { } part ? reader.Read(part, place.Maybe()) : null;
        var (condition, then, otherwise) = (Part("if"), Part("then"), Part("else"));
        if (condition is not null && (then ?? otherwise) is not null) yield return new IfRule(condition, then, otherwise);
    }

    /// <summary>A list of at least one schema; a mistake if it is anything else.</summary>
    public static IReadOnlyList<SourceValue>? List(SourceValue value, string keyword)
    {
        if (value.IsArray && value.Items.Count > 0) return value.Items;
        value.Mistake($"'{keyword}' must be a list of schemas, at least one");
        return null;
    }

    private static List<Schema>? Schemas(SchemaReader reader, SourceValue said, string keyword, Place place) =>
        said[keyword] is { } value && List(value, keyword) is { } list ? [.. list.Select(s => reader.Read(s, place))] : null;
}
