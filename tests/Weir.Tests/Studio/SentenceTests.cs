using Weir.Accounting;
using Weir.Studio;
using Weir.Studio.Home;
using Weir.Studio.Home.Account;
using Weir.Studio.Home.Attention;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;
using Weir.Studio.Time;
using Weir.Studio.Warehouse;

namespace Weir.Tests.Studio;

public class SentenceTests
{
    private static readonly TimeChoice Today = Choose("today");

    private static readonly FigureView Revenue = new()
    {
        Label = "Revenue", Table = "hourly_kpis", Value = new Figure("€184.2", "\u00A0k"), Change = "+4.1\u00A0%", Fraction = 0.041, Against = "last Saturday", IsSameTime = true, Tone = Tone.Good,
    };

    private static readonly ChangeView Checkouts = new()
    {
        Subject = "mobile checkouts", IsUp = false, Change = -0.38, Since = new DateTime(2026, 11, 21, 6, 0, 0), Tone = Tone.Bad,
    };

    [Fact]
    public void It_says_that_all_arrived_how_the_first_figure_stands_and_what_changed_most() =>
        Say(View(figure: Revenue, change: Checkouts)).ShouldBe("Everything arrived. Revenue is 4.1 % above last Saturday at this hour; mobile checkouts fell at 06:00.");

    [Fact]
    public void A_name_that_begins_with_a_capital_begins_a_sentence() =>
        Say(View(figure: Revenue, change: Checkouts with { Subject = "Germany", IsUp = true, Since = new DateTime(2026, 11, 20, 23, 0, 0) }))
            .ShouldBe("Everything arrived. Revenue is 4.1 % above last Saturday at this hour. Germany rose yesterday 23:00.");

    [Fact]
    public void Without_any_event_it_promises_nothing() => Say(View() with { Account = Account() }).ShouldBe("Nothing has been received yet.");

    [Fact]
    public void Nothing_today_is_told_with_the_last_hour_that_had_something() =>
        Say(View() with { Account = Account(Row("2026-11-20T16:00", 5, 5)) }).ShouldBe("Nothing has arrived today; the last events came yesterday 17:00.");

    [Theory]
    [InlineData(1, "1 event is unaccounted for.")]
    [InlineData(12, "12 events are unaccounted for.")]
    [InlineData(-3, "3 events are accounted for twice.")]
    public void What_does_not_add_up_comes_first(long difference, string said) =>
        Say(View() with { Account = Account(Row("2026-11-21T07:00", 100, 100 - difference)) }).ShouldBe(said);

    [Fact]
    public void Many_that_wait_are_told() =>
        Say(View() with { Account = Account(Row("2026-11-21T07:00", 100, 60) with { Waiting = 40 }) }).ShouldBe("Everything is accounted for, 40 still wait to land.");

    [Fact]
    public void An_account_that_cannot_be_read_is_not_called_right() => Say(View() with { Account = null }).ShouldBe("The account cannot be read.");

    [Fact]
    public void A_failed_table_is_not_judged() =>
        Say(View(figure: Revenue with { Status = new RelationStatus("main.hourly_kpis", SampleData.Now, SampleData.Now, 3, 1, "fail", "") }))
            .ShouldBe("Everything arrived. Revenue cannot be judged: hourly_kpis failed.");

    [Fact]
    public void A_stale_figure_says_how_old_it_is() =>
        Say(View(figure: Revenue with { IsStale = true, Status = new RelationStatus("hourly_kpis", SampleData.Now.AddHours(-6), null, 3, 0, "success", "") }))
            .ShouldBe("Everything arrived. Revenue is 4.1 % above last Saturday at this hour as of 6 h ago.");

    [Fact]
    public void Without_a_comparison_it_gives_the_value() =>
        Say(View(figure: Revenue with { Fraction = null, Change = null, Against = "no earlier Saturday to compare with" }))
            .ShouldBe("Everything arrived. Revenue is €184.2 k so far, with no earlier Saturday to compare with.");

    [Fact]
    public void What_rounds_to_nothing_is_level() =>
        Say(View(figure: Revenue with { Fraction = 0.0001, Change = "±0.0\u00A0%", Tone = Tone.Flat })).ShouldBe("Everything arrived. Revenue is level with last Saturday at this hour.");

    [Fact]
    public void A_tenfold_change_is_a_factor() =>
        Say(View(figure: Revenue with { Fraction = 11, Change = Numbers.Change(11) })).ShouldBe("Everything arrived. Revenue is 12 times that of last Saturday at this hour.");

    [Fact]
    public void Yesterday_is_told_in_the_past() =>
        Say(View(figure: Revenue with { IsSameTime = false, Against = "the Friday before", Fraction = -0.02, Change = "−2.0\u00A0%" }) with
        {
            Choice = Choose("yesterday"), Account = AccountView.From(new AccountReport([Row("2026-11-20T07:00", 9, 9)], [], []), [], Choose("yesterday")),
        }).ShouldBe("Everything arrived. Revenue was 2.0 % below the Friday before.");

    [Theory]
    [InlineData("Revenue", -0.437, "€184.2 k, 43.7 % below the Friday before", "revenue")]
    [InlineData("GMV", 11.0, "€184.2 k, 12 times that of the Friday before", "GMV")]
    [InlineData("Revenue", 0.0001, "€184.2 k, level with the Friday before", "revenue")]
    public void A_figure_of_the_last_day_there_is_names_that_day(string label, double change, string said, string named) =>
        Say(View(figure: Revenue with
        {
            Label = label, Fraction = change, Change = Numbers.Change(change), Tone = Tones.Of(change, Weir.Studio.Home.Config.Good.Up), IsSameTime = false,
            Against = "the Friday before", OnLastDay = "On 9 December 2011, the last day there is",
        })).ShouldBe($"Everything arrived. On 9 December 2011, the last day there is, {named} was {said}.");

    private static string Say(HomeView view) => string.Join(' ', view.Sentence).Replace('\u00A0', ' ');

    private static HomeView View(FigureView? figure = null, ChangeView? change = null) => new()
    {
        Options = new StudioOptions { Data = new SampleData(), ProjectName = "shop", ProjectFolder = "." },
        Choice = Today,
        Account = Account(Row("2026-11-21T07:00", 100, 100)),
        Figures = figure is null ? [] : [figure],
        Changes = change is null ? null : new ChangesView("what_changed", [change], null, null),
    };

    private static AccountView Account(params AccountRow[] rows) => AccountView.From(new AccountReport(rows, [], []), [], Today);

    private static AccountRow Row(string hour, long received, long landed) => new("web", DateTime.Parse(hour), received, landed, 0, 0, 0, 0, 0);

    private static TimeChoice Choose(string key) => TimeChoice.Read(key, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), SampleData.Now);
}
