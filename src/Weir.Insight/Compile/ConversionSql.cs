using Weir.Insight.Definitions;

namespace Weir.Insight.Compile;

/// <summary>How many bases were followed by a conversion of the same entity in time. A conversion belongs to the last base before it, and takes that one's time and dimensions.</summary>
internal static class ConversionSql
{
    public static string Compile(Library library, ConversionKind kind, string metric, Scope scope, Steps steps)
    {
        var (baseRows, baseMeasure) = Rows(library, kind.Base, kind.Entity, metric, scope, true, steps);
        var (conversions, measure) = Rows(library, kind.Conversion, kind.Entity, metric, scope, false, steps);
        var within = kind.Window is { } window ? $" and base.t > done.t - {window.Sql}" : "";
        var keys = string.Concat(scope.Columns.Select(k => $"base.{k}, "));
        var matched = steps.Add($"{metric}_matched", $"""
            select {keys}done."_value"
              from {conversions} as done
              join {baseRows} as base on base.entity = done.entity and base.t <= done.t{within}
              qualify row_number() over (partition by done.id order by base.t desc, base.id desc) = 1
            """);
        var plain = string.Concat(scope.Columns.Select(k => k + ", "));
        var converted = $"select {plain}{Aggregates.Of(measure, "\"_value\"")} as \"value\" from {matched} group by all";
        if (!kind.IsRate) return steps.Add(metric, converted);
        var bases = $"select {plain}{Aggregates.Of(baseMeasure, "\"_value\"")} as \"value\" from {baseRows} group by all";
        var same = scope.Columns.Count == 0 ? "true" : string.Join(" and ", scope.Columns.Select(k => $"base.{k} is not distinct from done.{k}"));
        return steps.Add(metric, $"""
            select {keys}coalesce(done."value", 0)::double / nullif(base."value", 0)::double as "value"
              from ({bases}) as base
              left join ({converted}) as done on {same}
            """);
    }

    // Conversions are not cut at the end of the range: what began in it may be finished after it.
    private static (string Step, Measure Measure) Rows(Library library, MeasureInput input, string entity, string metric, Scope scope, bool isBase, Steps steps)
    {
        var (model, measure) = library.Measure(input.Name);
        var inner = isBase ? scope.With(input.Filters) : (scope with { Filters = [] }).With(input.Filters);
        var source = new SourceSql(library, model, metric, inner);
        var time = source.Time(measure);
        var value = source.Own("_value", measure.Expr);
        var by = source.Own("_by_" + entity, model.Entity(entity)!.Expr);
        var keys = "";
        if (isBase)
        {
            keys = string.Concat(scope.Keys.Select(key => $"{source.Column(key, measure)} as {Scope.Quote(Scope.ColumnOf(key))}, "));
            if (scope.Time is { } grain) keys = $"{SourceSql.Truncate(grain, inner.Shifted(time))} as \"{Scope.TimeColumn}\", {keys}";
        }
        var where = source.Where(measure, inner.Filters, isBase ? inner.Shifted(time) : null, scope.From, scope.To);
        return (steps.Add($"{metric}_{(isBase ? "base" : "conversions")}", $"select row_number() over () as id, {time} as t, {by} as entity, {keys}{value} as \"_value\"\n  from {source.From()}{where}"), measure);
    }
}
