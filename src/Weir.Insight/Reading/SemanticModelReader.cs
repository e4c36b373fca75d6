using System.Text.RegularExpressions;
using Weir.Insight.Definitions;
using Weir.Models;
using Weir.Models.Yaml;

namespace Weir.Insight.Reading;

/// <summary>Reads dbt's <c>semantic_models</c>.</summary>
internal sealed partial class SemanticModelReader(ModelProject project, List<ModelProblem> mistakes)
{
    private static readonly Dictionary<string, bool?> EntityTypes = new() { ["primary"] = true, ["unique"] = true, ["foreign"] = false, ["natural"] = null };

    private static readonly Dictionary<string, Aggregation> Aggregations = new()
    {
        ["sum"] = Aggregation.Sum, ["min"] = Aggregation.Min, ["max"] = Aggregation.Max, ["count"] = Aggregation.Count, ["count_distinct"] = Aggregation.CountDistinct,
        ["sum_boolean"] = Aggregation.SumBoolean, ["average"] = Aggregation.Average, ["median"] = Aggregation.Median, ["percentile"] = Aggregation.Percentile,
    };

    /// <summary>The model; null when it is switched off or stands on nothing.</summary>
    public SemanticModel? Read(SchemaSection section)
    {
        var fields = new Fields(
            section.Item, section.File, "semantic model", mistakes, ["name", "model", "description", "label", "config", "defaults", "entities", "measures", "dimensions", "primary_entity"]);
        if (MetricReader.IsOff(section.Item)) return null;
        var name = fields.Required("name");
        var entities = fields.Maps("entities").Select(item => ReadEntity(item, section.File)).OfType<Entity>().ToList();
        var defaultTime = fields.Map("defaults", "semantic model's defaults", ["agg_time_dimension"])?.Text("agg_time_dimension");
        var dimensions = fields.Maps("dimensions").Select(item => ReadDimension(item, section.File)).OfType<Dimension>().ToList();
        var measures = fields.Maps("measures").Select(item => ReadMeasure(item, section.File, name, defaultTime, dimensions)).OfType<Measure>().ToList();
        var primary = fields.Text("primary_entity") ?? entities.FirstOrDefault(e => IsPrimary(section.Item, e.Name))?.Name;
        if (primary is null && dimensions.Count > 0)
            fields.Add("WEIR7080", section.Item.Line, $"the semantic model '{name}' has dimensions and no primary entity to name them after: give an entity `type: primary`, or `primary_entity: {name}`.");
        if (Node(fields, name) is not { } node) return null;
        StandsOnNoEvents(node, name, fields.At("model"));
        return new SemanticModel(name, $"\"{node.Schema}\".\"{node.Alias}\"", node.Relation!, fields.Here)
        {
            Entities = entities, Dimensions = dimensions, Measures = measures, PrimaryEntity = primary,
        };
    }

    private ModelNode? Node(Fields fields, string name)
    {
        var text = fields.Required("model");
        if (text.Length == 0) return null;
        var match = Ref().Match(text);
        if (!match.Success)
        {
            fields.Wrong("model", $"is '{text}', and must be `ref('…')`");
            return null;
        }
        var wanted = match.Groups["name"].Value;
        var models = project.Nodes.Where(n => n.ResourceType is "model" or "seed" or "snapshot").ToList();
        if (models.FirstOrDefault(n => n.Name == wanted) is not { } node)
        {
            var near = Spelling.Nearest(wanted, models.Select(n => n.Name)) is { } found ? $" Did you mean '{found}'?" : "";
            fields.Add("WEIR7082", fields.At("model").Line, $"the semantic model '{name}' stands on '{wanted}', and there is no such model.{near}");
            return null;
        }
        if (node.Relation is not null) return node;
        fields.Add("WEIR7082", fields.At("model").Line, $"the semantic model '{name}' stands on '{wanted}', which is ephemeral: there is no table to read. Materialise it.");
        return null;
    }

    // Metrics are asked by every tile of every reader; events are read once, by the models.
    private void StandsOnNoEvents(ModelNode node, string name, Place at)
    {
        var nodes = project.Nodes.ToDictionary(n => n.UniqueId);
        bool IsEvents(ModelNode n) => n is { Name: "events", ResourceType: "model" } or { ResourceType: "source", Schema: "lake", Alias: "events" }
            || (n.Materialized is "view" or "ephemeral" && n.DependsOn.Any(id => nodes.TryGetValue(id, out var parent) && IsEvents(parent)));
        if (IsEvents(node))
            mistakes.Add(at.Problem("WEIR7088", $"the semantic model '{name}' stands on {node.Name}, which has a row for each event. Metrics read marts: a row a day and a few dimensions, or a row a customer and day where customers are counted."));
    }

