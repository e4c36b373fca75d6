using Weir.Insight.Definitions;

namespace Weir.Insight.Compile;

/// <summary>A measure, aggregated by the keys.</summary>
internal static class SimpleSql
{
    public static string Compile(Library library, MeasureInput input, string metric, Scope scope, Steps steps)
    {
        var (model, measure) = library.Measure(input.Name);
        scope = scope.With(input.Filters);
        var source = new SourceSql(library, model, metric, scope);
        var value = Aggregates.Of(measure, source.Own("_value", measure.Expr));
        var isTimed = scope.Time is not null || scope.From is not null || scope.To is not null;
        var time = isTimed ? scope.Shifted(source.Time(measure)) : null;
        var keys = scope.Keys.Select(key => $"{source.Column(key, measure)} as {Scope.Quote(Scope.ColumnOf(key))}").ToList();
        if (scope.Time is { } grain) keys.Insert(0, $"{SourceSql.Truncate(grain, time!)} as \"{Scope.TimeColumn}\"");
        var where = source.Where(measure, scope.Filters, time, scope.From, scope.To);
        var sql = $"select {string.Concat(keys.Select(k => k + ", "))}{value} as \"value\"\n  from {source.From()}{where}\n  group by all";
        var step = steps.Add(metric, sql);
        return input.Spine && scope is { Time: { } bucket, Keys.Count: 0 } ? steps.Add($"{metric}_every_{bucket.Name()}", Spine(step, bucket, scope)) : step;
    }

    // Buckets without rows are there, too: between the ends of the range, or of what there is.
    private static string Spine(string step, Grain bucket, Scope scope)
    {
        var from = scope.From is { } f ? Scope.Literal(bucket.Floor(f)) : $"(select min(\"{Scope.TimeColumn}\") from {step})";
        var to = scope.To is { } t ? Scope.Literal(bucket.Floor(t.AddTicks(-1))) : $"(select max(\"{Scope.TimeColumn}\") from {step})";
        return $"""
            select spine.t as "{Scope.TimeColumn}", found."value"
              from (select unnest(generate_series({from}, {to}, interval '1 {bucket.Name()}')) as t) as spine
              left join {step} as found on found."{Scope.TimeColumn}" = spine.t
            """;
    }
}
