namespace Weir.Land.Contracts.Schemas;

/// <summary>Which keywords of JSON Schema 2020-12 are understood, and why the others are not.</summary>
internal static class Keywords
{
    /// <summary>Those that decide.</summary>
    public static IReadOnlyList<string> Assertions { get; } =
    [
        "type", "enum", "const", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "format",
        "required", "properties", "patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties", "dependentRequired", "dependentSchemas",
        "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
        "$ref", "allOf", "anyOf", "oneOf", "not", "if", "then", "else",
    ];

    /// <summary>Those that say something to people or to Weir.</summary>
    public static IReadOnlyList<string> Annotations { get; } = ["$schema", "$defs", "$comment", "title", "description", "examples", "deprecated", "readOnly", "writeOnly", "x-weir"];

    /// <summary>Those that are refused, and what to do instead.</summary>
    public static IReadOnlyDictionary<string, string> Refused { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["default"] = "in JSON Schema it changes nothing; write \"x-weir\": {\"default\": …}, which is applied",
        ["unevaluatedProperties"] = "use additionalProperties",
        ["unevaluatedItems"] = "use items",
        ["definitions"] = "it is called $defs since 2019",
        ["dependencies"] = "it is called dependentRequired and dependentSchemas since 2019",
        ["additionalItems"] = "it is called items, beside prefixItems, since 2020",
        ["$id"] = "it may stand at the top of a file only",
        ["$anchor"] = "refer to #/$defs/NAME",
        ["$dynamicRef"] = "refer to #/$defs/NAME with $ref",
        ["$dynamicAnchor"] = "refer to #/$defs/NAME with $ref",
        ["$vocabulary"] = "the vocabulary is fixed",
        ["contentEncoding"] = "nothing would check it",
        ["contentMediaType"] = "nothing would check it",
        ["contentSchema"] = "nothing would check it",
    };
}
