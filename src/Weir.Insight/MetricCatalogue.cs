using Weir.Insight.Compile;
using Weir.Insight.Definitions;
using Weir.Insight.Reading;
using Weir.Models;

namespace Weir.Insight;

/// <summary>The metrics of a project, read and checked. They are dbt's <c>semantic_models</c> and <c>metrics</c>; what is not supported is refused by name.</summary>
public sealed class MetricCatalogue
{
    private MetricCatalogue(Library library)
    {
        Library = library;
        Metrics = [.. library.Metrics.Values.Select(library.Describe).OrderBy(m => m.Name, StringComparer.Ordinal)];
    }

    /// <summary>All metrics, by name.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    internal Library Library { get; }

    /// <summary>Reads the metrics of a project.</summary>
    /// <param name="project">The project.</param>
    /// <exception cref="WeirException">WEIR7080 to WEIR7084, WEIR7088: all that is wrong, each with file and line.</exception>
    public static MetricCatalogue Load(ModelProject project)
    {
        var mistakes = new List<ModelProblem>();
        var (models, metrics) = (new SemanticModelReader(project, mistakes), new MetricReader(mistakes));
        var semantic = project.Sections.Where(s => s.Kind == SchemaSection.SemanticModels).Select(models.Read).OfType<SemanticModel>().ToList();
        var created = project.Sections.Where(s => s.Kind == SchemaSection.SemanticModels && !MetricReader.IsOff(s.Item)).SelectMany(s => s.Item.List("measures").OfType<Models.Yaml.YamlMap>())
            .Where(m => m.Find("create_metric")?.Value is Models.Yaml.YamlScalar { Value: true }).Select(m => m.Text("name")).ToHashSet();
        var declared = project.Sections.Where(s => s.Kind == SchemaSection.Metrics).Select(metrics.Read).OfType<MetricDefinition>().ToList();
        declared.AddRange(semantic.SelectMany(m => m.Measures).Where(m => created.Contains(m.Name)).Select(MetricReader.Of));
        var library = Library.Of(semantic, declared, mistakes);
        project.ThrowIfAny(mistakes);
        return new MetricCatalogue(library);
    }

    /// <summary>A metric by name.</summary>
    /// <exception cref="WeirException">WEIR7085: there is none of that name.</exception>
    public Metric Find(string name) => Metrics.FirstOrDefault(m => m.Name == name) ?? throw new WeirException(
        "WEIR7085", $"There is no metric '{name}'{(Spelling.Nearest(name, Metrics.Select(m => m.Name)) is { } near ? $"; did you mean '{near}'?" : ".")} `weir metrics list` shows all {Metrics.Count}.");

    /// <summary>A query as SQL.</summary>
    /// <param name="query">What is asked.</param>
    /// <exception cref="WeirException">WEIR7084: a condition cannot be read. WEIR7085: a metric or dimension is not there. WEIR7086: a grain or range cannot be had.</exception>
    public MetricSql Compile(MetricQuery query) => new QueryCompiler(Library, query).Compile();

    /// <summary>The SELECT that tells from when to when a metric's tables have rows: two columns, wall clock of the zone. Of several tables it is the time that all have.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="timeZone">The business's IANA time zone.</param>
    /// <exception cref="WeirException">WEIR7085: there is none of that name.</exception>
    public string CompileExtent(string metric, string timeZone) => ExtentSql.Compile(Library, Library.Metrics[Find(metric).Name], timeZone);
}
