using Weir.Accounting;
using Weir.Studio.Home.Account;
using Weir.Studio.Time;

namespace Weir.Tests.Studio;

public class AccountViewTests
{
    private static readonly TimeChoice Today = TimeChoice.Read("today", TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), SampleData.Now);

    [Fact]
    public void Only_the_chosen_business_day_is_added_up()
    {
        var view = View(Row("2026-11-20T22:00", 100), Row("2026-11-20T23:00", 7), Row("2026-11-21T08:00", 5));
        view.Totals.Received.ShouldBe(12);
        view.Ever.ShouldBe(112);
        view.LastHour.ShouldBe(new DateTime(2026, 11, 21, 9, 0, 0));
    }

    [Fact]
    public void The_running_hour_is_unfinished_and_hours_ahead_are_empty()
    {
        var buckets = View(Row("2026-11-21T08:00", 5)).Buckets;
        buckets.Count.ShouldBe(24);
        buckets.Single(b => b.IsUnfinished).Label.ShouldBe("09");
        buckets[9].Totals!.Received.ShouldBe(5);
        buckets[10].Totals.ShouldBeNull();
    }

    [Fact]
    public void An_hour_is_compared_with_the_same_hour_a_week_before_and_not_with_time_before_the_first_event()
    {
        var buckets = View(Row("2026-11-14T07:00", 30), Row("2026-11-21T08:00", 5)).Buckets;
        buckets[7].Before.ShouldBeNull();
        buckets[8].Before.ShouldBe(30);
        buckets[9].Before.ShouldBe(0);
    }

    [Fact]
    public void Differences_of_opposite_sign_do_not_cancel()
    {
        var view = View(Row("2026-11-21T07:00", 5) with { Landed = 4 }, Row("2026-11-21T08:00", 5) with { Landed = 6 });
        view.Difference.ShouldBe(0);
        view.AddsUp.ShouldBeFalse();
        view.Problems.Count.ShouldBe(2);
        view.Problems[0].ShouldBe("web, 2026-11-21 07:00 UTC: received 5, accounted for 4.");
    }

    [Fact]
    public void Twenty_eight_days_are_bars_of_days()
    {
        var choice = TimeChoice.Read("28d", Today.Zone, SampleData.Now);
        var view = AccountView.From(new AccountReport([Row("2026-11-20T22:30", 3), Row("2026-11-20T23:30", 4)], [], []), [], choice);
        view.Buckets.Count.ShouldBe(28);
        view.Buckets[^2].Totals!.Received.ShouldBe(3);
        view.Buckets[^1].Totals!.Received.ShouldBe(4);
    }

    private static AccountView View(params AccountRow[] rows) => AccountView.From(new AccountReport(rows, [], []), [], Today);

    private static AccountRow Row(string hour, long received) => new("web", DateTime.Parse(hour), received, received, 0, 0, 0, 0, 0);
}
