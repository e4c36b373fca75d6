using Weir.Insight;

namespace Weir.Tests.Insight;

/// <summary>Metrics against figures that were counted by hand from the nine rows of <see cref="ShopMetrics"/>.</summary>
public sealed class MetricQueryTests : IDisposable
{
    private readonly ShopMetrics shop = new();

    [Theory]
    [InlineData("orders", "7")]
    [InlineData("revenue", "280")]
    [InlineData("web_revenue", "130")]       // 10 + 20 + 40 + 60
    [InlineData("buyers", "4")]
    [InlineData("largest", "70")]
    [InlineData("median_amount", "40")]
    [InlineData("p50", "40")]
    [InlineData("refunded_orders", "2")]
    [InlineData("refund_rate", "0.2857")]    // 2 / 7
    [InlineData("average_order", "40")]      // 280 / 7
    [InlineData("web_share", "0.4643")]      // 130 / 280
    [InlineData("revenue_ever", "280")]
    public void A_metric_without_dimensions_is_one_figure(string metric, string expected) => shop.One(metric).ShouldBe(expected);

    [Fact]
    public void Months_and_iso_weeks()
    {
        shop.Ask(new MetricQuery { Metrics = ["revenue", "orders"], Grain = Grain.Month }).ShouldBe(["2026-01-01 150 5", "2026-02-01 130 2"]);
        // 1 and 2 January are in the week of Monday 29 December; 1 February is the Sunday of the week of 26 January.
        shop.Ask(new MetricQuery { Metrics = ["orders"], Grain = Grain.Week }).ShouldBe(["2025-12-29 3", "2026-01-05 2", "2026-01-26 1", "2026-02-02 1"]);
        shop.Ask(new MetricQuery { Metrics = ["orders"], Grain = Grain.Quarter }).ShouldBe(["2026-01-01 7"]);
        shop.Ask(new MetricQuery { Metrics = ["orders"], By = ["metric_time__year"] }).ShouldBe(["2026-01-01 7"]);
    }

    [Fact]
    public void A_day_without_rows_is_there_only_where_the_metric_says_so()
    {
        var range = new MetricQuery { Metrics = ["orders"], By = ["metric_time"], From = ShopMetrics.Day("2026-01-02"), To = ShopMetrics.Day("2026-01-06") };
        shop.Ask(range).ShouldBe(["2026-01-02 2", "2026-01-05 2"]);
        shop.Ask(range with { Metrics = ["revenue"] }).ShouldBe(["2026-01-02 50", "2026-01-03 0", "2026-01-04 0", "2026-01-05 90"]);
    }

    [Fact]
    public void Split_by_its_own_and_by_a_joined_dimension()
    {
        shop.Ask(new MetricQuery { Metrics = ["revenue", "orders"], By = ["order__channel"] }).ShouldBe(["app 150 3", "web 130 4"]);
        shop.Ask(new MetricQuery { Metrics = ["orders"], By = ["order__size"] }).ShouldBe(["small 4", "large 3"]);
        // zoe is no known customer: her order stays, without a country.
        shop.Ask(new MetricQuery { Metrics = ["revenue"], By = ["customer__country"] }).ShouldBe(["DE 140", "AT 70", "- 70"]);
        shop.Ask(new MetricQuery { Metrics = ["revenue"], By = ["country"] }).ShouldBe(["DE 140", "AT 70", "- 70"]);
        shop.Ask(new MetricQuery { Metrics = ["orders"], By = ["customer"] }).ShouldBe(["ann 3", "bob 2", "cyd 1", "zoe 1"]);
        shop.Ask(new MetricQuery { Metrics = ["orders"], By = ["customer__first_seen__month"], Where = ["{{ Dimension('customer__country') }} is not null"] }).ShouldBe(["2025-12-01 5", "2026-01-01 1"]);
    }

