using Weir.Insight.Definitions;

namespace Weir.Insight.Compile;

/// <summary>A measure over all rows up to each day: of a window, since the beginning of a bucket, or ever.</summary>
internal static class CumulativeSql
{
    public static string Compile(Library library, CumulativeKind kind, string metric, Scope scope, Steps steps)
    {
        var (model, measure) = library.Measure(kind.Measure.Name);
        scope = scope.With(kind.Measure.Filters);
        var finest = model.Dimension(measure.TimeDimension)!.Grain;
        var step = scope.Time == Grain.Hour ? Grain.Hour : finest > Grain.Day ? finest : Grain.Day;
        if (kind.Window is { } window && window.Grain < step)
            throw new WeirException("WEIR7086", $"The metric '{metric}' looks back {window.Count} {window.Grain.Name()}s, and '{measure.Name}' is a measure of {step.Name()}s. Ask for its {window.Grain.Name()}s, or declare a longer window.");
        var rows = Rows(library, model, measure, kind, metric, scope, step, steps);
        var aggregate = Aggregates.OfParts(measure, "rows.\"_value\"") ?? Aggregates.Of(measure, "rows.\"_value\"");
        var since = kind.Window is { } back ? $" and rows.t > spine.t - {back.Sql}" : kind.ToDate is { } bucket ? $" and rows.t >= {SourceSql.Truncate(bucket, "spine.t")}" : "";
        var dimensions = scope.DimensionColumns;
        var each = steps.Add($"{metric}_each_{step.Name()}", $"""
            select spine.t, {string.Concat(dimensions.Select(d => $"rows.{d}, "))}{aggregate} as "value"
              from ({Spine(rows, step, scope)}) as spine
              join {rows} as rows on rows.t <= spine.t{since}
              group by all
            """);
        var period = kind.Period switch { PeriodValue.First => "arg_min(\"value\", t)", PeriodValue.Last => "arg_max(\"value\", t)", _ => "avg(\"value\")" };
        var keys = scope.Time is { } grain ? [$"{SourceSql.Truncate(grain, "t")} as \"{Scope.TimeColumn}\"", .. dimensions] : dimensions;
        return steps.Add(metric, $"select {string.Concat(keys.Select(k => k + ", "))}{period} as \"value\"\n  from {each}\n  group by all");
    }

    // What can be added up is, first: a window then meets a row a day, and not every row.
    private static string Rows(Library library, SemanticModel model, Measure measure, CumulativeKind kind, string metric, Scope scope, Grain step, Steps steps)
    {
        var source = new SourceSql(library, model, metric, scope);
        var value = source.Own("_value", measure.Expr);
        var time = scope.Shifted(source.Time(measure));
        var keys = string.Concat(scope.Keys.Select(key => $"{source.Column(key, measure)} as {Scope.Quote(Scope.ColumnOf(key))}, "));
        var from = scope.From is not { } first ? null
            : kind.Window is { } window ? window.Grain.Add(first, -window.Count)
            : kind.ToDate is { } bucket ? bucket.Floor(first) : (DateTime?)null;
        var where = source.Where(measure, scope.Filters, time, from, scope.To);
        var isAdded = Aggregates.OfParts(measure, "") is not null;
        return steps.Add($"{metric}_rows", $"select {SourceSql.Truncate(step, time)} as t, {keys}{(isAdded ? Aggregates.Of(measure, value) : value)} as \"_value\"\n  from {source.From()}{where}{(isAdded ? "\n  group by all" : "")}");
    }

    // Without time among the keys the value is that of the last day.
    private static string Spine(string rows, Grain step, Scope scope)
    {
        var last = scope.To is { } to ? Scope.Literal(step.Floor(to.AddTicks(-1))) : $"(select max(t) from {rows})";
        if (scope.Time is null) return $"select {last} as t";
        var first = scope.From is { } from ? Scope.Literal(step.Floor(from)) : $"(select min(t) from {rows})";
        return $"select unnest(generate_series({first}, {last}, interval '1 {step.Name()}')) as t";
    }
}
