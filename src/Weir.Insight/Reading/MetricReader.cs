using Weir.Insight.Definitions;
using Weir.Models;
using Weir.Models.Yaml;

namespace Weir.Insight.Reading;

/// <summary>Reads dbt's <c>metrics</c>.</summary>
internal sealed class MetricReader(List<ModelProblem> mistakes)
{
    private static readonly string[] Types = ["simple", "ratio", "derived", "cumulative", "conversion"];

    private static readonly Dictionary<string, MetricFormat> Formats = Enum.GetValues<MetricFormat>().ToDictionary(f => f.ToString().ToLowerInvariant());
    private static readonly Dictionary<string, MetricGood> Goods = Enum.GetValues<MetricGood>().ToDictionary(g => g.ToString().ToLowerInvariant());

    /// <summary>The metric; null when it is switched off, or cannot be understood.</summary>
    public MetricDefinition? Read(SchemaSection section)
    {
        var fields = new Fields(section.Item, section.File, "metric", mistakes, ["name", "label", "description", "type", "type_params", "filter", "config", "meta", "tags"], "time_granularity");
        if (IsOff(section.Item)) return null;
        var name = fields.Required("name");
        var label = fields.Required("label");
        var type = fields.Required("type").ToLowerInvariant();
        if (type.Length > 0 && !Types.Contains(type)) fields.Wrong("type", $"is '{type}'; allowed: {string.Join(", ", Types)}");
        if (!fields.Has("type_params")) fields.Required("type_params");
        var kind = new KindReader(mistakes).Read(fields, type);
        if (name.Length == 0 || kind is null) return null;
        var shown = Presentation(section, new Metric { Name = name, Label = label, Type = type, Description = fields.Text("description") ?? "", File = section.File, Line = section.Item.Line });
        return new MetricDefinition(shown, kind) { Filters = fields.Texts("filter") };
    }

    /// <summary>A metric that a measure makes of itself (<c>create_metric: true</c>).</summary>
    public static MetricDefinition Of(Measure measure) => new(
        new Metric { Name = measure.Name, Label = measure.Label, Description = measure.Description, Type = "simple", File = measure.At.File, Line = measure.At.Line },
        new SimpleKind(new MeasureInput(measure.Name, [], null, false, measure.At)));

    public static bool IsOff(YamlMap item) => item.Map("config")?.Find("enabled")?.Value is YamlScalar { Value: false };

    /// <summary>A name as people would say it: <c>average_order_value</c> is <c>Average order value</c>.</summary>
    public static string Words(string name) => name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name[1..].Replace('_', ' ');

    // Only presentation is Weir's own; dbt keeps it as it is.
    private Metric Presentation(SchemaSection section, Metric metric)
    {
        foreach (var meta in new[] { section.Item.Map("meta"), section.Item.Map("config")?.Map("meta") }.OfType<YamlMap>())
        {
            foreach (var entry in meta.Entries.Where(e => e.Key.StartsWith("weir_", StringComparison.Ordinal)))
            {
                var text = (entry.Value as YamlScalar)?.Text ?? "";
                metric = entry.Key switch
                {
                    "weir_format" when Formats.TryGetValue(text, out var format) => metric with { Format = format },
                    "weir_good" when Goods.TryGetValue(text, out var good) => metric with { Good = good },
                    "weir_owner" when text.Length > 0 => metric with { Owner = text },
                    _ => Wrong(section, entry, text, metric),
                };
            }
        }
        return metric;
    }

    private Metric Wrong(SchemaSection section, YamlEntry entry, string text, Metric metric)
    {
        string[] known = ["weir_format", "weir_good", "weir_owner"];
        var what = entry.Key switch
        {
            "weir_format" => $"'weir_format' is '{text}'; allowed: {string.Join(", ", Formats.Keys)}.",
            "weir_good" => $"'weir_good' is '{text}'; allowed: {string.Join(", ", Goods.Keys)}.",
            "weir_owner" => "'weir_owner' must be a text.",
            _ => $"'{entry.Key}' is not known; of Weir's own there are {string.Join(", ", known)}.",
        };
        mistakes.Add(new ModelProblem("WEIR7080", section.File, entry.Line, what));
        return metric;
    }
}
