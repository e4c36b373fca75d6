using System.Text.RegularExpressions;
using Weir.Land.Contracts.Reading;

namespace Weir.Land.Contracts.Schemas;

/// <summary>Reads the keywords about types, values, numbers and texts.</summary>
internal static class ValueRules
{
    private static readonly string[] Bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    private static readonly string[] Lengths = ["minLength", "maxLength"];

    public static IEnumerable<Rule> Of(SourceValue said)
    {
        if (said["type"] is { } type && Types(type) is { } types) yield return new TypeRule(types);
        if (said["enum"] is { } values)
        {
            if (values.IsArray && values.Items.Count > 0) yield return new EnumRule("enum", [.. values.Items.Select(i => i.Element)]);
            else values.Mistake("'enum' must be a list of values, at least one");
        }
        if (said["const"] is { } only) yield return new EnumRule("const", [only.Element]);
        foreach (var keyword in Bounds)
            if (said[keyword] is { } limit && BoundOf(keyword, limit) is { } bound) yield return new BoundRule(keyword, bound);
        if (said["multipleOf"] is { } factor && BoundOf("multipleOf", factor) is { } multiple)
        {
            if (multiple.Value > 0) yield return new MultipleRule(multiple);
            else factor.Mistake("'multipleOf' must be more than 0");
        }
        foreach (var keyword in Lengths)
            if (Count(said, keyword) is { } length) yield return new LengthRule(keyword, length);
        if (said["pattern"] is { AsText: var text } pattern && PatternOf(text, pattern) is { } regex) yield return new PatternRule(regex, text!);
        if (said["format"] is not { } format) yield break;
        if (format.AsText is { } name && Formats.All.TryGetValue(name, out var holds)) yield return new FormatRule(name, holds);
        else format.Mistake($"'format' must be one of {string.Join(", ", Formats.All.Keys)}, which are checked{(format.AsText is { } wrong && Spelling.Nearest(wrong, Formats.All.Keys) is { } near ? $"; did you mean '{near}'?" : "; others would not be, so write a pattern")}");
    }

    /// <summary>A count; a mistake if it is anything else.</summary>
    public static int? Count(SourceValue said, string keyword)
    {
        if (said[keyword] is not { } value) return null;
        if (value.AsCount is null) value.Mistake($"'{keyword}' must be a whole number, 0 or more");
        return value.AsCount;
    }

    /// <summary>A regular expression; a mistake if it cannot be matched in linear time.</summary>
    public static Regex? PatternOf(string? pattern, SourceValue at, string what = "pattern")
    {
        try
        {
            return EcmaPattern.Compile(pattern ?? throw new FormatException("must be a text"));
        }
        catch (FormatException e)
        {
            at.Mistake($"the {what} {e.Message}");
            return null;
        }
    }

    private static IReadOnlyList<string>? Types(SourceValue said)
    {
        var values = said.IsArray ? said.Items : [said];
        var wrong = values.FirstOrDefault(v => v.AsText is null || !TypeRule.Names.Contains(v.AsText));
        if (values.Count > 0 && wrong is null) return [.. values.Select(v => v.AsText!).Distinct()];
        (wrong ?? said).Mistake($"'type' must be one or a list of {string.Join(", ", TypeRule.Names)}{(wrong?.AsText is { } text && Spelling.Nearest(text, TypeRule.Names) is { } near ? $"; did you mean '{near}'?" : "")}");
        return null;
    }

    private static Bound? BoundOf(string keyword, SourceValue value)
    {
        if (value.AsNumber is null) value.Mistake($"'{keyword}' must be a number");
        else if (Bound.Of(value.Element) is { } bound) return bound;
        else value.Mistake($"'{keyword}' must be a number of at most 28 digits");
        return null;
    }
}
