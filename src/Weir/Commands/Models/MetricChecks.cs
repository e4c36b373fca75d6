using Weir.DuckDb;
using Weir.Insight;
using Weir.Models;
using Weir.Output;
using Weir.Studio;

namespace Weir.Commands.Models;

/// <summary>What a build says of the metrics that stand on it: mistakes before anything is made, and after it whether each can be computed from tables of a size that a page may read.</summary>
internal sealed class MetricChecks
{
    /// <summary>The most rows of a table that a metric may read: a page asks it at each visit.</summary>
    internal const long RowBudget = 10_000_000;

    private readonly MetricCatalogue catalogue;
    private readonly IReadOnlyList<DashboardUse> uses;

    private MetricChecks(MetricCatalogue catalogue, IReadOnlyList<DashboardUse> uses) => (this.catalogue, this.uses) = (catalogue, uses);

    /// <exception cref="WeirException">WEIR7080 to WEIR7084, WEIR7088: what is wrong with the metrics.</exception>
    public static MetricChecks? Read(string folder, ProjectOptions options)
    {
        var catalogue = MetricCatalogue.Load(ModelProject.Load(folder, options));
        return catalogue.Metrics.Count == 0 ? null : new MetricChecks(catalogue, DashboardUse.Read(folder));
    }

    /// <summary>Tells what is wrong; the command's exit code.</summary>
    public int Tell(DuckDBConnection warehouse, int code)
    {
        var problems = Problems(warehouse, RowBudget).ToList();
        foreach (var problem in problems) People.Bad(problem.ToString());
        return problems.Count > 0 && code == ExitCodes.Ok ? ExitCodes.BuildFailed : code;
    }

    internal IEnumerable<ModelProblem> Problems(DuckDBConnection warehouse, long budget)
    {
        var rows = Rows(warehouse);
        foreach (var metric in catalogue.Metrics)
        {
            // What is not built yet has nothing to be checked.
            if (!metric.Relations.All(rows.ContainsKey)) continue;
            foreach (var table in metric.Relations.Where(t => rows[t] > budget)) yield return TooLarge(metric, table, rows[table], budget);
            if (Refused(warehouse, metric) is { } why) yield return new ModelProblem("WEIR7089", metric.File, metric.Line, $"the metric '{metric.Name}' cannot be computed: {why.Split('\n')[0]} Its semantic model names a column or expression that {string.Join(" or ", metric.Relations)} does not have.");
        }
    }

    private ModelProblem TooLarge(Metric metric, string table, long rows, long budget)
    {
        var tile = uses.FirstOrDefault(u => u.Metric == metric.Name);
        var who = tile is null ? $"the metric '{metric.Name}'" : $"the tile {tile.Place}, by the metric '{metric.Name}',";
        return new ModelProblem("WEIR7087", metric.File, metric.Line, $"{who} reads {table}, which has {rows:N0} rows; a page may read tables of up to {budget:N0}. Let it stand on a mart with a row a day and few dimensions.");
    }

    // Views are counted; of tables the build knows.
    private static Dictionary<string, long> Rows(DuckDBConnection warehouse)
    {
        var tables = warehouse.Query("select table_schema || '.' || table_name from information_schema.tables where table_schema not in ('weir', 'lake')", r => r.GetString(0)).ToHashSet();
        var known = warehouse.Query("select relation, rows from weir.nodes where relation is not null", r => (Name: r.GetString(0), Rows: r.IsDBNull(1) ? (long?)null : r.GetInt64(1)));
        return known.Where(n => tables.Contains(n.Name)).DistinctBy(n => n.Name)
            .ToDictionary(n => n.Name, n => n.Rows ?? warehouse.Query($"select count(*) from {string.Join('.', n.Name.Split('.', 2).Select(Scope))}", r => r.GetInt64(0))[0]);
    }

    private static string Scope(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string? Refused(DuckDBConnection warehouse, Metric metric)
    {
        try
        {
            warehouse.Query("explain " + catalogue.Compile(new MetricQuery { Metrics = [metric.Name], By = ["metric_time"] }).Sql, _ => 0);
            return null;
        }
        catch (DuckDBException error)
        {
            return error.Message;
        }
    }
}
