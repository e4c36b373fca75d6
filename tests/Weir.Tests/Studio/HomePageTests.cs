using System.Net;
using System.Text.RegularExpressions;
using Weir.Accounting;

namespace Weir.Tests.Studio;

public partial class HomePageTests
{
    [Fact]
    public async Task The_page_answers_whether_the_data_is_right_and_what_changed()
    {
        await using var server = await StudioServer.StartAsync(Shop());
        var page = await ReadAsync(server);
        page.ShouldContain("<h1>Everything arrived. Revenue is ");
        page.ShouldContain("above last Saturday at this hour. Mobile checkouts fell at 06:00.</h1>");
        page.ShouldContain("Adds up: 0 of ");
        page.ShouldContain("wrong_type");
        page.ShouldContain("Android accounts for 92 % of it");
        page.ShouldContain("Fresh 41 s");
        page.ShouldContain("23 checks pass");
        page.ShouldContain("Ingrid Bauer");
        page.ShouldContain("Europe/Berlin");
    }

    [Fact]
    public async Task The_strip_s_parts_are_as_wide_as_their_counts()
    {
        var data = Shop();
        data.Account = new AccountReport([new AccountRow("web", SampleData.Now.UtcDateTime.Date.AddHours(7), 1000, 800, 150, 30, 20, 0, 0)], [], []);
        await using var server = await StudioServer.StartAsync(data);
        var page = await server.GetAsync();
        foreach (var (part, count) in new[] { ("landed", 800), ("duplicate", 150), ("quarantined", 30), ("dropped", 20) })
            page.ShouldContain($"<span class=\"{part}\" style=\"flex-grow:{count}\"");
    }

    [Fact]
    public async Task Every_chart_holds_its_table()
    {
        await using var server = await StudioServer.StartAsync(Shop());
        var page = await server.GetAsync();
        Regex.Count(page, "<weir-chart").ShouldBe(2);
        Regex.Count(page, "<weir-chart[^>]*>(?:(?!</weir-chart>).)*</table>", RegexOptions.Singleline).ShouldBe(2);
    }

    [Fact]
    public async Task The_address_is_the_state()
    {
        await using var server = await StudioServer.StartAsync(Shop());
        var page = await ReadAsync(server, "/?range=yesterday");
        page.ShouldContain("Revenue was ");
        page.ShouldContain("the Friday before");
        page.ShouldContain("<a href=\"/?range=yesterday\" aria-current=\"true\">Yesterday</a>");
    }

    [Fact]
    public async Task Received_is_compared_only_if_the_whole_period_before_is_known()
    {
        await using var server = await StudioServer.StartAsync(Shop());
        // The account begins 34 days ago: seven days have their counterpart, 28 have not.
        Regex.IsMatch(await ReadAsync(server, "/?range=7d"), "<small>[+−±][0-9.]+ % vs the 7 days before").ShouldBeTrue();
        (await ReadAsync(server, "/?range=28d")).ShouldNotContain("% vs the 28 days before");
    }

    [Fact]
    public async Task Without_any_event_the_page_says_how_to_send_one()
    {
        var data = new SampleData { Account = new AccountReport([], [], []), Quarantined = [], Minutes = [] };
        await using var server = await StudioServer.StartAsync(data);
        var page = WebUtility.HtmlDecode(await server.GetAsync());
        page.ShouldContain("<h1>Nothing has been received yet.</h1>");
        page.ShouldContain("""curl http://127.0.0.1:8788/v1/events -u shop-web: -d '{"event":"hello","user_id":"me"}'""");
        page.ShouldContain("new Analytics({ writeKey: 'shop-web', host: 'http://127.0.0.1:8788' })");
        page.ShouldContain("weir load events.ndjson --source web");
        page.ShouldNotContain("WEIR9");
    }

    [Fact]
    public async Task Before_the_first_build_the_page_says_how_to_build()
    {
        var data = new SampleData();
        using var warehouse = data.UseWarehouse();
        await using var server = await StudioServer.StartAsync(data);
        var page = await server.GetAsync();
        page.ShouldContain("No table has been built yet");
        page.ShouldContain("<code>weir build</code>");
    }

    [Fact]
    public async Task Without_home_yml_the_page_says_what_to_write()
    {
        await using var server = await StudioServer.StartAsync(Shop(), home: null);
        (await server.GetAsync()).ShouldContain("There is no dashboards/home.yml in this project.");
    }

    [Fact]
    public async Task What_does_not_add_up_is_red_with_its_difference()
    {
        var data = Shop();
        data.Account = data.Account with { Problems = ["stream 0198: 1,234 positions have no fate"], Rows = [.. data.Account.Rows.SkipLast(1), data.Account.Rows[^1] with { Received = data.Account.Rows[^1].Received + 1234 }] };
        await using var server = await StudioServer.StartAsync(data);
        var page = await ReadAsync(server);
        page.ShouldContain("<h1>1,234 events are unaccounted for.");
        page.ShouldContain("1,234 missing");
        page.ShouldContain("stream 0198: 1,234 positions have no fate");
    }

