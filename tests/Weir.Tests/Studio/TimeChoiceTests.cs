using Weir.Studio.Time;

namespace Weir.Tests.Studio;

public class TimeChoiceTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(null, "2026-11-21", "2026-11-21", "last Saturday")]
    [InlineData("yesterday", "2026-11-20", "2026-11-20", "the Friday before")]
    [InlineData("7d", "2026-11-15", "2026-11-21", "the 7 days before")]
    [InlineData("28d", "2026-10-25", "2026-11-21", "the 28 days before")]
    [InlineData("nonsense", "2026-11-21", "2026-11-21", "last Saturday")]
    public void The_address_chooses_the_days(string? key, string first, string last, string against)
    {
        var choice = TimeChoice.Read(key, Berlin, SampleData.Now);
        choice.FirstDay.ShouldBe(DateOnly.Parse(first));
        choice.LastDay.ShouldBe(DateOnly.Parse(last));
        choice.Against.ShouldBe(against);
    }

    [Fact]
    public void A_day_is_the_business_s_day()
    {
        // 23:30 UTC on Friday is half past midnight on Saturday in Berlin.
        var choice = TimeChoice.Read("today", Berlin, new DateTimeOffset(2026, 11, 20, 23, 30, 0, TimeSpan.Zero));
        choice.Today.ShouldBe(new DateOnly(2026, 11, 21));
        choice.From.UtcDateTime.ShouldBe(new DateTime(2026, 11, 20, 23, 0, 0));
    }

    [Fact]
    public void A_day_of_a_clock_change_has_25_hours()
    {
        var choice = TimeChoice.Read("yesterday", Berlin, new DateTimeOffset(2026, 10, 26, 9, 0, 0, TimeSpan.Zero));
        (choice.To - choice.From).ShouldBe(TimeSpan.FromHours(25));
    }

    [Fact]
    public void A_day_whose_midnight_is_skipped_begins_at_its_first_moment()
    {
        // Beirut's clocks went from midnight to one o'clock on 27 March 2022 (tz database).
        var beirut = TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut");
        var choice = TimeChoice.Read("today", beirut, new DateTimeOffset(2022, 3, 27, 10, 0, 0, TimeSpan.Zero));
        choice.From.UtcDateTime.ShouldBe(new DateTime(2022, 3, 26, 22, 0, 0));
    }
}