    private static bool IsPrimary(YamlMap model, string entity) =>
        model.List("entities").OfType<YamlMap>().Any(e => e.Text("name") == entity && string.Equals(e.Text("type"), "primary", StringComparison.OrdinalIgnoreCase));

    private Entity? ReadEntity(YamlMap item, string file)
    {
        var fields = new Fields(item, file, "entity", mistakes, ["name", "type", "description", "label", "expr", "config"], "role");
        var name = fields.Required("name");
        var type = fields.Required("type").Length == 0 ? null : fields.OneOf("type", EntityTypes.Where(t => t.Value is not null).ToDictionary(t => t.Key, t => t.Value!.Value).Append(new("natural", false)).ToDictionary());
        if (fields.Text("type") is { } text && text.Equals("natural", StringComparison.OrdinalIgnoreCase)) fields.Refuse("type", "the entity type 'natural'");
        return name.Length == 0 ? null : new Entity(name, type == true, fields.Text("expr") ?? Quote(name));
    }

    private Dimension? ReadDimension(YamlMap item, string file)
    {
        var fields = new Fields(item, file, "dimension", mistakes, ["name", "type", "description", "label", "expr", "type_params", "config", "is_partition"]);
        var name = fields.Required("name");
        var isTime = fields.Required("type").Length > 0 && fields.OneOf("type", new Dictionary<string, bool> { ["categorical"] = false, ["time"] = true }) == true;
        var grain = Grain.Day;
        var parameters = fields.Map("type_params", "dimension's type_params", ["time_granularity"], "validity_params");
        if (Grains.Find(name) is not null) fields.Add("WEIR7080", item.Line, $"the dimension '{name}' is called as a grain is, which dbt reserves. Call it otherwise: `{{name: date, expr: {name}}}`.");
        if (isTime && parameters is null) fields.Add("WEIR7080", item.Line, $"the time dimension '{name}' does not say how fine it is: `type_params: {{time_granularity: day}}`.");
        if (parameters?.Text("time_granularity") is { } text)
        {
            if (Grains.Find(text.ToLowerInvariant()) is { } found) grain = found;
            else if (text.ToLowerInvariant() is "nanosecond" or "microsecond" or "millisecond" or "second" or "minute") parameters.Refuse("time_granularity", $"the granularity '{text}'");
            else parameters.Wrong("time_granularity", $"is '{text}'; allowed: {string.Join(", ", Grains.Names)}");
        }
        return name.Length == 0 ? null
            : new Dimension(name, isTime, grain, fields.Text("expr") ?? Quote(name), fields.Text("label") ?? MetricReader.Words(name), fields.Text("description") ?? "");
    }

    private Measure? ReadMeasure(YamlMap item, string file, string model, string? defaultTime, List<Dimension> dimensions)
    {
        var fields = new Fields(
            item, file, "measure", mistakes, ["name", "agg", "description", "label", "expr", "agg_params", "agg_time_dimension", "create_metric", "config"], "non_additive_dimension");
        var name = fields.Required("name");
        var aggregation = fields.Required("agg").Length == 0 ? null : fields.OneOf("agg", Aggregations);
        var parameters = fields.Map("agg_params", "measure's agg_params", ["percentile", "use_discrete_percentile"], "use_approximate_percentile");
        var percentile = parameters?.Number("percentile");
        if (aggregation == Aggregation.Percentile && percentile is not (>= 0 and <= 1))
            fields.Add("WEIR7080", item.Line, $"the measure '{name}' is a percentile and does not say which: `agg_params: {{percentile: 0.95}}`.");
        var time = fields.Text("agg_time_dimension") ?? defaultTime;
        if (time is null)
            fields.Add("WEIR7080", item.Line, $"the measure '{name}' has no time: `agg_time_dimension: …` here, or in the defaults of the semantic model '{model}'.");
        else if (!dimensions.Exists(d => d.Name == time && d.IsTime))
            fields.Add("WEIR7082", fields.At("agg_time_dimension").Line, $"the measure '{name}' is timed by '{time}', which is no time dimension of the semantic model '{model}'.");
        return name.Length == 0 || aggregation is not { } kind || time is null ? null
            : new Measure(
                name, kind, fields.Text("expr") ?? Quote(name), time, percentile ?? 0.5, parameters?.Flag("use_discrete_percentile", false) == true,
                fields.Text("label") ?? MetricReader.Words(name), fields.Text("description") ?? "", fields.Here);
    }

    private static string Quote(string name) => $"\"{name}\"";

    [GeneratedRegex(@"^\s*(?:\{\{)?\s*ref\(\s*(?:(['""])\w+\1\s*,\s*)?(['""])(?<name>\w+)\2\s*\)\s*(?:\}\})?\s*$")]
    private static partial Regex Ref();
}
