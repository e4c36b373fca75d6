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
        var sent = Shop.Deliveries(Start, Start.AddDays(35)).Where(d => d.Source != "orders").SelectMany(d => d.Sent.Select(s => (d.At, s.Event, s.Fate))).ToList();
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

    private static double Share<T>(IEnumerable<T> items, Func<T, bool> which)
    {
        var list = items.ToList();
        return (double)list.Count(which) / list.Count;
    }
}
