using Weir.Insight.Definitions;
using Weir.Models;
using Weir.Models.Yaml;

namespace Weir.Insight.Reading;

/// <summary>Reads a metric's <c>type_params</c>: what stands there hangs on its type.</summary>
internal sealed class KindReader(List<ModelProblem> mistakes)
{
    private static readonly Dictionary<string, Grain> GrainNames = Enum.GetValues<Grain>().ToDictionary(g => g.Name());

    public MetricKind? Read(Fields metric, string type) => type switch
    {
        "simple" when Parameters(metric, type, "measure") is { } p => Measure(p, "measure") is { } measure ? new SimpleKind(measure) : null,
        "ratio" when Parameters(metric, type, "numerator", "denominator") is { } p => ReadRatio(p),
        "derived" when Parameters(metric, type, "expr", "metrics") is { } p => ReadDerived(p),
        "cumulative" when Parameters(metric, type, "measure", "window", "grain_to_date", "cumulative_type_params") is { } p => ReadCumulative(p),
        "conversion" when Parameters(metric, type, "conversion_type_params") is { } p => ReadConversion(p),
        _ => null,
    };

    private static Fields? Parameters(Fields metric, string type, params string[] keys) => metric.Map("type_params", $"{type} metric's type_params", keys);

    private RatioKind? ReadRatio(Fields p)
    {
        var (numerator, denominator) = (Metric(p, "numerator", p.Value("numerator")), Metric(p, "denominator", p.Value("denominator")));
        foreach (var key in new[] { "numerator", "denominator" }.Where(key => !p.Has(key))) p.Required(key);
        return numerator is null || denominator is null ? null : new RatioKind(numerator, denominator);
    }

    private DerivedKind? ReadDerived(Fields p)
    {
        var expr = p.Required("expr");
        var inputs = p.Value("metrics") is YamlList list ? list.Items.Select(item => Metric(p, "metrics", item)).OfType<MetricInput>().ToList() : [];
        if (inputs.Count == 0) p.Wrong("metrics", "must be a list of metrics");
        foreach (var twice in inputs.GroupBy(i => i.Alias).Where(g => g.Count() > 1))
            p.Add("WEIR7083", twice.Last().At.Line, $"two metrics are called '{twice.Key}' here. Give one of them an alias: `{{name: {twice.First().Name}, alias: …}}`.");
        return expr.Length == 0 || inputs.Count == 0 ? null : new DerivedKind(expr, inputs);
    }

    private CumulativeKind? ReadCumulative(Fields p)
    {
        var inner = p.Map("cumulative_type_params", "metric's cumulative_type_params", ["window", "grain_to_date", "period_agg"]);
        var window = Windows.Read(p, "window") ?? (inner is null ? null : Windows.Read(inner, "window"));
        var toDate = p.OneOf("grain_to_date", GrainNames) ?? inner?.OneOf("grain_to_date", GrainNames);
        if (window is not null && toDate is not null) p.Add("WEIR7080", p.Here.Line, "a cumulative metric has a 'window' or a 'grain_to_date', and not both.");
        var period = inner?.OneOf("period_agg", new Dictionary<string, PeriodValue> { ["first"] = PeriodValue.First, ["last"] = PeriodValue.Last, ["average"] = PeriodValue.Average });
        return Measure(p, "measure") is { } measure ? new CumulativeKind(measure, window, toDate, period ?? PeriodValue.First) : null;
    }

    private ConversionKind? ReadConversion(Fields p)
    {
        var inner = p.Map("conversion_type_params", "metric's conversion_type_params", ["base_measure", "conversion_measure", "entity", "calculation", "window"], "constant_properties");
        if (inner is null)
        {
            if (!p.Has("conversion_type_params")) p.Required("conversion_type_params");
            return null;
        }
        var isRate = inner.OneOf("calculation", new Dictionary<string, bool> { ["conversion_rate"] = true, ["conversions"] = false }) ?? true;
        var (bases, conversions, entity) = (Measure(inner, "base_measure"), Measure(inner, "conversion_measure"), inner.Required("entity"));
        return bases is null || conversions is null ? null : new ConversionKind(bases, conversions, entity, Windows.Read(inner, "window"), isRate);
    }

    private MeasureInput? Measure(Fields owner, string key)
    {
        switch (owner.Value(key))
        {
            case YamlScalar name:
                return new MeasureInput(name.Text, [], null, false, owner.At(key));
            case YamlMap map:
                var fields = new Fields(map, owner.File, "measure of a metric", mistakes, ["name", "filter", "alias", "join_to_timespine", "fill_nulls_with"]);
                return new MeasureInput(fields.Required("name"), fields.Texts("filter"), (int?)fields.Number("fill_nulls_with"), fields.Flag("join_to_timespine", false), fields.Here);
            default:
                owner.Required(key);
                return null;
        }
    }

    private MetricInput? Metric(Fields owner, string key, YamlValue? value)
    {
        switch (value)
        {
            case YamlScalar name:
                return new MetricInput(name.Text, name.Text, [], null, new Place(owner.File, name.Line));
            case YamlMap map:
                var fields = new Fields(map, owner.File, "metric of a metric", mistakes, ["name", "filter", "alias", "offset_window"], "offset_to_grain");
                return new MetricInput(fields.Required("name"), fields.Text("alias") ?? fields.Text("name") ?? "", fields.Texts("filter"), Windows.Read(fields, "offset_window"), fields.Here);
            default:
                if (value is not null) owner.Wrong(key, "must be a name, or a mapping with a name");
                return null;
        }
    }
}
