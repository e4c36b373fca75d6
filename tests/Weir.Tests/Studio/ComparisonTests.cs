using Weir.Studio.Home.Config;
using Weir.Studio.Home.Figures;
using Weir.Studio.Text;
using Weir.Studio.Time;

namespace Weir.Tests.Studio;

public class ComparisonTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
    private static readonly FigureConfig Revenue = new("Revenue", "kpis", "at", "revenue", null, null, FigureFormat.Money, Good.Up);

    [Fact]
    public void An_unfinished_day_is_compared_up_to_the_last_whole_hour()
    {
        var history = Hours(("11-14 07:00", 100), ("11-14 08:00", 100), ("11-14 09:00", 900), ("11-21 07:00", 120), ("11-21 08:00", 130), ("11-21 09:00", 40));
        var compared = Comparison.Of(Revenue, history, Choose("today"));
        compared.Value.ShouldBe(290);
        compared.Change(FigureFormat.Money)!.Value.ShouldBe(0.25, 1e-9);
        compared.IsSameTime.ShouldBeTrue();
    }

    [Fact]
    public void An_unfinished_day_of_a_table_of_days_is_not_compared_with_a_whole_one()
    {
        var compared = Comparison.Of(Revenue, Days(("11-14", 1000), ("11-21", 400)), Choose("today"));
        compared.Value.ShouldBe(400);
        compared.Change(FigureFormat.Money).ShouldBeNull();
        compared.Whole.ShouldBe(1000);
    }

    [Fact]
    public void A_table_of_days_may_say_what_the_same_hours_held_a_week_before()
    {
        var history = new History([new Point(new DateTime(2026, 11, 21), 440, null, 400)], false, new DateTime(2026, 11, 1));
        Comparison.Of(Revenue with { Compare = "before" }, history, Choose("today")).Change(FigureFormat.Money)!.Value.ShouldBe(0.1, 1e-9);
    }

    [Fact]
    public void Several_days_of_a_table_of_days_compare_whole_days_only()
    {
        var compared = Comparison.Of(Revenue, Days(("11-08", 100), ("11-14", 100), ("11-15", 100), ("11-20", 120), ("11-21", 5)), Choose("7d"));
        compared.Value.ShouldBe(225);
        compared.Now.ShouldBe(220);
        // 8 to 13 November: the 14th is the counterpart of the unfinished 21st.
        compared.Before.ShouldBe(100);
    }

    [Fact]
    public void Days_before_the_table_begins_are_no_comparison()
    {
        Comparison.Of(Revenue, Days(("11-10", 100), ("11-20", 120)), Choose("7d")).Change(FigureFormat.Money).ShouldBeNull();
    }

    [Fact]
    public void A_rate_is_the_ratio_of_sums_and_changes_in_points()
    {
        var history = new History(
            [new(At("11-13 10:00"), 10, 100, null), new(At("11-13 11:00"), 0, 300, null), new(At("11-20 10:00"), 30, 100, null), new(At("11-20 11:00"), 0, 900, null)],
            true, At("11-13 10:00"));
        var compared = Comparison.Of(Revenue with { Per = "sessions", Format = FigureFormat.Percent }, history, Choose("yesterday"));
        compared.Value!.Value.ShouldBe(0.03, 1e-9);
        compared.Change(FigureFormat.Percent)!.Value.ShouldBe(0.005, 1e-9);
    }

    [Fact]
    public void Nothing_before_and_nothing_now_are_told_apart()
    {
        Comparison.Of(Revenue, Hours(("11-21 08:00", 5)), Choose("today")).Against.ShouldBe("no earlier Saturday to compare with");
        Comparison.Of(Revenue, Hours(("11-14 08:00", 5)), Choose("today")).Value.ShouldBeNull();
    }

    [Fact]
    public void In_the_first_hour_of_a_day_no_whole_hour_can_be_compared_yet()
    {
        var twentyPastMidnight = new DateTimeOffset(2026, 11, 20, 23, 20, 0, TimeSpan.Zero);
        var compared = Comparison.Of(Revenue, Hours(("11-14 00:00", 30), ("11-14 10:00", 70), ("11-21 00:00", 4)), TimeChoice.Read("today", Berlin, twentyPastMidnight));
        compared.Value.ShouldBe(4);
        compared.Change(FigureFormat.Money).ShouldBeNull();
        compared.Whole.ShouldBe(100);
    }

    [Theory]
    [InlineData(0.1, "Up", "Good")]
    [InlineData(-0.1, "Up", "Bad")]
    [InlineData(0.1, "Down", "Bad")]
    [InlineData(-0.1, "Neither", "Flat")]
    [InlineData(0.0001, "Up", "Flat")]
    public void What_is_good_depends_on_the_figure(double change, string good, string tone) =>
        Tones.Of(change, Enum.Parse<Good>(good)).ToString().ShouldBe(tone);

    private static TimeChoice Choose(string key) => TimeChoice.Read(key, Berlin, SampleData.Now);

    private static DateTime At(string text) => DateTime.Parse("2026-" + text);

    private static History Hours(params (string At, double Value)[] points) => History(true, points);

    private static History Days(params (string At, double Value)[] points) => History(false, points);

    private static History History(bool isHourly, (string At, double Value)[] points) =>
        new([.. points.Select(p => new Point(At(p.At), p.Value, null, null))], isHourly, points.Min(p => At(p.At)));
}
