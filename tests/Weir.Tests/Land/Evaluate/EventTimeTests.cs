using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class EventTimeTests
{
    [Theory]
    [InlineData("2024-06-15T10:00:00Z", "2024-06-15 10:00:00.000000")]
    [InlineData("2024-06-15t10:00:00.5z", "2024-06-15 10:00:00.500000")]
    [InlineData("2024-06-15T10:00:00.1234567Z", "2024-06-15 10:00:00.123456")]
    [InlineData("2024-06-15T12:30:00+02:00", "2024-06-15 10:30:00.000000")]
    [InlineData("2024-06-15T04:30:00-0530", "2024-06-15 10:00:00.000000")]
    [InlineData("2024-06-15 12:30:00+02", "2024-06-15 10:30:00.000000")]
    [InlineData("2024-06-15T10:00Z", "2024-06-15 10:00:00.000000")]
    [InlineData("2024-06-15T12:00:00", "2024-06-15 10:00:00.000000")] // Berlin in summer: UTC+2
    [InlineData("2024-01-15T12:00:00", "2024-01-15 11:00:00.000000")] // and in winter: UTC+1
    [InlineData("2023-10-29T02:30:00", "2023-10-29 00:30:00.000000")] // shown twice: the earlier, still summer time
    [InlineData("2024-03-31T02:30:00", "2024-03-31 01:30:00.000000")] // never shown: moved forward to 03:30 summer time
    public void Text_is_read_as_a_point_in_time(string sent, string utc) =>
        Landed($$"""{"event":"a","user_id":"u","timestamp":"{{sent}}"}""").ClientTime!.Value.ToString("yyyy-MM-dd HH:mm:ss.ffffff").ShouldBe(utc);

    [Theory]
    [InlineData("1718452740123", 123_000)]
    [InlineData("1718452740123.4567", 123_456)]
    [InlineData("1.718452740123e12", 123_000)]
    public void Numbers_are_milliseconds_since_1970(string sent, int microseconds) =>
        Landed($$"""{"event":"a","user_id":"u","timestamp":{{sent}}}""").ClientTime.ShouldBe(Utc(2024, 6, 15, 11, 59, 0, microseconds));

    [Theory]
    [InlineData("2024-06-15T24:00:00Z")]
    [InlineData("2024-06-15T23:59:60Z")]
    [InlineData("2024-06-15T10:00:00 Z")]
    [InlineData("2024-06-15T10:00:00.Z")]
    [InlineData("2024-06-15T10:00:00+2")]
    [InlineData("2024-6-15T10:00:00Z")]
    [InlineData("2024-06-15T10:00:00ZZ")]
    [InlineData("20240615T100000Z")]
    [InlineData("1718452740123")]
    [InlineData("")]
    public void Other_text_is_invalid_time(string sent) =>
        Quarantined($$"""{"event":"a","user_id":"u","timestamp":"{{sent}}"}""").Reason.ShouldBe("invalid_time");

    [Fact]
    public void A_clock_that_is_an_hour_slow_is_corrected_by_its_time_of_sending()
    {
        // By the client's clock: happened 10:50:00, sent 10:59:30. Weir received it at 12:00:00, so it happened 9 min 30 s before that.
        var row = Landed("""{"event":"a","user_id":"u","timestamp":"2024-06-15T10:50:00Z","sent_at":"2024-06-15T10:59:30Z"}""");
        row.ClientTime.ShouldBe(Utc(2024, 6, 15, 10, 50));
        row.EventTime.ShouldBe(Utc(2024, 6, 15, 11, 50, 30));
        row.SentAt.ShouldBe(Utc(2024, 6, 15, 10, 59, 30));
    }

    [Fact]
    public void Time_of_sending_may_be_the_batchs() =>
        Landed("""{"event":"a","user_id":"u","timestamp":"2024-06-15T10:50:00Z"}""", envelope: """{"sentAt":"2024-06-15T10:59:30Z"}""")
            .EventTime.ShouldBe(Utc(2024, 6, 15, 11, 50, 30));

    [Fact]
    public void An_event_sent_before_it_happened_happened_when_it_arrived() =>
        Landed("""{"event":"a","user_id":"u","timestamp":"2024-06-15T11:00:00Z","sent_at":"2024-06-15T10:00:00Z"}""").EventTime.ShouldBe(Utc(2024, 6, 15, 12));

    [Fact]
    public void An_event_of_a_file_is_not_corrected_by_when_the_file_was_taken() =>
        Landed("""{"event":"a","user_id":"u","timestamp":"2024-05-01T10:50:00Z","sent_at":"2024-05-01T10:59:30Z"}""", envelope: """{"file":"may.ndjson"}""")
            .EventTime.ShouldBe(Utc(2024, 5, 1, 10, 50));

    [Fact]
    public void An_event_of_a_file_is_corrected_by_when_it_reached_the_collector_that_wrote_the_file()
    {
        // Sent 9 min 30 s after it happened, arrived at 11:00:00 of that collector's clock.
        var row = Landed("""{"event":"a","user_id":"u","timestamp":"2024-05-01T09:50:00Z","sent_at":"2024-05-01T09:59:30Z","received_at":"2024-05-01T11:00:00Z"}""", envelope: """{"file":"may.ndjson"}""");
        row.EventTime.ShouldBe(Utc(2024, 5, 1, 10, 50, 30));
        row.Properties.ShouldBe(null);
    }

    [Fact]
    public void A_client_that_says_when_it_was_received_is_not_believed() =>
        Landed("""{"event":"a","user_id":"u","timestamp":"2024-06-15T10:50:00Z","sent_at":"2024-06-15T10:59:30Z","received_at":"2024-06-15T11:00:00Z"}""")
            .EventTime.ShouldBe(Utc(2024, 6, 15, 11, 50, 30));

    [Fact]
    public void Without_a_time_of_sending_the_stamp_is_believed()
    {
        var row = Landed("""{"event":"a","user_id":"u","timestamp":"2024-06-15T11:00:00Z"}""");
        (row.EventTime, row.SentAt).ShouldBe((Utc(2024, 6, 15, 11), null));
    }

    [Fact]
    public void An_event_without_a_stamp_happened_when_it_arrived_and_says_so()
    {
        var row = Landed("""{"event_id":"x","event":"a","user_id":"u","sent_at":"2024-06-15T11:00:00Z"}""");
        (row.ClientTime, row.EventTime, row.Imputed).ShouldBe((null, Utc(2024, 6, 15, 12), "event_time"));
    }

    [Fact]
    public void A_bad_time_of_sending_is_not_ignored() =>
        Quarantined("""{"event":"a","user_id":"u"}""", envelope: """{"sentAt":"soon"}""").Detail.ShouldBe("envelope.sentAt: not an ISO 8601 time");

    [Theory]
    [InlineData("2000-01-01T00:00:00Z", true)]
    [InlineData("1999-12-31T23:59:59.999999Z", false)]
    [InlineData("2024-06-16T12:00:00Z", true)]
    [InlineData("2024-06-16T12:00:00.000001Z", false)]
    public void The_bounds_of_absurd_time_are_2000_and_a_day_ahead(string sent, bool lands)
    {
        var text = System.Text.Encoding.UTF8.GetBytes($$"""{"event":"a","user_id":"u","timestamp":"{{sent}}"}""");
        (Judge(text) is Weir.Land.Evaluate.Verdict.Event).ShouldBe(lands);
    }

    [Fact]
    public void Partition_is_the_hour_of_the_corrected_time()
    {
        var row = Landed("""{"event":"a","user_id":"u","timestamp":"2024-06-14T23:59:00Z","sent_at":"2024-06-15T11:59:00Z"}""");
        (row.Date, row.Hour).ShouldBe(("2024-06-15", 0));
    }
}
