using System.Diagnostics;
using Weir.DuckDb;
using Weir.Generate;

namespace Weir.Tests.Acceptance;

/// <summary>The samples are dbt projects: real dbt (the program that <c>WEIR_DBT</c> names, with dbt-duckdb) builds the same rows from the same lake.</summary>
public class RealDbtTests
{
    [Fact]
    public async Task The_shop_built_by_real_dbt_has_the_rows_that_weir_published()
    {
        var dbt = Dbt();
        using var project = new TemporaryProject("shop");
        var start = new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.Zero);
        var shop = new Shop(new ShopOptions { Seed = 3, Start = start, VisitsPerDay = 600 });
        // Three builds, each on top of the one before: what arrives late belongs to visits and orders that were published already.
        for (var day = 0; day < 3; day++)
        {
            foreach (var source in new[] { "web", "mobile", "orders" }) await File.WriteAllBytesAsync(project[$"{source}-{day}.ndjson"], shop.Export(source, start.AddDays(day), start.AddDays(day + 1)).Content);
            foreach (var source in new[] { "web", "mobile", "orders" }) (await project.RunAsync("load", project[$"{source}-{day}.ndjson"], "--source", source)).ShouldSucceed();
            foreach (var source in Shop.Offices)
            {
                if (shop.DailyExport(source, new DateOnly(2026, 3, 10 + day)) is not { Length: > 0 } export) continue;
                var file = project[$"{source}-{day}.{(source == "operations" ? "csv" : "ndjson")}"];
                await File.WriteAllBytesAsync(file, export);
                (await project.RunAsync("load", file, "--source", source)).ShouldSucceed();
            }
            (await project.RunAsync("build")).ShouldSucceed();
        }

        using var both = await BuildByDbtAsync(dbt, project, tablesAtLeast: 33);
        both.Scalar<long>("select count(*) from dbt.main.sessions").ShouldBeGreaterThan(1_000);
    }

    [Fact]
    public async Task Online_retail_built_by_real_dbt_has_the_rows_that_weir_published()
    {
        var dbt = Dbt();
        var days = Directory.GetFiles(Require.OnlineRetail(), "*.csv").Order(StringComparer.Ordinal).Take(20).ToList();
        using var project = new TemporaryProject("online-retail");
        var drop = Directory.CreateDirectory(project["drop"]).FullName;
        project.With("weir.yml", (await File.ReadAllTextAsync(project["weir.yml"])).Replace("${ONLINE_RETAIL_DIR}", drop, StringComparison.Ordinal));
        foreach (var part in days.Chunk(10))
        {
            foreach (var file in part)
            {
                File.Copy(file, Path.Combine(drop, Path.GetFileName(file)));
                File.SetLastWriteTimeUtc(Path.Combine(drop, Path.GetFileName(file)), new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            }
            (await project.RunAsync("sync")).ShouldSucceed();
            (await project.RunAsync("build")).ShouldSucceed();
        }

        using var both = await BuildByDbtAsync(dbt, project, tablesAtLeast: 5);
        var lines = days.Sum(file => File.ReadLines(file).Skip(1).LongCount());
        both.Scalar<long>("select count(*) from dbt.main.order_items").ShouldBe(lines);
    }

    private static string Dbt()
    {
        var dbt = Environment.GetEnvironmentVariable("WEIR_DBT") ?? "";
        Require.That(File.Exists(dbt), "dbt", "WEIR_DBT names no dbt program (dbt-core with dbt-duckdb)");
        return dbt;
    }

    /// <summary>dbt gets a warehouse of the same name that has the views of the lake and nothing else, and builds it in one go; every table has Weir's rows.</summary>
    private static async Task<DuckDBConnection> BuildByDbtAsync(string dbt, TemporaryProject project, int tablesAtLeast)
    {
        var own = project[".weir/local/warehouse.duckdb"];
        var theirs = project["dbt/warehouse.duckdb"];
        (await project.RunAsync("lake", "views", "--into", theirs)).ShouldSucceed();
        IReadOnlyList<string> tables;
        using (var connection = Open(own))
            tables = connection.Query("select table_name from information_schema.tables where table_schema = 'main' and table_type <> 'VIEW'", r => r.GetString(0));
        await RunAsync(dbt, project.Folder, theirs);

        var both = Open(":memory:");
        both.Execute($"attach '{own}' as weir (read_only)");
        both.Execute($"attach '{theirs}' as dbt (read_only)");
        tables.Count.ShouldBeGreaterThanOrEqualTo(tablesAtLeast);
        foreach (var table in tables)
        {
            both.Scalar<long>($"select count(*) from (from weir.main.\"{table}\" except all from dbt.main.\"{table}\")").ShouldBe(0, table);
            both.Scalar<long>($"select count(*) from (from dbt.main.\"{table}\" except all from weir.main.\"{table}\")").ShouldBe(0, table);
        }
        return both;
    }

    private static DuckDBConnection Open(string path)
    {
        var connection = new DuckDBConnection($"Data Source={path}");
        connection.Open();
        return connection;
    }

    private static async Task RunAsync(string dbt, string project, string warehouse)
    {
        var start = new ProcessStartInfo(dbt, ["build", "--profiles-dir", project, "--project-dir", project]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["WEIR_DUCKDB"] = warehouse;
        start.Environment["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await output + await error);
    }
}
