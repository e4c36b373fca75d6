namespace Weir.Tests.Acceptance;

/// <summary>
/// A real year of a real shop (D. Chen, "Online Retail", UCI Machine Learning Repository, CC BY 4.0). <see cref="Figures"/> were counted from the CSV files, in decimals, by a program of twenty lines
/// that knows neither Weir nor SQL (Python's csv module); the totals also by who published the sample's README. What a cancellation is, and where it counts: docs/definitions.md.
/// </summary>
public class OnlineRetailTests
{
    private static readonly (string Sql, string Figure)[] Figures =
    [
        // The lines: 541,909, of which 5,268 equal another one to the letter and are lines all the same.
        ("select count(*), cast(sum(quantity * unit_price) as decimal(18, 3)), count(*) filter (customer_id is null), count(*) filter (is_cancellation) from order_items", "541909,9747747.934,135080,9288"),
        ("select count(*) - count(distinct (order_id, product_id, quantity, unit_price, ordered_at, description, customer_id, country)) from stg_order_lines", "5268"),
        ("select count(*) filter (unit_price <= 0), count(*) filter (unit_price < 0) from order_items", "2517,2"),
        ("select count(*) filter (description is null) from stg_order_lines", "1454"),
        // Invoices, of which 3,836 cancel something; customers; products.
        ("select count(*), count(*) filter (is_cancellation), cast(sum(amount) as decimal(18, 3)), cast(sum(amount) filter (not is_cancellation) as decimal(18, 3)) from orders", "25900,3836,9747747.934,10644560.424"),
        ("select count(*), cast(sum(net_revenue) as decimal(18, 3)) from customers", "4372,8300065.814"),
        ("select count(*) from products", "4070"),
        // The marts: each adds up to the year, and its best row is the one that was counted.
        ("select count(*), sum(lines), sum(orders), cast(sum(revenue) as decimal(18, 3)), cast(sum(cancelled) as decimal(18, 2)) from daily_sales", "305,541909,22064,9747747.934,-896812.49"),
        ("select order_date, cast(cancelled as decimal(18, 2)) from daily_sales order by cancelled limit 2", "2011-12-09,-168789.07\n2011-01-18,-77297.25"),
        ("select strftime(month, '%Y-%m'), cast(revenue as decimal(18, 3)) from month_sales order by month", """
            2010-12,748957.020
            2011-01,560000.260
            2011-02,498062.650
            2011-03,683267.080
            2011-04,493207.121
            2011-05,723333.510
            2011-06,691123.120
            2011-07,681300.111
            2011-08,682680.510
            2011-09,1019687.622
            2011-10,1070704.670
            2011-11,1461756.250
            2011-12,433668.010
            """),
        ("select count(*), cast(sum(revenue) as decimal(18, 3)) from country_sales", "38,9747747.934"),
        ("select country, cast(revenue as decimal(18, 3)) from country_sales order by revenue desc limit 3", "United Kingdom,8187806.364\nNetherlands,284661.540\nEIRE,263276.820"),
        ("select count(*), cast(sum(revenue) as decimal(18, 3)) from product_sales", "4070,9747747.934"),
        ("select product_id, cast(revenue as decimal(18, 2)) from product_sales order by revenue desc limit 2", "DOT,206245.48\n22423,164762.19"),
        ("select count(*), cast(sum(revenue) as decimal(18, 3)) from top_customers", "4372,8300065.814"),
        ("select customer_id, cast(revenue as decimal(18, 2)) from top_customers where revenue_rank <= 2 order by revenue_rank", "14646,279489.02\n18102,256438.49"),
        ("select count(*), sum(lines), sum(quantity), cast(sum(amount) as decimal(18, 2)) from returns", "1947,9288,277574,896812.49"),
    ];

    private static readonly string[] OrderedQueries =
    [
        "select order_id, product_id, customer_id, quantity, unit_price, amount, ordered_at, country, _stream, _position from order_items order by _stream, _position",
        "select * from orders order by order_id",
        "select * from customers order by customer_id",
        "select * from products order by product_id",
        "select * from month_sales order by month",
        "select * from returns order by product_id",
    ];

    [Fact]
    public async Task A_year_of_files_lands_once_and_gives_the_known_figures()
    {
        using var project = Project(Require.OnlineRetail());
        (await project.RunAsync("sync")).ShouldSucceed().Error.ShouldContain("305 of 305 files new, 541,909 records received");
        var second = (await project.RunAsync("sync")).ShouldSucceed();
        second.Error.ShouldContain("0 of 305 files new, 0 records received");
        second.Error.ShouldNotContain("decided");
        (await project.RunAsync("build")).ShouldSucceed();
        foreach (var (sql, figure) in Figures) (await project.QueryAsync(sql)).ShouldBe(figure.ReplaceLineEndings("\n"), sql);
        var account = (await project.RunAsync("account", "--format", "csv")).ShouldSucceed();
        account.Output.ReplaceLineEndings("\n").ShouldBe("source,received,landed,duplicate,quarantined,dropped,waiting,difference\nerp,541909,541909,0,0,0,0,0\n");
    }

    [Fact]
    public async Task The_year_in_five_runs_with_a_kill_in_each_gives_the_same_rows()
    {
        var folder = Require.OnlineRetail();
        using var whole = Project(folder);
        using var parts = Project(Path.Combine(whole.Folder, "drop"));
        (await whole.RunAsync("sync")).ShouldSucceed();
        (await whole.RunAsync("build")).ShouldSucceed();

        var drop = Directory.CreateDirectory(whole["drop"]).FullName;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        foreach (var files in Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).Chunk(61))
        {
            foreach (var file in files)
            {
                File.Copy(file, Path.Combine(drop, Path.GetFileName(file)));
                File.SetLastWriteTimeUtc(Path.Combine(drop, Path.GetFileName(file)), new DateTime(2012, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            }
            using var run = WeirProcess.Start(null, "sync", "--project", parts.Folder);
            await Task.Delay(random.Next(300, 4_000));
            run.Kill();
            await run.WaitAsync(TimeSpan.FromSeconds(20));
        }
        (await parts.RunAsync("sync")).ShouldSucceed();
        (await parts.RunAsync("account")).ShouldSucceed();
        (await parts.RunAsync("build")).ShouldSucceed();
        foreach (var sql in OrderedQueries) (await parts.QueryAsync(sql)).ShouldBe(await whole.QueryAsync(sql), $"seed {seed}: {sql}");
    }

    private static TemporaryProject Project(string folder)
    {
        var project = new TemporaryProject("online-retail");
        return project.With("weir.yml", File.ReadAllText(project["weir.yml"]).Replace("${ONLINE_RETAIL_DIR}", folder, StringComparison.Ordinal));
    }
}