    [Fact]
    public async Task A_figure_whose_table_failed_is_struck_with_the_reason()
    {
        await using var server = await StudioServer.StartAsync(Shop(
            "update weir.nodes set checks_failed = 2, status = 'kept', message = 'unique: 14 rows of order_id occur twice' where relation = 'main.hourly_kpis'"));
        var page = await ReadAsync(server);
        Regex.Count(page, "class=\"card tile struck\"").ShouldBe(4);
        page.ShouldContain("Revenue cannot be judged: hourly_kpis failed");
        page.ShouldContain("unique: 14 rows of order_id occur twice");
        page.ShouldContain("2 of 25 checks fail");
        page.ShouldContain("weir build --select hourly_kpis");
    }

    [Fact]
    public async Task A_table_is_stale_only_if_something_came_after_it_was_built()
    {
        await using var stale = await StudioServer.StartAsync(Shop("update weir.nodes set built_at = timestamptz '2026-11-21 02:10:00+00'"));
        var page = await ReadAsync(stale);
        page.ShouldContain("Stale, 6 h old");
        page.ShouldContain("4 tables are stale");

        var data = Shop("update weir.nodes set built_at = timestamptz '2026-11-21 02:10:00+00'");
        data.Account = data.Account with { Rows = [.. data.Account.Rows.Where(r => r.Hour <= new DateTime(2026, 11, 21, 2, 0, 0))] };
        await using var quiet = await StudioServer.StartAsync(data);
        (await ReadAsync(quiet)).ShouldNotContain("tables are stale");
    }

    [Fact]
    public async Task What_people_named_is_text_and_never_markup()
    {
        await using var server = await StudioServer.StartAsync(Shop(
            "update top_customers set customer_name = '<script>alert(1)</script>' where orders = 31",
            $"update top_customers set customer_name = '{new string('W', 200)}' where orders = 22"));
        var page = await server.GetAsync();
        page.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        page.ShouldContain($"title=\"{new string('W', 200)}\"");
        InlineScript().IsMatch(page).ShouldBeFalse();
    }

    [Fact]
    public async Task A_day_that_has_begun_compares_shares_where_the_table_knows_no_hours_and_values_where_days_are_whole()
    {
        await using var server = await StudioServer.StartAsync(Shop());
        var today = await ReadAsync(server);
        today.ShouldContain(">Share ±</th>");
        var yesterday = await ReadAsync(server, "/?range=yesterday");
        // 61,233.10 after 56,177.20; Toys had none on the Friday before.
        yesterday.ShouldContain("+9.0 %");
        yesterday.ShouldContain(">new<");
    }

    [Fact]
    public async Task The_minutes_come_alone_when_asked_for()
    {
        await using var server = await StudioServer.StartAsync(Shop());
        var part = await server.GetAsync("/home/minutes");
        part.ShouldStartWith("<table");
        part.ShouldContain("hx-swap-oob");
        part.ShouldContain(">mobile</th>");
        part.ShouldNotContain("<html");
    }

    [Fact]
    public async Task An_hour_without_events_is_told_with_the_last_hour_in_which_one_was_received()
    {
        var data = Shop();
        data.Minutes = [];
        await using var server = await StudioServer.StartAsync(data);
        var page = await ReadAsync(server);
        page.ShouldContain("No event in the last hour. The latest was received today between 09:00 and now.");
        // The table stays, without the 60 rows: by it the page asks on, and the chart comes back.
        Regex.IsMatch(page, "<table[^>]*id=\"minutes-table\"[^>]*data-idle[^>]*hx-get=\"/home/minutes\"").ShouldBeTrue();

        data.Account = data.Account with { Rows = [.. data.Account.Rows.Where(r => r.Hour <= new DateTime(2026, 11, 20, 16, 0, 0))] };
        (await ReadAsync(server)).ShouldContain("The latest was received yesterday between 17:00 and 18:00.");
        data.Minutes = null;
        (await ReadAsync(server)).ShouldNotContain("data-idle");
    }

    [GeneratedRegex("<script(?![^>]*\\ssrc=)|\\son[a-z]+=|<style")]
    private static partial Regex InlineScript();

    private static async Task<string> ReadAsync(StudioServer server, string path = "/") =>
        WebUtility.HtmlDecode(await server.GetAsync(path)).Replace('\u00A0', ' ');

    private static SampleData Shop(params string[] changes)
    {
        var data = new SampleData();
        data.UseWarehouse([.. SampleShop.Statements, .. changes]);
        return data;
    }
}
