using Weir.Events;
using Weir.Sources;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Rules;

/// <summary>How far from its receipt an event may have happened. All are received on 2024-06-15 at 12:00 UTC.</summary>
public class AgeTests
{
    private static readonly SourceDefinition Thirty = Web with { MaxAge = TimeSpan.FromDays(30) };

    private static string At(string time, string more = "") => $$"""{"event":"e","event_id":"1","user_id":"u","timestamp":"{{time}}"{{more}}}""";

    [Theory]
    [InlineData("2024-05-16T12:00:00Z", false)]
    [InlineData("2024-05-16T11:59:59.999999Z", true)]
    public void Too_old_is_what_happened_longer_before_it_was_received_than_its_source_takes(string time, bool isOld)
    {
        Landed(At("2001-01-01T00:00:00Z")).Flags.ShouldBeNull("no source has a limit unless it declares one");
        if (!isOld) Landed(At(time), Thirty).Flags.ShouldBeNull();
        else
        {
            var why = Quarantined(At(time), Thirty);
            (why.Reason, why.Detail, why.ClientTime is not null).ShouldBe((QuarantineReasons.TooOld, "event_time: more than 30 days before it was received", true));
        }
    }

    [Fact]
    public void An_old_event_lands_flagged_where_the_source_says_so()
    {
        var row = Landed(At("2023-01-01T00:00:00Z"), Thirty with { OldEvents = OldEvents.Land });
        (row.Flags, row.EventTime, row.Imputed).ShouldBe(("too_old", Utc(2023, 1, 1), null));
    }

    [Fact]
    public void A_clock_that_is_wrong_makes_no_event_old()
    {
        // Sent a minute after it happened, by a clock that is years behind: it happened a minute ago.
        Landed(At("2004-01-01T00:00:00Z", ""","sent_at":"2004-01-01T00:01:00Z" """), Thirty).EventTime.ShouldBe(Utc(2024, 6, 15, 11, 59));
        Landed("""{"event":"e","user_id":"u"}""", Thirty).Flags.ShouldBeNull("an event without a time happened when it was received");
    }

    [Fact]
    public void How_far_ahead_a_time_may_lie_is_the_sources_to_say()
    {
        var hour = Web with { MaxAhead = TimeSpan.FromHours(1) };
        Landed(At("2024-06-15T13:00:00Z"), hour).ClientTime.ShouldBe(Utc(2024, 6, 15, 13));
        var why = Quarantined(At("2024-06-15T13:00:01Z"), hour);
        (why.Reason, why.Detail).ShouldBe((QuarantineReasons.AbsurdTime, "$.timestamp: before 2000-01-01 or more than 1 h after it was received"));
        Landed(At("2024-06-16T12:00:00Z")).ClientTime.ShouldBe(Utc(2024, 6, 16, 12));
        Quarantined(At("2024-06-16T12:00:01Z")).Reason.ShouldBe(QuarantineReasons.AbsurdTime);
    }
}
