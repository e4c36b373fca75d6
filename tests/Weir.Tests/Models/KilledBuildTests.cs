using System.Diagnostics;
using Weir.DuckDb;
using Weir.Tests.Acceptance;

namespace Weir.Tests.Models;

/// <summary>
/// <c>weir build</c> is killed (-9) at random points: every published table is whole, all of one build, and the next build is right. A few kills here;
/// <c>eng/long/build-kills</c> sets <c>WEIR_BUILD_KILLS</c> for many and writes down what it saw.
/// </summary>
public class KilledBuildTests
{
    private const int Units = 150_000; // more than is copied, so that the publishing transaction applies a delta

    [Fact]
    public async Task A_build_that_is_killed_leaves_every_table_whole_and_the_next_one_is_right()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("WEIR_BUILD_KILLS") ?? "4");
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("WEIR_BUILD_KILLS_SEED") ?? "1"));
        using var project = Project();
        project.With("seeds/gen.csv", "g\n1\n");
        (await project.RunAsync("build")).ShouldSucceed();
        var start = Stopwatch.GetTimestamp();
        (await project.RunAsync("build")).ShouldSucceed();
        var duration = Stopwatch.GetElapsedTime(start);
        Check(project, 1, 1);

        var (before, after) = (0, 0);
        for (var round = 2; round < kills + 2; round++)
        {
            project.With("seeds/gen.csv", $"g\n{round}\n");
            using var build = WeirProcess.Start(null, "build", "--project", project.Folder);
            await Task.WhenAny(build.WaitAsync(TimeSpan.FromMinutes(5)), Task.Delay(duration * (0.2 + 0.8 * random.NextDouble()))); // the point is chance, not a wait for something
            if (!build.HasExited)
                build.Kill();
            await build.WaitAsync(TimeSpan.FromMinutes(1));
            _ = Check(project, round - 1, round) == round ? after++ : before++;

            (await project.RunAsync("build")).ShouldSucceed();
            Check(project, round, round);
        }

        if (Environment.GetEnvironmentVariable("WEIR_BUILD_KILLS_RESULT") is { Length: > 0 } file)
        {
            File.WriteAllText(file, $"\n| builds killed | yesterday's tables stood | today's were published | broken |\n|---|---|---|---|\n| {kills} | {before} | {after} | 0 |\n\n"
                + $"A build took {duration.TotalSeconds:N1} s from the start of the process; the kill came between 20 % and 100 % of that.\n");
        }
    }

    /// <summary>Every table is of one generation, which it returns, and whole.</summary>
    private static int Check(TemporaryProject project, int oldest, int newest)
    {
        using var connection = new DuckDBConnection($"Data Source={project[".weir/local/warehouse.duckdb"]}");
        connection.Open();
        var generation = connection.Scalar<int>("select g from gen");
        generation.ShouldBeInRange(oldest, newest);
        connection.Query("select min(g), max(g), count(*) from whole", row => (row.GetInt32(0), row.GetInt32(1), row.GetInt64(2))).ShouldBe([(generation, generation, 200_000)]);
        connection.Scalar<int>("select g from shown").ShouldBe(generation);
        // A generation restates the units of its residue; before the eleventh the others are still of the first.
        var expected = Enumerable.Range(0, 10).Select(r => (r, Enumerable.Range(1, generation).Where(g => g == 1 || g % 10 == r).Max(), (long)Units / 10));
        connection.Query("select id % 10 as r, min(g), count(*) from units group by r having min(g) = max(g) order by r", row => ((int)row.GetInt64(0), row.GetInt32(1), row.GetInt64(2))).ShouldBe(expected);
        connection.Query("select r, g, n from sums order by r", row => ((int)row.GetInt64(0), row.GetInt32(1), row.GetInt64(2))).ShouldBe(expected);
        return generation;
    }

    private static TemporaryProject Project() => new TemporaryProject()
        .With("weir.yml", "name: kills\n")
        .With("dbt_project.yml", "name: kills\nconfig-version: 2\n")
        .With("macros/weir.sql", "{% macro weir_touched(relation, keys) %}{{ relation }}{% endmacro %}")
        .With("models/whole.sql", "{{ config(materialized='table') }}select g, range as id from {{ ref('gen') }}, range(200000)")
        .With("models/shown.sql", "{{ config(materialized='view') }}select max(g) as g from {{ ref('whole') }}")
        .With("models/units.sql", $"{{{{ config(materialized='incremental', unique_key='id') }}}}select g, range as id from {{{{ ref('gen') }}}}, range({Units}) {{% if is_incremental() %}} where range % 10 = g % 10 {{% endif %}}")
        .With("models/sums.sql", "{{ config(materialized='incremental', unique_key='r') }}select id % 10 as r, max(g) as g, count(*) as n from {{ weir_touched(ref('units'), 'id % 10') }} as units group by r")
        .With("models/s.yml", "models: [{name: units, columns: [{name: id, data_tests: [unique, not_null]}]}, {name: sums, columns: [{name: r, data_tests: [unique]}]}]");
}
