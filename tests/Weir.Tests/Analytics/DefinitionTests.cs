using System.Text.RegularExpressions;
using static Weir.Tests.Analytics.ShopBench;

namespace Weir.Tests.Analytics;

/// <summary>docs/definitions.md, on rows that are counted by hand.</summary>
public partial class DefinitionTests
{
    [Fact]
    public async Task Ids_that_operations_map_are_one_customer()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(Event("2026-03-02 10:00:00", "v", "u-1"), Line("2026-03-02 10:05:00", "o-1", 1, "u-1", 10), Ticket("2026-03-02 11:00:00", 1, "k-1"), Contact("2026-03-02 12:00:00", "c-1", null, "Anna"));
        shop.Rows("select customer_name, orders, tickets from customer_360 where orders > 0 or tickets > 0 or customer_name = 'Anna'").Count.ShouldBe(3);

        await shop.TakeAsync(Mapping("2026-03-03 07:00:00", "u-1", "k-1", "c-1"));

        shop.Rows("select customer_name, sessions, orders, tickets, crm_stage from customer_360").ShouldBe(["Anna, 1, 1, 1, Customer"]);
        shop.Rows("select count(*) from identity.customer_merges").ShouldBe(["3"]); // the contact, the former user, and the address of the order
    }

    [Fact]
    public async Task A_refund_counts_on_its_own_day()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(
            Line("2026-03-02 10:00:00", "o-1", 1, "u-1", 100, quantity: 2, discount: 20, tax: 28.74m, shipping: 4.9m), Line("2026-03-02 10:00:00", "o-1", 2, "u-1", 50, tax: 7.98m),
            Line("2026-03-03 10:00:00", "o-2", 1, "u-2", 30, tax: 4.79m));
        await shop.TakeAsync(Line("2026-03-02 10:00:00", "o-1", 2, "u-1", 50, tax: 7.98m, status: "refunded", refundedAt: "2026-03-04 23:30:00")); // the 5th in Berlin

        // gross 200 + 50; net sales 200 - 20 - 28.74 + 50 - 7.98 = 193.28; refunded 42.02
        shop.Rows("select day, orders, gross_revenue, discounts, tax, shipping, refunds, net_revenue from daily_kpis").ShouldBe(
        [
            "2026-03-02, 1, 250.0000, 20.0000, 36.7200, 4.9000, 0.0000, 193.2800",
            "2026-03-03, 1, 30.0000, 0.0000, 4.7900, 0.0000, 0.0000, 25.2100",
            "2026-03-05, 0, 0.0000, 0.0000, 0.0000, 0.0000, 42.0200, -42.0200",
        ]);
        shop.Rows("select day, refunded_orders, net_sales, refunds_so_far, kept_so_far from order_day_revenue").ShouldBe(["2026-03-02, 1, 193.2800, 42.0200, 151.2600", "2026-03-03, 0, 25.2100, 0.0000, 25.2100"]);
        shop.Rows("select order_id, status from orders").ShouldBe(["o-1, partly_refunded", "o-2, placed"]);
    }

    [Fact]
    public async Task Money_is_converted_at_the_rate_of_the_orders_day()
    {
        using var shop = new ShopBench();
        // Francs are worth 1.04 until the 11th of March, 1.05 from the 12th on; 23:30 UTC is the 12th in Berlin.
        await shop.TakeAsync(Line("2026-03-11 12:00:00", "o-1", 1, "u-1", 10.01m, currency: "CHF"), Line("2026-03-11 23:30:00", "o-2", 1, "u-1", 10.01m, currency: "CHF"));

        shop.Rows("select order_id, gross_revenue from orders").ShouldBe(["o-1, 10.4104", "o-2, 10.5105"]);
    }

    [Fact]
    public async Task A_funnel_is_ordered_per_person_and_within_seven_days()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(
            // Anna views on the web, adds in the app two days later, orders; what she added before she viewed does not count.
            Event("2026-03-02 09:50:00", "a-web", "anna", "Product Added"), Event("2026-03-02 10:00:00", "a-web", "anna", "Product Viewed"),
            Event("2026-03-04 10:00:00", "a-app", "anna", "Product Added", platform: "ios"), Event("2026-03-04 10:01:00", "a-app", "anna", "Checkout Started", platform: "ios"), Event("2026-03-04 10:02:00", "a-app", "anna", "Order Completed", order: "o-1", platform: "ios"),
            // Ben checks out a second too late.
            Event("2026-03-02 12:00:00", "b", "ben", "Product Viewed"), Event("2026-03-02 12:01:00", "b", "ben", "Product Added"), Event("2026-03-09 12:00:01", "b", "ben", "Checkout Started"),
            // Carl orders without having checked out after he added.
            Event("2026-03-02 13:00:00", "c", "carl", "Product Viewed"), Event("2026-03-02 13:01:00", "c", "carl", "Checkout Started"), Event("2026-03-02 13:02:00", "c", "carl", "Product Added"), Event("2026-03-02 13:03:00", "c", "carl", "Order Completed", order: "o-2"));

        shop.Rows("select day, channel, viewed, added, checked_out, ordered from funnel").ShouldBe(["2026-03-02, web, 3, 3, 1, 1"]);
    }

    [Fact]
    public async Task Attribution_looks_thirty_days_back_and_leaves_direct_out()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(
            Event("2026-03-01 10:00:00", "v", "u", campaign: "too-early"), Event("2026-03-02 10:00:00", "v", "u", campaign: "first"), Event("2026-03-20 10:00:00", "v", "u", referrer: "https://www.google.com/"), Event("2026-03-30 10:00:00", "v", "u"),
            Line("2026-04-01 10:00:00", "o-1", 1, "u", 10), Line("2026-03-01 09:00:00", "o-0", 1, "u", 10), Line("2026-04-01 10:00:00", "o-2", 1, "nobody", 10));

        shop.Rows("select order_id, touches, first_channel, first_campaign, last_channel from attribution").ShouldBe(["o-0, 0, direct, -, direct", "o-1, 2, email, first, organic_search", "o-2, 0, direct, -, direct"]);
    }

    [Fact]
    public async Task Cohorts_are_of_the_week_of_the_first_order()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(
            Line("2026-03-02 10:00:00", "a1", 1, "a", 10), Line("2026-03-08 22:30:00", "b1", 1, "b", 10), Line("2026-03-08 23:30:00", "c1", 1, "c", 10), // the last is Monday's in Berlin
            Line("2026-03-10 10:00:00", "a2", 1, "a", 10), Line("2026-03-11 10:00:00", "a3", 1, "a", 10), Line("2026-03-18 10:00:00", "b2", 1, "b", 10));

        shop.Rows("select cohort_week, weeks_later, customers, active_customers, is_complete from retention_weekly").ShouldBe(
        [
            "2026-03-02, 0, 2, 2, true", "2026-03-02, 1, 2, 1, true", "2026-03-02, 2, 2, 1, false", "2026-03-09, 0, 1, 1, true", "2026-03-09, 1, 1, 0, false",
        ]);
    }

    [Fact]
    public async Task An_anomaly_is_far_from_the_median_of_its_weekday()
    {
        using var shop = new ShopBench();
        // Five Mondays with 4, 5, 6, 5 and 20 orders; the Tuesday after makes the last one complete.
        var counts = new[] { 4, 5, 6, 5, 20 };
        var rows = counts.SelectMany((count, week) => Enumerable.Range(0, count).Select(i => Line($"2026-03-{2 + (7 * week):00} 10:00:00", $"o-{week}-{i}", 1, $"u-{i}", 10))).Append(Line("2026-03-31 10:00:00", "last", 1, "u-1", 10));
        await shop.TakeAsync([.. rows]);

        // Median of 4, 5, 6, 5 is 5; deviations 1, 0, 1, 0 have the median 0.5, 1.4826 times 0.5 is less than the root of 5.
        shop.Rows("select day, actual, expected, weeks, round(score, 3), is_anomaly from anomalies where measure = 'orders'").ShouldBe(["2026-03-23, 5.0, 5.0, 3, 0.0, false", "2026-03-30, 20.0, 5.0, 4, 6.708, true"]);
    }

    [Fact]
    public void Every_test_that_the_definitions_name_is_there()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "definitions.md"));
        var names = Name().Matches(text).Select(m => m.Groups[1].Value).ToList();
        names.Count.ShouldBeGreaterThan(7);
        var tests = typeof(DefinitionTests).Assembly.GetTypes().Where(t => t.Namespace is "Weir.Tests.Analytics" or "Weir.Tests.Acceptance").ToList();
        names.Where(name => !tests.Exists(t => t.Name == name || t.GetMethod(name) is not null) && !File.Exists(Path.Combine(Repository.Root, "samples", "shop", "tests", $"{name}.sql"))).ShouldBeEmpty();
    }

    [GeneratedRegex(@"\(`([A-Z]\w+)`\)")]
    private static partial Regex Name();
}
