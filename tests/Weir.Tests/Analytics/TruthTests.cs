using System.Globalization;
using System.Text.Json;
using Weir.Generate;
using Weir.Tests.Acceptance;
using static Weir.Tests.Analytics.ShopTruth;
using static Weir.Tests.Analytics.TruthTables;

namespace Weir.Tests.Analytics;

/// <summary>The marts, held against a second computation from what the generator decided, not from rows of the lake.</summary>
public class TruthTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero); // rates change on the 12th

    [Fact]
    public async Task Every_mart_equals_what_the_generator_decided()
    {
        const int Days = 8;
        var shop = new Shop(new ShopOptions { Seed = 5, Start = Start, VisitsPerDay = 450, People = 900 });
        using var project = new TemporaryProject("shop");
        var tickets = new List<(long Id, string Requester)>();
        for (var from = 0; from < Days; from += 4)
        {
            foreach (var source in new[] { "web", "mobile", "orders" }) await LoadAsync(project, source, $"{source}-{from}.ndjson", shop.Export(source, Start.AddDays(from), Start.AddDays(from + 4)).Content);
            foreach (var source in Shop.Offices)
            {
                var exports = Enumerable.Range(from, 4).Select(d => shop.DailyExport(source, DateOnly.FromDateTime(Start.UtcDateTime).AddDays(d))).Where(e => e.Length > 0).ToList();
                for (var i = 0; i < exports.Count; i++) await File.WriteAllBytesAsync(project[$"{source}-{from}-{i}.{(source == "operations" ? "csv" : "ndjson")}"], exports[i]);
                if (exports.Count > 0) (await project.RunAsync(["load", .. Enumerable.Range(0, exports.Count).Select(i => project[$"{source}-{from}-{i}.{(source == "operations" ? "csv" : "ndjson")}"]), "--source", source])).ShouldSucceed();
                if (source == "support") tickets.AddRange(exports.SelectMany(e => System.Text.Encoding.UTF8.GetString(e).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(l => JsonDocument.Parse(l).RootElement).Select(t => (t.GetProperty("id").GetInt64(), t.GetProperty("requester").GetString()!)));
            }
            (await project.RunAsync("build")).ShouldSucceed();
        }

        using var tables = new TruthTables(project);
        var truth = new ShopTruth(shop, Start, Start.AddDays(Days));
        truth.Sessions.Count.ShouldBeGreaterThan(3_000);
        truth.Lines.Count(l => l.RefundDay != null).ShouldBeGreaterThan(10);

        // Every user of the generator is one customer, and no two are the same.
        tables.Execute("CREATE TEMP TABLE people AS SELECT customer_id, min(id_value) AS person FROM customer_ids WHERE kind = 'user' AND id_value LIKE 'u-%' GROUP BY customer_id HAVING count(*) = 1");
        Rows("SELECT count(*) FROM people").ShouldBe(Rows("SELECT count(DISTINCT id_value) FROM customer_ids WHERE kind = 'user' AND id_value LIKE 'u-%'"));
        const string Who = "coalesce(p.person, m.person_id)";
        const string WithPeople = "AS m LEFT JOIN people AS p USING (customer_id)";

        Equal($"SELECT visitor_id, session_number, user_id, {Who}, epoch_ms(started_at), epoch_ms(ended_at), events, campaign, marketing_channel, product_views, has_order FROM sessions {WithPeople}",
            truth.Sessions.Select(s => Text(s.Visitor, s.Number, s.User, s.Person, s.Start.ToUnixTimeMilliseconds(), s.End.ToUnixTimeMilliseconds(), s.Events.Count, s.Campaign?.Name, s.Channel, s.Events.Count(e => e.Event.Step == Step.View), s.Events.Any(e => e.Event.Step == Step.Order))));
        Equal("SELECT order_id, currency, gross_revenue, discounts, tax, shipping, net_sales, refunds, net_revenue FROM orders",
            truth.Lines.GroupBy(l => l.Order).Select(o => Text(o.Key.Id, o.Key.Currency, o.Sum(l => l.Gross), o.Sum(l => l.Discount), o.Sum(l => l.Tax), o.Sum(l => l.Shipping), o.Sum(l => l.Sales), o.Where(l => l.RefundDay != null).Sum(l => l.Sales), o.Where(l => l.RefundDay == null).Sum(l => l.Sales))));
        Daily(truth);
        Funnel(truth);
        People(truth, Who, WithPeople);
        Attribution(truth);
        // By the last day operations have mapped everybody who writes under a former id.
        Equal("SELECT p.person, tickets FROM customer_360 JOIN people AS p USING (customer_id) WHERE tickets > 0",
            tickets.Distinct().GroupBy(t => t.Requester.StartsWith("k-", StringComparison.Ordinal) ? $"u-{int.Parse(t.Requester[2..], CultureInfo.InvariantCulture) - 40_000}" : t.Requester).Select(p => Text(p.Key, p.Count())));

        void Daily(ShopTruth t)
        {
            var keys = t.Sessions.Select(s => (Day(s.Start), s.Events[0].Event.Source, s.Events[0].Event.Person.Country))
                .Concat(t.Lines.Select(l => (Day(l.Order.At), l.Order.Channel, l.Order.Person.Country))).Concat(t.Lines.Where(l => l.RefundDay != null).Select(l => (l.RefundDay!.Value, l.Order.Channel, l.Order.Person.Country))).Distinct();
            Equal("SELECT day, channel, country, sessions, bounces, carts, checkouts, converted, orders, items, gross_revenue, refunds, net_revenue FROM daily_kpis", keys.Select(k =>
            {
                var sessions = t.Sessions.Where(s => (Day(s.Start), s.Events[0].Event.Source, s.Events[0].Event.Person.Country) == k).ToList();
                var sold = t.Lines.Where(l => (Day(l.Order.At), l.Order.Channel, l.Order.Person.Country) == k).ToList();
                var refunds = t.Lines.Where(l => (l.RefundDay, l.Order.Channel, l.Order.Person.Country) == (k.Item1, k.Item2, k.Item3)).Sum(l => l.Sales);
                int With(Step step) => sessions.Count(s => s.Events.Any(e => e.Event.Step == step));
                return Text(k.Item1, k.Item2, k.Item3, sessions.Count, sessions.Count(s => s.Events.Count == 1), With(Step.Add), With(Step.Checkout), With(Step.Order), sold.Select(l => l.Order.Id).Distinct().Count(), sold.Sum(l => l.Line.Quantity), sold.Sum(l => l.Gross), refunds, sold.Sum(l => l.Sales) - refunds);
            }));
            Equal("SELECT sum(sessions), sum(orders), sum(net_revenue) FROM hourly_kpis", [Text(t.Sessions.Count, t.Orders.Count, t.Lines.Where(l => l.RefundDay == null).Sum(l => l.Sales))]);
            Equal("SELECT sum(events) FROM hourly_activity", [Text(t.Events.Count)]);
            Equal("SELECT day, category, orders, quantity, gross_revenue FROM category_sales WHERE orders > 0", t.Lines.GroupBy(l => (Day(l.Order.At), l.Line.Product.Category)).Select(g => Text(g.Key.Item1, g.Key.Category, g.Select(l => l.Order.Id).Distinct().Count(), g.Sum(l => l.Line.Quantity), g.Sum(l => l.Gross))));
            Equal("SELECT day, category, refunds FROM category_sales WHERE refunds > 0", t.Lines.Where(l => l.RefundDay != null).GroupBy(l => (l.RefundDay, l.Line.Product.Category)).Select(g => Text(g.Key.RefundDay, g.Key.Category, g.Sum(l => l.Sales))));
            Equal("SELECT day, net_sales, kept_so_far FROM order_day_revenue", t.Lines.GroupBy(l => Day(l.Order.At)).Select(g => Text(g.Key, g.Sum(l => l.Sales), g.Where(l => l.RefundDay == null).Sum(l => l.Sales))));
            Equal("SELECT day, marketing_channel, sum(sessions) FROM marketing_daily GROUP BY ALL HAVING sum(sessions) > 0", t.Sessions.GroupBy(s => (Day(s.Start), s.Channel)).Select(g => Text(g.Key.Item1, g.Key.Channel, g.Count())));
        }

        void Funnel(ShopTruth t)
        {
            // Each event is that of the session it lies in, and so of its person.
            var taken = t.Sessions.SelectMany(s => s.Events.Select(e => (s.Person, e.Event.Step, e.EventTime, e.Event.Source))).ToLookup(e => e.Person);
            var entries = taken.SelectMany(p => p.Where(e => e.Step == Step.View).GroupBy(e => Day(e.EventTime)).Select(d => (p.Key, Day: d.Key, First: d.MinBy(e => e.EventTime))));
            Equal("SELECT day, viewed, added, checked_out, ordered FROM (SELECT day, sum(viewed)::int AS viewed, sum(added)::int AS added, sum(checked_out)::int AS checked_out, sum(ordered)::int AS ordered FROM funnel GROUP BY day)", entries.Select(e =>
            {
                var limit = e.First.EventTime.AddDays(7);
                DateTimeOffset? Next(DateTimeOffset? after, Step step) => taken[e.Key].Where(x => x.Step == step && x.EventTime >= after && x.EventTime <= limit).Select(x => (DateTimeOffset?)x.EventTime).Min();
                var added = Next(e.First.EventTime, Step.Add);
                var checkout = Next(added, Step.Checkout);
                return (e.Day, added, checkout, Ordered: Next(checkout, Step.Order));
            }).GroupBy(e => e.Day).Select(d => Text(d.Key, d.Count(), d.Count(e => e.added != null), d.Count(e => e.checkout != null), d.Count(e => e.Ordered != null))));
        }

        void People(ShopTruth t, string who, string withPeople)
        {
            var days = t.Sessions.Select(s => (s.Person, Day: Day(s.Start))).Concat(t.Lines.Select(l => (l.Order.Person.UserId, Day(l.Order.At)))).Concat(t.Lines.Where(l => l.RefundDay != null).Select(l => (l.Order.Person.UserId, l.RefundDay!.Value))).Distinct();
            var (sessions, sold, refunded) = (t.Sessions.ToLookup(s => (s.Person, Day(s.Start))), t.Lines.ToLookup(l => (l.Order.Person.UserId, Day(l.Order.At))), t.Lines.Where(l => l.RefundDay != null).ToLookup(l => (l.Order.Person.UserId, l.RefundDay!.Value)));
            Equal($"SELECT {who}, day, sessions, orders, gross_revenue, net_revenue FROM customer_days {withPeople}",
                days.Select(d => Text(d.Item1, d.Item2, sessions[d].Count(), sold[d].Select(l => l.Order.Id).Distinct().Count(), sold[d].Sum(l => l.Gross), sold[d].Sum(l => l.Sales) - refunded[d].Sum(l => l.Sales))));

            var buyers = t.Orders.GroupBy(o => o.Person.UserId).Select(p => (p.Key, Orders: p.Count(), Last: p.Max(o => Day(o.At)), First: p.Min(o => Day(o.At)), Net: t.Lines.Where(l => l.Order.Person.UserId == p.Key && l.RefundDay == null).Sum(l => l.Sales))).ToList();
            Equal("SELECT p.person, orders, last_order_date, net_revenue, revenue_rank FROM top_customers JOIN people AS p USING (customer_id)", buyers.Select(b => Text(b.Key, b.Orders, b.Last, b.Net, 1 + buyers.Count(o => o.Net > b.Net))));
            // The share of all others who lie below, in fifths.
            int Score<T>(Func<(string Key, int Orders, DateOnly Last, DateOnly First, decimal Net), T> of, T own) where T : IComparable<T> => Math.Min(5, 1 + (int)Math.Floor(5.0 * buyers.Count(b => of(b).CompareTo(own) < 0) / (buyers.Count - 1)));
            Equal("SELECT p.person, recency_score, frequency_score, monetary_score FROM rfm JOIN people AS p USING (customer_id)", buyers.Select(b => Text(b.Key, Score(x => x.Last, b.Last), Score(x => x.Orders, b.Orders), Score(x => x.Net, b.Net))));
            var active = t.Orders.Select(o => (o.Person.UserId, Week: Week(Day(o.At)))).Distinct().ToLookup(o => o.UserId, o => o.Week);
            Equal("SELECT cohort_week, week, customers, active_customers FROM retention_weekly WHERE active_customers > 0",
                buyers.GroupBy(b => Week(b.First)).SelectMany(c => c.SelectMany(b => active[b.Key]).GroupBy(w => w).Select(w => Text(c.Key, w.Key, c.Count(), w.Count()))));
            Equal("SELECT sum(customers), sum(active_customers) FROM retention_monthly WHERE months_later = 0", [Text(buyers.Count, buyers.Count)]);
        }

        void Attribution(ShopTruth t)
        {
            Equal("SELECT order_id, touches, first_channel, first_campaign, last_channel, last_campaign FROM attribution", t.Touched().Select(o =>
                Text(o.Order.Id, o.Touches.Count, o.Touches.Count > 0 ? o.Touches[0].Channel : "direct", o.Touches.Count > 0 ? o.Touches[0].Campaign?.Name : null, o.Touches.Count > 0 ? o.Touches[^1].Channel : "direct", o.Touches.Count > 0 ? o.Touches[^1].Campaign?.Name : null)));
        }

        List<string> Rows(string sql) => tables.Rows(sql);

        void Equal(string sql, IEnumerable<string> expected) => tables.Equal(sql, expected);
    }

    internal static async Task LoadAsync(TemporaryProject project, string source, string name, byte[] content)
    {
        await File.WriteAllBytesAsync(project[name], content);
        (await project.RunAsync("load", project[name], "--source", source)).ShouldSucceed();
    }
}