    [Fact]
    public void Conditions_in_dbts_form()
    {
        shop.One("orders", Where("{{ Dimension('order__channel') }} = 'app' and {{ Dimension('customer__country') }} = 'DE'")).ShouldBe("1");
        shop.One("orders", Where("{{ TimeDimension('metric_time', 'month') }} = '2026-02-01'")).ShouldBe("2");
        shop.One("orders", Where("{{ Dimension('order__ordered_on').grain('month') }} >= '2026-02-01'")).ShouldBe("2");
        shop.One("orders", Where("{{ Entity('customer') }} in ('ann', 'bob')")).ShouldBe("5");
        shop.One("average_order", Where("{{ Dimension('order__channel') }} = 'app'")).ShouldBe("50");
        static MetricQuery Where(string condition) => new() { Metrics = [], Where = [condition] };
    }

    [Fact]
    public void A_time_with_a_zone_is_cut_into_the_business_days_and_hours()
    {
        var days = new MetricQuery { Metrics = ["visits"], By = ["metric_time"], TimeZone = "Europe/Berlin" };
        shop.Ask(days).ShouldBe(["2026-01-01 1", "2026-01-02 2", "2026-01-03 1"]);
        shop.Ask(days with { TimeZone = "UTC" }).ShouldBe(["2026-01-01 2", "2026-01-02 1", "2026-01-03 1"]);
        shop.Ask(days with { Grain = Grain.Hour, To = ShopMetrics.Day("2026-01-02").AddHours(1) }).ShouldBe(["2026-01-01T09 1", "2026-01-02T00 1"]);
    }

    [Fact]
    public void The_period_before_lies_beside_each_value()
    {
        var (from, to) = (ShopMetrics.Day("2026-02-01"), ShopMetrics.Day("2026-03-01"));
        var month = new MetricQuery { Metrics = ["orders", "average_order"], From = from, To = to, Before = MetricShift.Previous(from, to, null) };
        shop.Ask(month).ShouldBe(["2 5 65 30"]);   // February: 130 / 2; January: 150 / 5
        shop.Ask(month with { Metrics = ["orders"], By = ["order__channel"] }).ShouldBe(["app 1 2", "web 1 3"]);
        (from, to) = (ShopMetrics.Day("2026-01-05"), ShopMetrics.Day("2026-01-08"));
        shop.Ask(new MetricQuery { Metrics = ["orders"], Grain = Grain.Day, From = from, To = to, Before = MetricShift.Previous(from, to, Grain.Day) })
            .ShouldBe(["2026-01-05 2 2"]);         // the 2nd, three days before
    }

    [Theory]
    [InlineData("2026-02-01", "2026-03-01", null, "interval '1 month'")]
    [InlineData("2026-01-01", "2026-04-01", Grain.Month, "interval '3 month'")]
    [InlineData("2026-01-05", "2026-01-12", Grain.Day, "interval '7 day'")]
    [InlineData("2026-01-05", "2026-01-15", Grain.Week, "interval '2 week'")]
    [InlineData("2025-11-20", "2026-02-10", Grain.Month, "interval '4 month'")]
    public void What_is_before_is_as_long_and_lies_on_the_same_buckets(string from, string to, Grain? grain, string expected) =>
        MetricShift.Previous(ShopMetrics.Day(from), ShopMetrics.Day(to), grain).Sql.ShouldBe(expected);

    [Fact]
    public void Derived_metrics_compute_with_others_and_with_earlier_values()
    {
        shop.Ask(new MetricQuery { Metrics = ["revenue_growth"], Grain = Grain.Month, From = ShopMetrics.Day("2026-02-01"), To = ShopMetrics.Day("2026-03-01") }).ShouldBe(["2026-02-01 -20"]);
        shop.One("per_visit").ShouldBe("70");      // 280 / 4
    }

