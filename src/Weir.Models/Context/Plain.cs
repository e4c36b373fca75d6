using Weir.Models.Jinja;
using Weir.Models.Yaml;

namespace Weir.Models.Context;

/// <summary>Turns what templates give into what settings hold: null, bool, long, double, DateOnly, string, List, Dictionary by text.</summary>
internal static class Plain
{
    public static object? From(object? value) => value switch
    {
        Undefined undefined => throw undefined.Fail(),
        JinjaDict map => map.ToDictionary(pair => pair.Key?.ToString() ?? "", pair => From(pair.Value)),
        JinjaTuple tuple => tuple.Select(From).ToList(),
        List<object?> list => list.Select(From).ToList(),
        _ => value,
    };

    /// <summary>A YAML value with its texts rendered as dbt does: natively, so that <c>{{ 1 }}</c> stays a number.</summary>
    public static object? Render(YamlValue value, string file, Scope scope) => value switch
    {
        YamlScalar { Value: string text } when text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal) =>
            From(Template.Parse(text, file, value.Line).RenderNative(scope)),
        YamlList list => list.Items.Select(item => Render(item, file, scope)).ToList(),
        YamlMap map => map.Entries.ToDictionary(entry => entry.Key, entry => Render(entry.Value, file, scope)),
        _ => value.ToObject(),
    };
}
