using Weir.Events;
using Weir.Land.Evaluate;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class QuarantineDetailTests
{
    [Fact]
    public void Detail_says_path_and_types() =>
        Quarantined(Valid("\"price\":[1]")).Detail.ShouldBe("$.price: expected a number, got an array");

    [Fact]
    public void Detail_never_repeats_a_value_or_a_name_that_may_be_one()
    {
        string[] inputs =
        [
            Valid("\"price\":\"secret@example.com\""), Valid("\"page\":\"secret@example.com\""), Valid("\"sent_at\":\"secret@example.com\""),
            Valid("\"properties\":{\"secret@example.com\":{\"a\":1,\"a\":2}}"), Valid("\"properties\":{\"secret@example.com\":\"\\u0000\"}"),
            "{\"event\":\"x\" secret@example.com", "secret@example.com",
        ];
        foreach (var input in inputs) Quarantined(input).Detail.ShouldNotContain("secret", Case.Insensitive, input);
        Quarantined("""{"type":"secret","userId":"u"}""", dialect: Dialects.Segment).Detail.ShouldNotContain("secret");
    }

    [Fact]
    public void What_could_be_read_of_a_quarantined_event_is_told()
    {
        var verdict = Quarantined(Valid("\"price\":\"free\""));
        verdict.EventId.ShouldBe(new Guid("0190a1b2-0000-7000-8000-00000000000a"));
        verdict.EventName.ShouldBe("order_placed");
        verdict.ClientTime.ShouldBe(Utc(2024, 6, 15, 11, 59));
    }

    [Fact]
    public void A_quarantined_event_without_an_id_gets_none() =>
        Quarantined("""{"event":"a"}""").EventId.ShouldBeNull();

    [Fact]
    public void A_place_in_bad_json_is_told_as_line_and_byte() =>
        Quarantined("{\"a\":1,\n  \"b\":tru}").Detail.ShouldStartWith("line 2 of the event, byte ");
}
