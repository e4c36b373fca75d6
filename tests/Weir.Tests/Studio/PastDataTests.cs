using System.Net;
using System.Text.RegularExpressions;
using Weir.Studio.Time;

namespace Weir.Tests.Studio;

/// <summary>A table that ended long before the chosen days; today is Saturday 21 November 2026.</summary>
public partial class PastDataTests
{
    // 2 December 2011 was a Friday, and so was the 9th.
    private const string Sales = """
        create table daily_sales as select * from (values
          (date '2011-11-26', 'Toys', 10.0, 1), (date '2011-12-02', 'Toys', 100.0, 4), (date '2011-12-02', 'Books', 60.0, 4),
          (date '2011-12-08', 'Toys', 40.0, 2), (date '2011-12-09', 'Toys', 112.0, 5), (date '2011-12-09', 'Books', 80.0, 5)) t(day, category, revenue, orders)
        """;

    private const string Home = """
        currency: GBP
        figures:
          - {label: Revenue, table: daily_sales, date: day, value: revenue, format: money}
        leaderboards:
          - {title: Category sales, table: daily_sales, date: day, label: category, value: revenue, format: money}
        """;

    [Fact]
    public async Task Its_last_day_is_shown_named_and_compared_with_the_same_weekday_before()
    {
        var page = await ReadAsync("/", Sales);
        page.ShouldContain("<h1>Everything arrived. On 9 December 2011, the last day there is, revenue was £192.00, 20.0 % above the Friday before.</h1>");
        Tile(page).ShouldContain("Fri 9 Dec 2011, its last day");
        Tile(page).ShouldContain("£192.00");
        Tile(page).ShouldContain("+20.0 %");
        Tile(page).ShouldContain("vs the Friday before<");
        // 26 November to 9 December: four of these days have rows.
        Tile(page).ShouldContain("its last 14 whole days");
        // Toys 112 after 100, Books 80 after 60.
        page.ShouldContain("<span class=\"sub\">Fri 9 Dec 2011, its last day</span>");
        page.ShouldContain("+12.0 %");
        page.ShouldContain("+33.3 %");
        page.ShouldNotContain("nothing for today yet");
    }

    [Fact]
    public async Task Several_days_end_on_its_last_day()
    {
        // 3 to 9 December hold 232; the 7 days before hold 170, and the table begins on their first.
        var page = await ReadAsync("/?range=7d", Sales);
        page.ShouldContain("In the 7 days to 9 December 2011, the last day there is, revenue was £232.00, 36.5 % above the 7 days before.");
        Tile(page).ShouldContain("7 days to 9 Dec 2011");
        page.ShouldContain("<span class=\"sub\">7 days to 9 Dec 2011</span>");
    }

    [Fact]
    public async Task Without_days_before_it_there_is_a_value_and_no_change() =>
        (await ReadAsync("/?range=28d", Sales)).ShouldContain("In the 28 days to 9 December 2011, the last day there is, revenue was £402.00, with no 28 days before to compare with.");

    [Fact]
    public async Task The_account_stays_on_the_real_clock()
    {
        var page = await ReadAsync("/?range=yesterday", Sales);
        page.ShouldContain("<span class=\"sub\">yesterday, 5 sources</span>");
        page.ShouldContain("Saturday 21 November, 09:42.");
    }

    [Theory]
    [InlineData("2026-11-18", "Wed 18 Nov, its last day")]
    [InlineData("2026-11-19", "nothing for today yet")]
    public async Task A_table_of_a_morning_before_the_build_is_not_past(string last, string said) =>
        Tile(await ReadAsync("/", Sales, $"insert into daily_sales values (date '{last}', 'Toys', 5, 1)")).ShouldContain(said);

    [Fact]
    public async Task A_table_that_reaches_beyond_the_days_is_not_past_and_a_day_without_value_is_none()
    {
        Tile(await ReadAsync("/", Sales, "insert into daily_sales values (date '2027-01-01', 'Toys', 5, 1)")).ShouldContain("nothing for today yet");
        var page = await ReadAsync("/", Sales, "insert into daily_sales values (date '2027-01-01', 'Toys', null, 1), (date 'infinity', 'Toys', 5, 1)");
        Tile(page).ShouldContain("Fri 9 Dec 2011, its last day");
    }

    [Fact]
    public async Task A_table_without_rows_has_no_last_day() =>
        Tile(await ReadAsync("/", Sales, "delete from daily_sales")).ShouldContain("nothing for today yet");

    [Fact]
    public void The_days_are_as_many_and_end_on_the_last_day_as_a_whole()
    {
        var choice = TimeChoice.Read("28d", TimeZoneInfo.Utc, SampleData.Now).Reaching(new DateTime(2011, 12, 9, 11, 0, 0));
        (choice.FirstDay, choice.LastDay, choice.IsUnfinished).ShouldBe((new DateOnly(2011, 11, 12), new DateOnly(2011, 12, 9), false));
    }

    [GeneratedRegex("<article class=\"card tile.*?</article>", RegexOptions.Singleline)]
    private static partial Regex FirstTile();

    private static string Tile(string page) => FirstTile().Match(page).Value;

    private static async Task<string> ReadAsync(string path, params string[] statements)
    {
        var data = new SampleData();
        using var warehouse = data.UseWarehouse(statements);
        await using var server = await StudioServer.StartAsync(data, Home);
        return WebUtility.HtmlDecode(await server.GetAsync(path)).Replace('\u00A0', ' ');
    }
}
