using static Weir.Tests.Analytics.ShopBench;

namespace Weir.Tests.Analytics;

/// <summary>Sessions on events that are counted by hand. Times are UTC; the shop is in Berlin, an hour ahead in early March.</summary>
public class SessionTests
{
    private const string Sessions = "select visitor_id, session_number, strftime(started_at, '%d %H:%M:%S'), strftime(ended_at, '%d %H:%M:%S'), events from sessions";

    [Fact]
    public async Task Thirty_minutes_go_on_and_a_second_more_does_not()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(Event("2026-03-02 10:00:00", "v"), Event("2026-03-02 10:30:00", "v"), Event("2026-03-02 11:00:01", "v"), Event("2026-03-02 10:45:00", "other"));

        shop.Rows(Sessions).ShouldBe(["other, 1, 02 10:45:00, 02 10:45:00, 1", "v, 1, 02 10:00:00, 02 10:30:00, 2", "v, 2, 02 11:00:01, 02 11:00:01, 1"]);
    }

    [Fact]
    public async Task A_session_goes_on_at_midnight_and_is_of_the_day_on_which_it_began()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(Event("2026-03-02 22:50:00", "v"), Event("2026-03-02 23:10:00", "v"), Event("2026-03-03 00:10:00", "v")); // 23:50 and 0:10 and 1:10 in Berlin

        shop.Rows("select session_number, session_date, events from sessions").ShouldBe(["1, 2026-03-02, 2", "2, 2026-03-03, 1"]);
    }

    [Fact]
    public async Task Days_and_weeks_are_of_the_business_zone()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(Event("2026-03-01 22:59:59", "a"), Event("2026-03-01 23:00:00", "b")); // Sunday, and a Monday in Berlin

        shop.Rows("select visitor_id, session_date, week, iso_week from sessions join dates on day = session_date").ShouldBe(["a, 2026-03-01, 2026-02-23, 9", "b, 2026-03-02, 2026-03-02, 10"]);
    }

    [Fact]
    public async Task A_new_campaign_begins_a_session_and_the_same_one_does_not()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(
            Event("2026-03-02 10:00:00", "v"), Event("2026-03-02 10:05:00", "v", campaign: "a"), Event("2026-03-02 10:10:00", "v"), Event("2026-03-02 10:15:00", "v", campaign: "a"), Event("2026-03-02 10:20:00", "v", campaign: "b"),
            // After a pause the campaign of before is a new one again: this session came without.
            Event("2026-03-02 11:00:00", "v"), Event("2026-03-02 11:05:00", "v", campaign: "b"));

        shop.Rows("select session_number, campaign, marketing_channel, events from sessions").ShouldBe(["1, -, direct, 1", "2, a, email, 3", "3, b, email, 1", "4, -, direct, 1", "5, b, email, 1"]);
    }

    [Fact]
    public async Task A_late_event_merges_two_sessions_and_the_merged_row_is_gone()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(Event("2026-03-02 10:00:00", "v"), Event("2026-03-02 10:50:00", "v"), Event("2026-03-02 10:00:00", "other"), Event("2026-03-02 12:00:00", "other"));
        shop.Rows(Sessions).Count.ShouldBe(4);

        var late = await shop.TakeAsync(Event("2026-03-02 10:25:00", "v"));

        shop.Rows(Sessions).ShouldBe(["other, 1, 02 10:00:00, 02 10:00:00, 1", "other, 2, 02 12:00:00, 02 12:00:00, 1", "v, 1, 02 10:00:00, 02 10:50:00, 3"]);
        Restated(late, "sessions").ShouldBe("1 × visitor_id: 2 rows replaced by 1, for events +1");
        Restated(late, "customer_days").ShouldBe("1 × person_id: 1 rows replaced by 1, for sessions +1-2");
    }

    [Fact]
    public async Task Two_people_on_one_laptop_stay_two()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(
            Event("2026-03-02 10:00:00", "laptop"), Event("2026-03-02 10:01:00", "laptop", "anna"), Event("2026-03-02 10:05:00", "laptop"), Event("2026-03-02 10:09:00", "laptop", "ben"),
            Event("2026-03-02 20:00:00", "laptop"), Event("2026-03-03 20:00:00", "laptop", "anna"));

        // What nobody was signed in for is of whose the browser was: Anna's before she was first seen, Ben's in the evening.
        shop.Rows("select session_number, user_id, (select min(id_value) from customer_ids as i where kind = 'user' and i.customer_id = s.customer_id), events from sessions as s")
            .ShouldBe(["1, anna, anna, 3", "2, ben, ben, 1", "3, -, ben, 1", "4, anna, anna, 1"]);
        shop.Rows("select count(*) from customers").ShouldBe(["2"]);
        shop.Rows("select day, count(distinct person_id) from customer_days group by day").ShouldBe(["2026-03-02, 2", "2026-03-03, 1"]);
    }

    [Fact]
    public async Task Bots_are_in_events_and_in_nothing_else()
    {
        using var shop = new ShopBench();
        await shop.TakeAsync(Event("2026-03-02 10:00:00", "v"), Event("2026-03-02 10:00:00", "crawler", agent: "Mozilla/5.0 (compatible; Googlebot/2.1)"), Event("2026-03-02 10:01:00", "w", agent: "Mozilla/5.0 (X11; Linux x86_64) Firefox/149.0"));

        shop.Rows("select visitor_id, is_bot from events").ShouldBe(["crawler, true", "v, false", "w, false"]);
        shop.Rows("select visitor_id from sessions").ShouldBe(["v", "w"]);
        shop.Rows("select sum(events) from hourly_activity").ShouldBe(["2"]);
    }

    [Fact]
    public async Task Clock_skew_does_not_cut_a_session()
    {
        // A laptop that is two hours ahead until it is set: 12:00 by its clock is 10:00, and 10:10 is 10:10. Received five seconds after each.
        using var project = new Acceptance.TemporaryProject("shop");
        project.With("web.ndjson", """
            {"event_id":"0b000000-0000-4000-8000-000000000001","event":"Page Viewed","timestamp":"2026-03-02T12:00:00Z","sent_at":"2026-03-02T12:00:05Z","received_at":"2026-03-02T10:00:05Z","anonymous_id":"v","schema_version":"2"}
            {"event_id":"0b000000-0000-4000-8000-000000000002","event":"Page Viewed","timestamp":"2026-03-02T10:10:00Z","sent_at":"2026-03-02T10:10:05Z","received_at":"2026-03-02T10:10:05Z","anonymous_id":"v","schema_version":"2"}
            """ + "\n");
        (await project.RunAsync("load", project["web.ndjson"], "--source", "web")).ShouldSucceed();
        (await project.RunAsync("run", "--select", "+sessions")).ShouldSucceed();

        (await project.QueryAsync("select session_number, hour(started_at), seconds, events from sessions")).ShouldBe("1,10,600,2");
    }
}
