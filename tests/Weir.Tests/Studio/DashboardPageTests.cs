using System.Net;
using Weir.DuckDb;

namespace Weir.Tests.Studio;

/// <summary>Pages drawn from the sample shop's metrics. Expected figures are asked of the marts directly.</summary>
public sealed class DashboardPageTests
{
    [Theory]
    [InlineData("executive", "Net revenue", "Countries")]
    [InlineData("marketing", "Sales, last touch", "newsletter-autumn")]
    [InlineData("product", "Put one into the cart", "go on")]
    [InlineData("customers", "New buyers", "champions")]
    public async Task Every_page_of_the_shop_is_drawn_whole(string page, string about, string also)
    {
        var (studio, _) = await StartAsync();
        await using var server = studio;
        foreach (var range in new[] { "7d", "28d", "90d", "12m" })
        {
            var html = WebUtility.HtmlDecode(await server.GetAsync($"/dashboards/{page}?range={range}"));
            html.ShouldContain(about);
            html.ShouldContain(also);
            html.ShouldNotContain("<code>WEIR", Case.Sensitive);
            html.ShouldNotContain("NaN", Case.Sensitive);
            html.ShouldContain("3\u00a0min");                 // how old its tables are
            html.ShouldContain("popover id=\"definition-0\"");
        }
    }

    [Fact]
    public async Task A_figure_is_that_of_the_mart_and_is_compared_with_whole_days()
    {
        var (studio, warehouse) = await StartAsync();
        await using var server = studio;
        var value = warehouse.Scalar<decimal>("select sum(net_revenue) from daily_kpis where day between date '2026-10-25' and date '2026-11-21'");
        var now = warehouse.Scalar<decimal>("select sum(net_revenue) from daily_kpis where day between date '2026-10-25' and date '2026-11-20'");
        var before = warehouse.Scalar<decimal>("select sum(net_revenue) from daily_kpis where day between date '2026-09-27' and date '2026-10-23'");
        var html = WebUtility.HtmlDecode(await server.GetAsync("/dashboards/executive"));
        html.ShouldContain($"€{value:N2}");
        var change = (now - before) / before * 100;
        html.ShouldContain($"{(change < 0 ? '\u2212' : '+')}{Math.Abs(change):N1}\u00a0%");
        html.ShouldContain("the 28 days before, whole days");
        html.ShouldContain("Gross revenue less discounts, tax and the refunds given on the day");
        html.ShouldContain("owned by finance");
    }

    [Fact]
    public async Task A_click_filters_the_page_and_what_cannot_be_filtered_says_so()
    {
        var (studio, warehouse) = await StartAsync();
        await using var server = studio;
        var html = WebUtility.HtmlDecode(await server.GetAsync("/dashboards/executive?where=country%3AAT"));
        html.ShouldContain($"€{warehouse.Scalar<decimal>("select sum(net_revenue) from daily_kpis where country = 'AT' and day between date '2026-10-25' and date '2026-11-21'"):N2}");
        html.ShouldContain("not filtered by country");
        html.ShouldContain("href=\"/dashboards/executive\"");   // the chip takes the filter away
        html.ShouldContain("where=country%3ADE");                // another row replaces it
        // What a person puts into the address is a value, and never SQL.
        var odd = WebUtility.HtmlDecode(await server.GetAsync("/dashboards/executive?where=" + Uri.EscapeDataString("country:AT' or 1=1 --")));
        odd.ShouldContain("nothing for these days");
        odd.ShouldNotContain("<code>WEIR", Case.Sensitive);
    }

    [Fact]
    public async Task A_figure_whose_mart_failed_its_checks_is_struck_with_the_reason()
    {
        var (studio, warehouse) = await StartAsync();
        await using var server = studio;
        warehouse.Execute("update weir.nodes set status = 'fail', checks_failed = 2, message = 'net_revenue is null in 3 rows' where unique_id = 'model.shop.daily_kpis'");
        var html = WebUtility.HtmlDecode(await server.GetAsync("/dashboards/executive"));
        html.ShouldContain("class=\"card tile struck\"");
        html.ShouldContain("net_revenue is null in 3 rows");
        html.ShouldContain("the last good build's value");
        html.ShouldContain("Net revenue cannot be judged: daily_kpis failed.");
        html.ShouldContain("2 of ");
    }

