using System.Diagnostics;
using Weir.Insight;
using Weir.Models;

namespace Weir.Tests.Insight;

/// <summary>The metrics are dbt's: the program that <c>WEIR_DBT</c> names parses what Weir compiles, and refuses what is wrong.</summary>
public sealed class DbtParsesMetricsTests : IDisposable
{
    private const string Spine = """
        models:
          - name: time_spine
            time_spine: {standard_granularity_column: day}
            columns: [{name: day, granularity: day}]
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("weir-dbt-");

    [Fact]
    public async Task Every_kind_of_metric_that_is_compiled_is_parsed_by_dbt()
    {
        Write("dbt_project.yml", "name: shop\nversion: '1.0'\nprofile: shop\nconfig-version: 2\n");
        Write("profiles.yml", "shop: {target: a, outputs: {a: {type: duckdb, path: shop.duckdb}}}\n");
        foreach (var name in new[] { "orders", "customers", "visits", "time_spine" }) Write($"models/{name}.sql", "select 1 as id");
        Write("models/spine.yml", Spine);
        Write("models/metrics.yml", ShopMetrics.Schema);
        MetricCatalogue.Load(ModelProject.Load(folder.FullName)).Metrics.Select(m => m.Type).Distinct().Order().ShouldBe(["conversion", "cumulative", "derived", "ratio", "simple"]);
        ModelProject.Load(folder.FullName).Warnings.ShouldBeEmpty();
        var parsed = await ParseAsync(folder.FullName);
        parsed.Code.ShouldBe(0, parsed.Output);
        Write("models/metrics.yml", ShopMetrics.Schema.Replace("measure: order_count}", "measure: order_counts}", StringComparison.Ordinal));
        (await ParseAsync(folder.FullName)).Code.ShouldNotBe(0);
    }

    /// <summary>Runs <c>dbt parse</c> in a project's folder.</summary>
    public static async Task<(int Code, string Output)> ParseAsync(string project)
    {
        var dbt = Environment.GetEnvironmentVariable("WEIR_DBT") ?? "";
        Require.That(File.Exists(dbt), "dbt", "WEIR_DBT names no dbt program (dbt-core with dbt-duckdb)");
        var start = new ProcessStartInfo(dbt, ["--no-send-anonymous-usage-stats", "parse", "--no-partial-parse", "--project-dir", project, "--profiles-dir", project]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder.FullName, file))!);
        File.WriteAllText(Path.Combine(folder.FullName, file), text);
    }
}
