using Weir.Tests.Models;

namespace Weir.Tests.Insight;

/// <summary>What is wrong with metrics, or not supported, is refused by name with file and line.</summary>
public class MetricMistakeTests
{
    private const string Good = """
        semantic_models:
          - name: days
            model: ref('days')
            primary_entity: day
            defaults: {agg_time_dimension: at}
            dimensions:
              - {name: at, type: time, expr: day, type_params: {time_granularity: day}}
            measures:
              - {name: amount, agg: sum}
        metrics:
          - {name: revenue, label: Revenue, type: simple, type_params: {measure: amount}}
        """;

    [Theory]
    [InlineData("name: at, type", "name: week, type", "WEIR7080", 7, "dbt reserves")]
    [InlineData("agg: sum", "agg: summ", "WEIR7080", 9, "'summ'; allowed: sum")]
    [InlineData("label: Revenue, ", "", "WEIR7080", 11, "no 'label'")]
    [InlineData("measure: amount}", "mesure: amount}", "WEIR7080", 11, "Did you mean 'measure'")]
    [InlineData("time_granularity: day", "time_granularity: minute", "WEIR7081", 7, "'minute'")]
    [InlineData("agg: sum}", "agg: sum, non_additive_dimension: {name: at}}", "WEIR7081", 9, "'non_additive_dimension'")]
    [InlineData("defaults: {agg_time_dimension: at}", "entities: [{name: a, type: natural}]\n    defaults: {agg_time_dimension: at}", "WEIR7081", 5, "'natural'")]
    [InlineData("ref('days')", "ref('dais')", "WEIR7082", 3, "Did you mean 'days'")]
    [InlineData("measure: amount", "measure: amounts", "WEIR7082", 11, "Did you mean 'amount'")]
    [InlineData("type: simple, type_params: {measure: amount}", "type: ratio, type_params: {numerator: revenue, denominator: revenue}", "WEIR7082", 11, "computed from itself")]
    [InlineData("type_params: {measure: amount}", "type_params: {measure: {name: amount, filter: \"{{ Dimenson('a') }}\"}}", "WEIR7084", 11, "Dimenson")]
    [InlineData("type_params: {measure: amount}", "type_params: {measure: amount}, config: {meta: {weir_good: upp}}", "WEIR7080", 11, "up, down, neutral")]
    [InlineData("      - {name: amount, agg: sum}", "      - {name: amount, agg: sum}\n      - {name: amount, agg: max}", "WEIR7083", 10, "declared in")]
    [InlineData("ref('days')", "ref('events')", "WEIR7088", 3, "a row for each event")]
    [InlineData("ref('days')", "ref('raw')", "WEIR7088", 3, "a row for each event")]
    public void A_mistake_is_told_with_its_file_and_line(string text, string wrong, string code, int line, string about)
    {
        using var project = new SmallProject();
        project.Model("days", "select 1 as amount").Model("events", "{{ config(materialized='table') }} select 1 as amount")
            .Model("raw", "{{ config(materialized='view') }} select * from {{ source('lake', 'events') }}")
            .Write("models/sources.yml", "sources: [{name: lake, schema: lake, tables: [{name: events}]}]\n")
            .Write("models/metrics.yml", Good);
        project.Metrics().Metrics.ShouldHaveSingleItem();
        Good.ShouldContain(text);
        project.Write("models/metrics.yml", Good.Replace(text, wrong, StringComparison.Ordinal));
        var told = Should.Throw<WeirException>(project.Metrics);
        told.Code.ShouldBe(code);
        told.Message.ShouldContain($"models/metrics.yml:{line}: {code}");
        told.Message.ShouldContain(about);
    }

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        using var project = new SmallProject();
        project.Model("days", "select 1 as amount").Write("models/metrics.yml", Good.Replace("agg: sum", "agg: summ", StringComparison.Ordinal).Replace("label: Revenue, ", "", StringComparison.Ordinal));
        Should.Throw<WeirException>(project.Metrics).Message.ShouldContain("3 mistakes");
    }

    [Fact]
    public void What_is_switched_off_is_not_there()
    {
        using var project = new SmallProject();
        project.Model("days", "select 1 as amount").Write("models/metrics.yml", Good.Replace("label: Revenue, ", "label: Revenue, config: {enabled: false}, ", StringComparison.Ordinal));
        project.Metrics().Metrics.ShouldBeEmpty();
    }
}
