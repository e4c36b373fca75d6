using Weir.Insight.Definitions;
using Weir.Insight.Filters;

namespace Weir.Insight.Compile;

/// <summary>Makes one SELECT of a query. Each metric is a step with the keys and its value; steps with the same keys are then put side by side.</summary>
internal sealed class QueryCompiler(Library library, MetricQuery query)
{
    private readonly Steps steps = new();

    public MetricSql Compile()
    {
        if (query.Metrics.Count == 0) throw new WeirException("WEIR7085", "A query names at least one metric; `weir metrics list` shows them.");
        var metrics = query.Metrics.Distinct().Select(Find).ToList();
        var scope = Read(metrics);
        var columns = new List<(string Step, string Name, int? Fill)>();
        foreach (var metric in metrics)
        {
            columns.Add((Compile(metric, scope), metric.Name, FillOf(metric)));
            if (query.Before is { } before) columns.Add((Compile(metric, scope.Later(before)), $"{metric.Name}__previous", FillOf(metric)));
        }
        var keys = scope.Columns;
        var shown = keys.Select(k => k == Scope.Quote(Scope.TimeColumn) && scope.Time >= Grain.Day ? $"{k}::date as {k}" : k).Concat(columns.Select(c => Scope.Quote(c.Name)));
        // Over time in its order; otherwise the greatest first.
        var order = keys.Count == 0 ? "" : "\norder by " + string.Join(", ", scope.Time is not null ? keys : [$"{Scope.Quote(columns[0].Name)} desc nulls last", .. keys]);
        var limit = query.Limit is { } most ? $"\nlimit {most}" : "";
        var side = Beside(columns, keys, "together");
        return new MetricSql(
            $"{steps.Sql}\nselect {string.Join(", ", shown)}\nfrom {side}{order}{limit}",
            [.. (scope.Time is null ? [] : new[] { Scope.TimeColumn }).Concat(scope.Keys.Select(Scope.ColumnOf)).Concat(columns.Select(c => c.Name))],
            [.. metrics.SelectMany(m => library.Measures(m)).Select(m => m.Model.Table).Distinct()]);
    }

    private MetricDefinition Find(string name) => library.Metrics.GetValueOrDefault(name) ?? throw new WeirException(
        "WEIR7085", $"There is no metric '{name}'.{(Spelling.Nearest(name, library.Metrics.Keys) is { } near ? $" Did you mean '{near}'?" : "")} `weir metrics list` shows all {library.Metrics.Count}.");

    private Scope Read(List<MetricDefinition> metrics)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(query.TimeZone, out _)) throw new WeirException("WEIR7086", $"'{query.TimeZone}' is no time zone. Write an IANA name, for example Europe/Berlin.");
        if (query is { From: { } from, To: { } to } && from >= to) throw new WeirException("WEIR7086", $"The range from {from:yyyy-MM-dd HH:mm} to {to:yyyy-MM-dd HH:mm} holds no time. Its end is the first moment after it.");
        var (time, keys) = (query.Grain, new List<FilterName>());
        var finest = metrics.Max(m => library.Describe(m).Grain);
        foreach (var by in query.By.Distinct())
        {
            if (by == Scope.TimeColumn) time ??= finest > Grain.Day ? finest : Grain.Day;
            else if (by.StartsWith(Scope.TimeColumn + "__", StringComparison.Ordinal))
                time = Grains.Find(by[(Scope.TimeColumn.Length + 2)..]) ?? throw new WeirException("WEIR7086", $"'{by}' names no grain; allowed: {string.Join(", ", Grains.Names)}.");
            else keys.Add(new FilterName(by, null, false));
        }
        if (metrics.Find(m => library.Describe(m).Grain > time) is { } coarse)
            throw new WeirException("WEIR7086", $"The metric '{coarse.Name}' is of {library.Describe(coarse).Grain.Name()}s, and cannot be cut into {time!.Value.Name()}s. Ask for --grain {library.Describe(coarse).Grain.Name()} or a coarser one.");
        return new Scope(keys, time, query.From, query.To, query.TimeZone).With(query.Where);
    }

    private string Compile(MetricDefinition metric, Scope scope)
    {
        scope = scope.With(metric.Filters);
        switch (metric.Kind)
        {
            case SimpleKind simple:
                return SimpleSql.Compile(library, simple.Measure, metric.Name, scope, steps);
            case CumulativeKind cumulative:
                return CumulativeSql.Compile(library, cumulative, metric.Name, scope, steps);
            case ConversionKind conversion:
                return ConversionSql.Compile(library, conversion, metric.Name, scope, steps);
            case RatioKind ratio:
                var parts = Inputs([ratio.Numerator with { Alias = "numerator" }, ratio.Denominator with { Alias = "denominator" }], metric, scope);
                return Expression(metric, scope, parts, "\"numerator\"::double / nullif(\"denominator\", 0)::double");
            case DerivedKind derived:
                return Expression(metric, scope, Inputs(derived.Inputs, metric, scope), derived.Expr);
            default:
                throw new InvalidOperationException($"No metric is a {metric.Kind.GetType().Name}.");
        }
    }

    private string Inputs(IReadOnlyList<MetricInput> inputs, MetricDefinition metric, Scope scope)
    {
        var columns = inputs.Select(input =>
        {
            var of = library.Metrics[input.Name];
            return (Compile(of, scope.With(input.Filters).Later(input.Offset)), input.Alias, FillOf(of));
        }).ToList();
        return Beside(columns, scope.Columns, $"{metric.Name}_from");
    }

    private string Expression(MetricDefinition metric, Scope scope, string from, string expression) =>
        steps.Add(metric.Name, $"select {string.Concat(scope.Columns.Select(k => k + ", "))}({expression}) as \"value\"\n  from {from}");

    // A full join by keys that may be null: all rows under each other, then one for each key.
    private string Beside(IReadOnlyList<(string Step, string Name, int? Fill)> columns, IReadOnlyList<string> keys, string name)
    {
        string Filled(string value, int? fill) => fill is { } number ? $"coalesce({value}, {number})" : value;
        var prefix = string.Concat(keys.Select(k => k + ", "));
        if (columns is [var only]) return steps.Add(name, $"select {prefix}{Filled("\"value\"", only.Fill)} as {Scope.Quote(only.Name)}\n  from {only.Step}");
        var rows = columns.Select((c, i) => $"select {prefix}{string.Join(", ", columns.Select((other, j) => $"{(i == j ? "\"value\"" : "null")} as {Scope.Quote(other.Name)}"))} from {c.Step}");
        return steps.Add(name, $"select {prefix}{string.Join(", ", columns.Select(c => $"{Filled($"any_value({Scope.Quote(c.Name)})", c.Fill)} as {Scope.Quote(c.Name)}"))}\n  from (\n    {string.Join("\n    union all\n    ", rows)}\n  )\n  group by all");
    }

    private static int? FillOf(MetricDefinition metric) => metric.Kind is SimpleKind { Measure.Fill: { } fill } ? fill : null;
}