    [Fact]
    public void Cumulative_metrics_look_back()
    {
        var (from, to) = (ShopMetrics.Day("2026-01-02"), ShopMetrics.Day("2026-01-06"));
        var days = new MetricQuery { Metrics = ["revenue_2d"], By = ["metric_time"], From = from, To = to };
        shop.Ask(days).ShouldBe(["2026-01-02 60", "2026-01-03 50", "2026-01-05 90"]);
        shop.Ask(days with { Metrics = ["buyers_2d"] }).ShouldBe(["2026-01-02 2", "2026-01-03 2", "2026-01-05 2"]);
        shop.Ask(days with { Metrics = ["revenue_ever"] }).ShouldBe(["2026-01-02 60", "2026-01-03 60", "2026-01-04 60", "2026-01-05 150"]);
        shop.Ask(new MetricQuery { Metrics = ["revenue_mtd"], Grain = Grain.Month }).ShouldBe(["2026-01-01 150", "2026-02-01 130"]);
        shop.One("revenue_mtd", new MetricQuery { Metrics = [], To = ShopMetrics.Day("2026-01-03") }).ShouldBe("60");
    }

    [Fact]
    public void Conversions_follow_the_last_visit_in_time()
    {
        // A visit at 09:15 is after an order that is dated with its day (00:00). So ann's order of the 2nd follows her visit of 1 January 09:15, bob's order of the 5th is
        // three days after his visit, too late, and that of the 2nd before it. One of four visits is followed by an order within two days.
        var query = new MetricQuery { Metrics = [], TimeZone = "Europe/Berlin" };
        shop.One("visit_to_order", query).ShouldBe("0.25");
        // Without a window: ann's of 2 January and 1 February, bob's of 5 January.
        shop.One("orders_after_visits", query).ShouldBe("3");
        shop.Ask(query with { Metrics = ["orders_after_visits"], By = ["metric_time"] }).ShouldBe(["2026-01-01 1", "2026-01-02 2"]);
        shop.Ask(query with { Metrics = ["visit_to_order"], By = ["customer__country"] }).ShouldBe(["DE 0.5", "AT 0", "- 0"]);
    }

    [Fact]
    public void A_metric_says_by_what_it_can_be_split_and_what_it_reads()
    {
        var revenue = shop.Catalogue.Find("revenue");
        (revenue.Label, revenue.Description, revenue.Format, revenue.Good, revenue.Owner).ShouldBe(("Revenue", "All money.", MetricFormat.Money, MetricGood.Up, "finance"));
        revenue.Dimensions.Select(d => d.Name).ShouldBe(["order__ordered_on", "order__channel", "order__size", "customer__country", "customer__first_seen"]);
        revenue.Relations.ShouldBe(["main.orders"]);
        shop.Catalogue.Find("per_visit").Dimensions.Select(d => d.Name).ShouldBe(["customer__country", "customer__first_seen"]);
        (shop.Catalogue.Find("visits").Grain, shop.Catalogue.Find("per_visit").Grain).ShouldBe((Grain.Hour, Grain.Day));
    }

    [Theory]
    [InlineData("WEIR7085", "no metric 'revenu'", "Did you mean 'revenue'", "revenu", null, null)]
    [InlineData("WEIR7085", "'chanel'", "order__channel", "orders", "chanel", null)]
    [InlineData("WEIR7085", "cannot be split", "", "visits", "order__channel", null)]
    [InlineData("WEIR7086", "cannot be cut into hours", "--grain day", "orders", "metric_time__hour", null)]
    [InlineData("WEIR7084", "cannot be read", "Dimension(", "orders", null, "{{ dimension('a') }} = 1")]
    [InlineData("WEIR7084", "Metric(", "", "orders", null, "{{ Metric('a', ['b']) }} > 1")]
    [InlineData("WEIR8101", "", "", "orders", null, "1 = 1); drop table orders; select (1")]
    public void What_cannot_be_answered_is_told(string code, string about, string also, string metric, string? by, string? where)
    {
        var wrong = Should.Throw<WeirException>(() => shop.Ask(new MetricQuery { Metrics = [metric], By = by is null ? [] : [by], Where = where is null ? [] : [where] }));
        if (code != "WEIR8101") wrong.Code.ShouldBe(code);
        wrong.Message.ShouldContain(about);
        wrong.Message.ShouldContain(also);
    }

    public void Dispose() => shop.Dispose();
}