    [Fact]
    public async Task A_mart_that_is_missing_is_told_in_its_tiles_only()
    {
        var (studio, warehouse) = await StartAsync();
        await using var server = studio;
        warehouse.Execute("drop table category_sales");
        var html = WebUtility.HtmlDecode(await server.GetAsync("/dashboards/executive"));
        html.ShouldContain("WEIR9004");
        html.ShouldContain("tiles[4] in dashboards/executive.yml");
        html.ShouldContain("Countries");
    }

    [Fact]
    public async Task Without_rows_each_tile_says_so()
    {
        var (studio, _) = await StartAsync("select * from ({0}) limit 0");
        await using var server = studio;
        foreach (var page in new[] { "executive", "marketing", "product", "customers" })
        {
            var html = WebUtility.HtmlDecode(await server.GetAsync($"/dashboards/{page}"));
            html.ShouldContain("No rows for these days.");
            html.ShouldContain("nothing for these days");
            html.ShouldNotContain("<code>WEIR", Case.Sensitive);
        }
    }

    [Fact]
    public async Task A_tiles_rows_come_as_CSV()
    {
        var (studio, warehouse) = await StartAsync();
        await using var server = studio;
        var csv = await server.GetAsync("/dashboards/executive/0.csv?range=7d");
        csv.Split("\r\n")[0].ShouldBe(",Net revenue,the 7 days before");
        csv.ShouldContain($"20 Nov,{warehouse.Scalar<double>("select sum(net_revenue)::double from daily_kpis where day = date '2026-11-20'").ToString("R", System.Globalization.CultureInfo.InvariantCulture)}");
        (await server.Client.GetAsync(new Uri("/dashboards/executive/99.csv", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Client.GetAsync(new Uri("/dashboards/nothing", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("tiles: [{kind: lien, metric: orders}]", "WEIR9001", "'lien' is not allowed; allowed: line, bars")]
    [InlineData("tiles: [{kind: line}]", "WEIR9001", "tiles[0].metric")]
    [InlineData("tiles: [{kind: leaderboard, metric: orders}]", "WEIR9001", "tiles[0].by")]
    [InlineData("tiles: [{kind: retention, metric: orders, by: [a, b]}]", "WEIR9001", "tiles[0].size")]
    [InlineData("figures: [ordres]", "WEIR7085", "did you mean 'orders'")]
    [InlineData("tiles: [{kind: line, metric: orders, by: chanel}]", "WEIR7085", "channel")]
    public async Task A_mistake_in_a_page_is_told_where_it_stands(string text, string code, string about)
    {
        var (studio, _) = await StartAsync();
        await using var server = studio;
        await File.WriteAllTextAsync(Path.Combine(server.Folder, "dashboards", "mine.yml"), $"title: Mine\n{text}\n");
        var html = WebUtility.HtmlDecode(await server.GetAsync("/dashboards/mine"));
        html.ShouldContain(code);
        html.ShouldContain(about);
    }

    [Fact]
    public async Task A_project_without_metrics_says_so()
    {
        await using var server = await StudioServer.StartAsync(new SampleData(), files: async folder =>
        {
            Directory.CreateDirectory(Path.Combine(folder, "dashboards"));
            await File.WriteAllTextAsync(Path.Combine(folder, "dashboards", "mine.yml"), "title: Mine\nfigures: [orders]\n");
        });
        WebUtility.HtmlDecode(await server.GetAsync("/dashboards/mine")).ShouldContain("WEIR9022");
        (await server.GetAsync()).ShouldContain("/dashboards/mine");
    }

    internal static async Task<(StudioServer Server, DuckDBConnection Warehouse)> StartAsync(string rows = "{0}", int port = 0)
    {
        var data = new SampleData();
        DuckDBConnection? warehouse = null;
        var server = await StudioServer.StartAsync(data, port: port, files: async folder =>
        {
            ShopMarts.Write(folder, rows);
            warehouse = await ShopMarts.BuildAsync(folder, data);
        });
        return (server, warehouse!);
    }
}
