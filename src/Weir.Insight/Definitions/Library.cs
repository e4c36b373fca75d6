using Weir.Insight.Filters;
using Weir.Models;

namespace Weir.Insight.Definitions;

/// <summary>All semantic models and metrics, by name, and their references checked.</summary>
internal sealed class Library
{
    private readonly Dictionary<string, (SemanticModel Model, Measure Measure)> measures = [];

    public List<SemanticModel> Models { get; } = [];

    public Dictionary<string, MetricDefinition> Metrics { get; } = [];

    public (SemanticModel Model, Measure Measure) Measure(string name) => measures[name];

    public static Library Of(IReadOnlyList<SemanticModel> models, IReadOnlyList<MetricDefinition> metrics, List<ModelProblem> mistakes)
    {
        var library = new Library();
        void Twice(string kind, string name, Place at, Place first) =>
            mistakes.Add(at.Problem("WEIR7083", $"the {kind} '{name}' is declared in {first} too. Give one of the two another name."));
        foreach (var model in models)
        {
            if (library.Models.Find(m => m.Name == model.Name) is { } first) Twice("semantic model", model.Name, model.At, first.At);
            library.Models.Add(model);
            foreach (var measure in model.Measures)
                if (!library.measures.TryAdd(measure.Name, (model, measure))) Twice("measure", measure.Name, measure.At, library.measures[measure.Name].Measure.At);
        }
        foreach (var metric in metrics)
            if (!library.Metrics.TryAdd(metric.Name, metric)) Twice("metric", metric.Name, metric.At, library.Metrics[metric.Name].At);
        foreach (var metric in metrics) library.Check(metric, mistakes);
        if (mistakes.Count == 0)
            foreach (var metric in metrics.Where(m => library.IsCircle(m, []))) mistakes.Add(metric.At.Problem("WEIR7082", $"the metric '{metric.Name}' is computed from itself."));
        return library;
    }

    /// <summary>What a metric reads and can be split by: the dimensions that all its measures have.</summary>
    public Metric Describe(MetricDefinition metric)
    {
        var sources = Measures(metric).DistinctBy(m => m.Measure.Name).ToList();
        var lists = sources.Select(s => Reachable(s.Model).ToList()).ToList();
        return metric.Shown with
        {
            Relations = [.. sources.Select(s => s.Model.Table).Distinct()],
            Grain = sources.Select(s => s.Model.Dimension(s.Measure.TimeDimension)!.Grain).DefaultIfEmpty(Grain.Day).Max(),
            IsAdditive = metric.Kind is SimpleKind && sources is [{ Measure.Aggregation: Aggregation.Sum or Aggregation.Count or Aggregation.SumBoolean }],
            Dimensions = lists.Count == 0 ? [] : [.. lists.Skip(1).Aggregate(lists[0], (both, next) => [.. both.Where(d => next.Exists(n => Bare(n.Name) == Bare(d.Name)))])],
        };
    }

    /// <summary>Everything a metric measures, through the metrics it is made of.</summary>
    public IEnumerable<(SemanticModel Model, Measure Measure)> Measures(MetricDefinition metric) =>
        metric.Kind.Measures.Select(m => measures[m.Name]).Concat(metric.Kind.Metrics.SelectMany(m => Measures(Metrics[m.Name])));

    /// <summary>The models that another may be joined with by an entity: those in which its value stands once.</summary>
    public IEnumerable<(Entity By, SemanticModel Model)> Joinable(SemanticModel from) =>
        from entity in @from.Entities
        from model in Models
        where model != @from && model.Entity(entity.Name) is { IsUnique: true }
        select (entity, model);

    public static string Bare(string dimension) => dimension[(dimension.LastIndexOf("__", StringComparison.Ordinal) is var i and >= 0 ? i + 2 : 0)..];

    private IEnumerable<MetricDimension> Reachable(SemanticModel model) =>
        model.Dimensions.Select(d => Shown(model.PrimaryEntity ?? "", d))
            .Concat(Joinable(model).SelectMany(j => j.Model.Dimensions.Select(d => Shown(j.By.Name, d)))).DistinctBy(d => d.Name);

    private static MetricDimension Shown(string entity, Dimension d) => new(entity.Length == 0 ? d.Name : $"{entity}__{d.Name}", d.Label, d.Description, d.IsTime);

    private void Check(MetricDefinition metric, List<ModelProblem> mistakes)
    {
        foreach (var input in metric.Kind.Measures.Where(m => m.Name.Length > 0 && !measures.ContainsKey(m.Name)))
            mistakes.Add(input.At.Problem("WEIR7082", $"the metric '{metric.Name}' measures '{input.Name}', and no semantic model has such a measure.{Near(input.Name, measures.Keys)}"));
        foreach (var input in metric.Kind.Metrics.Where(m => m.Name.Length > 0 && !Metrics.ContainsKey(m.Name)))
            mistakes.Add(input.At.Problem("WEIR7082", $"the metric '{metric.Name}' is made of '{input.Name}', and there is no such metric.{Near(input.Name, Metrics.Keys)}"));
        foreach (var filter in metric.Filters.Concat(metric.Kind.Measures.SelectMany(m => m.Filters)).Concat(metric.Kind.Metrics.SelectMany(m => m.Filters)))
            if (FilterText.Read(filter, out var wrong) is null) mistakes.Add(metric.At.Problem("WEIR7084", $"a filter of the metric '{metric.Name}' cannot be read: {wrong}"));
        if (metric.Kind is ConversionKind conversion && conversion.Measures.All(m => measures.ContainsKey(m.Name)))
            foreach (var (model, measure) in conversion.Measures.Select(m => measures[m.Name]).Where(m => m.Model.Entity(conversion.Entity) is null))
                mistakes.Add(metric.At.Problem("WEIR7082", $"the metric '{metric.Name}' converts by '{conversion.Entity}', which is no entity of the semantic model '{model.Name}' that '{measure.Name}' is measured in."));
    }

    private bool IsCircle(MetricDefinition metric, HashSet<string> above) =>
        !above.Add(metric.Name) || metric.Kind.Metrics.Any(m => Metrics.TryGetValue(m.Name, out var next) && IsCircle(next, [.. above]));

    private static string Near(string name, IEnumerable<string> names) => Spelling.Nearest(name, names) is { } near ? $" Did you mean '{near}'?" : "";
}
