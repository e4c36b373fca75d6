using Weir.Generate;
using Weir.Tests.Acceptance;
using static Weir.Tests.Analytics.ShopTruth;
using static Weir.Tests.Analytics.TruthTables;

namespace Weir.Tests.Analytics;

/// <summary>The marts that look back for weeks, and those of marketing, held against what the generator decided: a month over two months' boundary that ends in its story, an app version with which nobody can check out.</summary>
public class MonthTruthTests
{
    private const int Days = 31;
    private static readonly DateTimeOffset Start = new(2026, 2, 17, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset StoryAt = Start.AddDays(Days).AddHours(-17);

    [Fact]
    public async Task Marts_of_a_month_equal_what_the_generator_decided()
    {
        var shop = new Shop(new ShopOptions { Seed = 11, Start = Start, StoryAt = StoryAt, VisitsPerDay = 600, People = 1_200 });
        using var project = new TemporaryProject("shop");
        foreach (var source in new[] { "web", "mobile", "orders" }) await TruthTests.LoadAsync(project, source, $"{source}.ndjson", shop.Export(source, Start, Start.AddDays(Days)).Content);
        (await project.RunAsync("build")).ShouldSucceed();
        var truth = new ShopTruth(shop, Start, Start.AddDays(Days));
        using var tables = new TruthTables(project);

        truth.ShouldSatisfyAllConditions(
            () => Clicks(tables, truth), () => Marketing(tables, truth), () => Hours(tables, truth), () => Months(tables, truth), () => Anomalies(tables, truth),
            () => tables.Near("what_changed", "noticed_at::varchar || ', ' || subject || ', ' || measure || ', ' || direction || ', ' || good || ', ' || explanation || ', ' || trend::varchar", "actual, expected, change, score", TrueChanges.Of(truth)));
    }

    private static void Clicks(TruthTables tables, ShopTruth t)
    {
        var clicked = t.Events.Where(e => e.Event.Step == Step.Order).GroupBy(e => e.Event.OrderId!).ToDictionary(o => o.Key, o => o.Min(e => Day(e.EventTime)));
        var ordered = t.Orders.ToDictionary(o => o.Id, o => Day(o.At));
        var days = ordered.Keys.Union(clicked.Keys).GroupBy(id => ordered.TryGetValue(id, out var day) ? day : clicked[id]).ToList();
        days.Sum(d => d.Count(id => !clicked.ContainsKey(id))).ShouldBeGreaterThan(0); // a click that was malformed
        tables.Equal("SELECT day, matched, only_ordered, only_clicked FROM click_reconciliation", days.Select(d =>
            Text(d.Key, d.Count(id => ordered.ContainsKey(id) && clicked.ContainsKey(id)), d.Count(id => !clicked.ContainsKey(id)), d.Count(id => !ordered.ContainsKey(id)))));
    }

    private static void Marketing(TruthTables tables, ShopTruth t)
    {
        var costs = new Dictionary<string, decimal> { ["newsletter-autumn"] = 18, ["search-brand"] = 95, ["social-video"] = 120, ["affiliate-home"] = 60 }; // of a day, in EUR: seeds/campaigns.csv
        var sales = t.Lines.ToLookup(l => l.Order.Id, l => l.Sales);
        static (string, string) Of(TrueSession? s) => (s?.Channel ?? "direct", s?.Campaign?.Name ?? "(none)");
        var orders = t.Touched().Select(o => (Day: Day(o.Order.At), Last: Of(o.Touches is [.., var last] ? last : null), First: Of(o.Touches is [var first, ..] ? first : null), Sales: sales[o.Order.Id].Sum())).ToList();
        var (visits, lasts, firsts) = (t.Sessions.ToLookup(s => (Day(s.Start), Of(s))), orders.ToLookup(o => (o.Day, o.Last), o => o.Sales), orders.ToLookup(o => (o.Day, o.First), o => o.Sales));
        tables.Equal("SELECT day, marketing_channel, campaign, sessions, bounces, carts, converted, last_touch_orders, last_touch_net_sales, first_touch_orders, first_touch_net_sales, cost FROM marketing_daily",
            visits.Select(v => v.Key).Union(lasts.Select(o => o.Key)).Union(firsts.Select(o => o.Key)).Select(k => Text(
                k.Item1, k.Item2.Item1, k.Item2.Item2, visits[k].Count(), visits[k].Count(s => s.Events.Count == 1), visits[k].Count(s => s.Events.Any(e => e.Event.Step == Step.Add)), visits[k].Count(s => s.Events.Any(e => e.Event.Step == Step.Order)),
                lasts[k].Count(), lasts[k].Sum(), firsts[k].Count(), firsts[k].Sum(), visits[k].Any() ? costs.GetValueOrDefault(k.Item2.Item2) : 0m)));
    }

    private static void Hours(TruthTables tables, ShopTruth t)
    {
        static long Hour(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3_600;
        var (visits, sold, refunded) = (t.Sessions.ToLookup(s => Hour(s.Start)), t.Lines.ToLookup(l => Hour(l.Order.At)), t.Lines.Where(l => l.RefundedAt is not null).ToLookup(l => Hour(l.RefundedAt!.Value)));
        tables.Equal("SELECT epoch(hour)::bigint // 3600, sessions, checkouts, converted, orders, gross_revenue, discounts, tax, refunds, net_revenue FROM hourly_kpis",
            visits.Select(h => h.Key).Union(sold.Select(h => h.Key)).Union(refunded.Select(h => h.Key)).Select(h => Text(
                h, visits[h].Count(), visits[h].Count(s => s.Events.Any(e => e.Event.Step == Step.Checkout)), visits[h].Count(s => s.Events.Any(e => e.Event.Step == Step.Order)),
                sold[h].Select(l => l.Order.Id).Distinct().Count(), sold[h].Sum(l => l.Gross), sold[h].Sum(l => l.Discount), sold[h].Sum(l => l.Tax), refunded[h].Sum(l => l.Sales), sold[h].Sum(l => l.Sales) - refunded[h].Sum(l => l.Sales))));
        tables.Equal("SELECT epoch(hour)::bigint // 3600, platform, step, events FROM hourly_activity", t.Events.GroupBy(e => (Hour(e.EventTime), TrueChanges.Platform(e.Event), TrueChanges.Name(e.Event.Step))).Select(g => Text(g.Key.Item1, g.Key.Item2, g.Key.Item3, g.Count())));
    }

    private static void Months(TruthTables tables, ShopTruth t)
    {
        static DateOnly Month(DateTimeOffset time) => new(Day(time).Year, Day(time).Month, 1);
        var cohorts = t.Orders.GroupBy(o => o.Person.UserId).GroupBy(p => p.Min(o => Month(o.At))).ToList();
        cohorts.Count.ShouldBe(2);
        tables.Equal("SELECT cohort_month, month, customers, active_customers FROM retention_monthly WHERE active_customers > 0",
            cohorts.SelectMany(c => c.SelectMany(p => p.Select(o => Month(o.At)).Distinct()).GroupBy(m => m).Select(m => Text(c.Key, m.Key, c.Count(), m.Count()))));
    }

    private static void Anomalies(TruthTables tables, ShopTruth t)
    {
        var lastDay = t.Sessions.Max(s => Day(s.Start));
        var (sessions, lines, refunds) = (t.Sessions.ToLookup(s => Day(s.Start)), t.Lines.ToLookup(l => Day(l.Order.At)), t.Lines.Where(l => l.RefundedAt is not null).ToLookup(l => l.RefundDay!.Value));
        double With(DateOnly day, Step step) => sessions[day].Count(s => s.Events.Any(e => e.Event.Step == step));
        var measures = new Dictionary<string, Func<DateOnly, double>>
        {
            ["orders"] = d => lines[d].Select(l => l.Order.Id).Distinct().Count(), ["gross_revenue"] = d => (double)lines[d].Sum(l => l.Gross), ["refunds"] = d => (double)refunds[d].Sum(l => l.Sales),
            ["sessions"] = d => sessions[d].Count(), ["product_views"] = d => sessions[d].Sum(s => s.Events.Count(e => e.Event.Step == Step.View)), ["carts"] = d => With(d, Step.Add), ["checkouts"] = d => With(d, Step.Checkout),
        };
        var days = sessions.Select(d => d.Key).ToHashSet();
        var expected = (from measure in measures
                        from day in days
                        where day < lastDay
                        let before = Enumerable.Range(1, 8).Select(week => day.AddDays(-7 * week)).Where(days.Contains).Select(measure.Value).ToList()
                        where before.Count >= 3
                        let median = Median(before)
                        let deviation = 1.4826 * Median(before.ConvertAll(b => Math.Abs(b - median)))
                        let money = measure.Key is "gross_revenue" or "refunds"
                        let spread = Math.Max(1, Math.Max(deviation, money ? 0.05 * median : Math.Sqrt(median)))
                        let actual = measure.Value(day)
                        select (Text(day, measure.Key, money || measure.Key == "orders" ? "sales" : "behaviour", Math.Abs(actual - median) >= 3.5 * spread, actual < median ? "down" : "up", before.Count, lastDay),
                            new[] { actual, median, median - (3.5 * spread), median + (3.5 * spread), (actual - median) / spread })).ToList();
        expected.Count(e => e.Item1.Contains("true", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        tables.Near("anomalies", "concat_ws(', ', day, measure, kind, is_anomaly, direction, weeks, as_of)", "actual, expected, lower_bound, upper_bound, score", expected);
    }

    private static double Median(List<double> values)
    {
        values = [.. values.Order()];
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
