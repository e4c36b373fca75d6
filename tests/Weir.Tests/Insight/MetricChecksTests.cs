using Weir.Commands.Models;
using Weir.DuckDb;
using Weir.Models;
using Weir.Studio;

namespace Weir.Tests.Insight;

/// <summary>A build looks at the metrics that stand on its tables.</summary>
public sealed class MetricChecksTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("weir-budget-");
    private readonly DuckDBConnection warehouse = new("Data Source=:memory:");

    public MetricChecksTests()
    {
        Write("dbt_project.yml", "name: shop\nconfig-version: 2\nmodels: {shop: {+materialized: table}}\n");
        Write("models/days.sql", "select unnest(generate_series(date '2026-01-01', date '2026-01-31', interval 1 day))::date as day, 10 as amount");
        Write("models/seen.sql", "{{ config(materialized='view') }} select * from {{ ref('days') }} where amount > 5");
        Write("models/metrics.yml", """
            semantic_models:
              - {name: days, model: ref('days'), primary_entity: d, defaults: {agg_time_dimension: at}, dimensions: [{name: at, expr: day, type: time, type_params: {time_granularity: day}}], measures: [{name: amount, agg: sum}]}
              - {name: seen, model: ref('seen'), primary_entity: s, defaults: {agg_time_dimension: at}, dimensions: [{name: at, expr: day, type: time, type_params: {time_granularity: day}}], measures: [{name: seen_amount, agg: sum, expr: amount}]}
            metrics:
              - {name: revenue, label: Revenue, type: simple, type_params: {measure: amount}}
              - {name: seen, label: Seen, type: simple, type_params: {measure: seen_amount}}
            """);
        Write("dashboards/mine.yml", "title: Mine\nfigures: [seen]\ntiles: [{kind: line, metric: revenue}]\n");
        warehouse.Open();
    }

    [Fact]
    public async Task A_tile_that_reads_more_rows_than_the_budget_is_named_with_table_and_rows()
    {
        await BuildAsync();
        Checks().Problems(warehouse, 31).ShouldBeEmpty();
        Checks().Problems(warehouse, 30).Select(p => p.ToString()).ShouldBe(
        [
            "models/metrics.yml:5: WEIR7087 the tile tiles[0] in dashboards/mine.yml, by the metric 'revenue', reads main.days, which has 31 rows; a page may read tables of up to 30. Let it stand on a mart with a row a day and few dimensions.",
            "models/metrics.yml:6: WEIR7087 the tile figures[0] in dashboards/mine.yml, by the metric 'seen', reads main.seen, which has 31 rows; a page may read tables of up to 30. Let it stand on a mart with a row a day and few dimensions.",
        ]);
        MetricChecks.RowBudget.ShouldBe(10_000_000);
        Checks().Tell(warehouse, ExitCodes.Ok).ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_metric_over_a_column_that_is_not_there_fails_the_build_after_it_published()
    {
        Write("models/metrics.yml", File.ReadAllText(Path.Combine(folder.FullName, "models", "metrics.yml")).Replace("expr: amount", "expr: amounts", StringComparison.Ordinal));
        await BuildAsync();
        Checks().Problems(warehouse, 31).ShouldHaveSingleItem().ToString().ShouldStartWith("models/metrics.yml:6: WEIR7089 the metric 'seen' cannot be computed: ");
        Checks().Tell(warehouse, ExitCodes.Ok).ShouldBe(ExitCodes.BuildFailed);
    }

    [Fact]
    public async Task What_is_not_built_yet_is_not_checked()
    {
        await BuildAsync("days");
        Checks().Problems(warehouse, 31).ShouldBeEmpty();
    }

    [Fact]
    public void The_uses_of_a_project_are_its_tiles() =>
        DashboardUse.Read(folder.FullName).ShouldBe([new("figures[0] in dashboards/mine.yml", "seen"), new("tiles[0] in dashboards/mine.yml", "revenue")]);

    public void Dispose()
    {
        warehouse.Dispose();
        folder.Delete(recursive: true);
    }

    private MetricChecks Checks() => MetricChecks.Read(folder.FullName, new ProjectOptions())!;

    private async Task BuildAsync(params string[] select) =>
        (await new ModelRunner(ModelProject.Load(folder.FullName), TimeProvider.System).BuildAsync(new BuildRequest(select, false), warehouse, null, CancellationToken.None)).ExitCode.ShouldBe(0);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, file))!);
        File.WriteAllText(Path.Combine(folder.FullName, file), text);
    }
}
