using System.Text;
using Weir.Generate;

namespace Weir.Tests.Generate;

public class ShopTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero); // a change to summer time lies within
    private static readonly Shop Shop = new(new ShopOptions { Seed = 4, Start = Start, StoryAt = Start.AddDays(20).AddHours(6) });

    [Fact]
    public void Windows_put_together_give_what_one_long_window_gives()
    {
        var whole = Shop.Deliveries(Start.AddDays(3), Start.AddDays(4)).ToList();
        var parts = new[] { (72.0, 77.3), (77.3, 77.4), (77.4, 96) }.SelectMany(w => new Shop(Shop.Options).Deliveries(Start.AddHours(w.Item1), Start.AddHours(w.Item2))).ToList();
        parts.Select(d => (d.At, d.Source, Encoding.UTF8.GetString(d.Body))).ShouldBe(whole.Select(d => (d.At, d.Source, Encoding.UTF8.GetString(d.Body))));
        whole.Select(d => d.At).ShouldBeInOrder();
    }

    [Fact]
    public void A_month_has_the_faults_it_promises()
    {
        var sent = Shop.Deliveries(Start, Start.AddDays(35)).Where(d => d.Source != "orders").SelectMany(d => d.Sent.Select(s => (d.At, s.Event, s.Fate))).Where(s => !s.Event.Person.IsBot).ToList();
        sent.Count.ShouldBeGreaterThan(200_000);
        Share(sent, s => s.Fate == Fate.Duplicate).ShouldBeInRange(0.145, 0.155);
        Share(sent.Where(s => s.Fate == Fate.Duplicate), s => s.At - s.Event.At > TimeSpan.FromHours(1)).ShouldBeInRange(0.09, 0.11);
        Share(sent, s => !s.Event.KnowsUser).ShouldBeInRange(0.027, 0.033);
        Share(sent, s => s.Event.Person.FirstGeneration).ShouldBeInRange(0.2, 0.3);
        Share(sent, s => s.Fate == Fate.Quarantined).ShouldBeInRange(0.002, 0.005);
        sent.Select(s => s.Event.Person.TimeZone).Distinct().Count().ShouldBeGreaterThan(4);
        // Each copy follows its original, once at most.
        var first = sent.Where(s => s.Fate == Fate.Lands).ToDictionary(s => s.Event.Id, s => s.At);
        sent.Where(s => s.Fate == Fate.Duplicate).GroupBy(s => s.Event.Id).ShouldAllBe(g => g.Count() == 1 && first[g.Key] < g.First().At);
    }

    [Fact]
    public void The_story_takes_checkouts_from_the_app_and_from_nothing_else()
    {
        int Checkouts(DateTimeOffset from, Func<ShopEvent, bool> which) => Shop.Deliveries(from, from.AddHours(16)).SelectMany(d => d.Sent)
            .Count(s => s.Fate == Fate.Lands && s.Event.Step == Step.Checkout && which(s.Event));
        var (before, after) = (Shop.Options.StoryAt!.Value.AddDays(-7), Shop.Options.StoryAt!.Value);
        Checkouts(after, e => e.Person.IsMobile).ShouldBeLessThan(Checkouts(before, e => e.Person.IsMobile) * 6 / 10);
        Checkouts(after, e => !e.Person.IsMobile).ShouldBeGreaterThan(Checkouts(before, e => !e.Person.IsMobile) * 8 / 10);
    }

    [Fact]
    public void Every_definition_has_its_cases()
    {
        var orders = Shop.Placed(Start, Start.AddDays(20));
        orders.Select(o => o.Currency).Distinct().Order().ShouldBe(["CHF", "CZK", "EUR", "GBP", "USD"]);
        orders.ShouldContain(o => o.Coupon != null && o.Lines.All(l => l.Discount > 0));
        orders.ShouldContain(o => o.Lines[0].Shipping > 0);
        orders.ShouldContain(o => o.Change != null && o.Change.Status == "cancelled");
        orders.ShouldContain(o => o.Change != null && o.Change.Status == "refunded" && o.Change.Lines.Count < o.Lines.Count);
        orders.Select(o => o.Id).ShouldBeUnique();

        var events = Shop.Landed(Start, Start.AddDays(3));
        events.ShouldContain(e => e.Event.Person.IsBot);
        events.ShouldContain(e => e.Event.Referrer != null);
        events.Select(e => e.Event.Campaign).Distinct().Count().ShouldBe(5); // four, and none
        events.GroupBy(e => e.Event.Person.AnonymousId).ShouldContain(browser => browser.Select(e => e.Event.Person.Number).Distinct().Count() == 2);
    }

    [Fact]
    public void The_truth_is_what_is_sent()
    {
        var (from, to) = (Start.AddDays(4), Start.AddDays(5));
        var sent = Shop.Deliveries(from, to).ToList();
        Shop.Landed(from, to).Select(e => e.Event.Id).Order().ShouldBe(sent.Where(d => d.Source != "orders").SelectMany(d => d.Sent).Where(s => s.Fate == Fate.Lands).Select(s => s.Event.Id).Order());
        // A row of an order is a line of JSON; placed are those whose first rows came in the time.
        var rows = sent.Where(d => d.Source == "orders").SelectMany(d => Encoding.UTF8.GetString(d.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries)).ToList();
        rows.Count(r => r.Contains("\"status\":\"placed\"", StringComparison.Ordinal)).ShouldBe(Shop.Placed(from, to).Sum(o => o.Lines.Count));
        rows.ShouldContain(r => r.Contains("\"status\":\"cancelled\"", StringComparison.Ordinal));
    }

    private static double Share<T>(IEnumerable<T> items, Func<T, bool> which)
    {
        var list = items.ToList();
        return (double)list.Count(which) / list.Count;
    }
}
