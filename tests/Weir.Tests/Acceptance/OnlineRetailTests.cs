namespace Weir.Tests.Acceptance;

/// <summary>
/// A real year of a real shop. The figures were counted from the CSV files by other programs (samples/online-retail/README.md); the CSVs' own sum in decimals is 9,747,747.934.
/// </summary>
public class OnlineRetailTests
{
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
        (await project.QueryAsync(
            """
            select (select count(*) from order_items), (select cast(sum(quantity * unit_price) as decimal(18,3)) from order_items), (select count(*) from orders),
                   (select count(*) from customers), (select count(*) from order_items where customer_id is null), (select count(*) from order_items where is_cancellation),
                   (select count(*) from products), (select count(*) from country_sales), (select count(*) from order_items where unit_price <= 0),
                   (select count(*) from stg_order_lines where description is null)
            """)).ShouldBe("541909,9747747.934,25900,4372,135080,9288,4070,38,2517,1454");
        (await project.QueryAsync("select sum(revenue) = (select sum(amount) from order_items), count(*) from month_sales")).ShouldBe("true,13");
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
