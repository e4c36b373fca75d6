using Weir.Events;
using Weir.Sources;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

/// <summary>The name-based ids were computed with Python's <c>uuid.uuid5</c>.</summary>
public class EventIdTests
{
    [Fact]
    public void A_uuid_is_kept_in_lower_case() =>
        Landed(Valid()).EventId.ShouldBe("0190a1b2-0000-7000-8000-00000000000a");

    [Fact]
    public void Another_id_becomes_a_uuid_of_source_and_id() =>
        Segment("""{"type":"track","event":"a","userId":"u","messageId":"node-next-1700000000000-abc"}""").EventId.ShouldBe("1507568d-a4f4-500b-ab31-edf8701f2239");

    [Fact]
    public void A_numeric_id_is_its_text() =>
        Landed("""{"event_id":12345,"event":"a","user_id":"u"}""").EventId.ShouldBe("0e5435c1-776c-51fd-9481-c81d6107ee93");

    [Theory]
    [InlineData("{0190A1B2-0000-7000-8000-00000000000A}")]
    [InlineData("0190A1B2000070008000-00000000000A")]
    [InlineData(" 190A1B2-0000-7000-8000-00000000000A")]
    [InlineData("+190A1B2-0000-7000-8000-00000000000A")]
    public void What_only_looks_like_a_uuid_is_another_id(string id) =>
        Landed($$"""{"event_id":"{{id}}","event":"a","user_id":"u"}""").Id.Version.ShouldBe(5);

    [Fact]
    public void Without_an_id_it_is_made_of_the_place_and_marked()
    {
        var row = Landed("""{"event":"a","user_id":"u","timestamp":"2024-06-15T11:00:00Z"}""");
        (row.EventId, row.Imputed).ShouldBe(("d1e9226b-ed8a-5f2e-b695-ca6b5027f53c", "event_id"));
        (row.Stream, row.Position).ShouldBe(("s", 100));
    }

    [Fact]
    public void Neither_id_nor_time_are_both_marked() =>
        Landed("""{"event":"a","user_id":"u"}""").Imputed.ShouldBe("event_id,event_time");

    [Theory]
    [InlineData("""{"event":"a","user_id":"u","order":{"id":"A-17"},"line":2}""", "f5390e50-9930-5376-b579-7a86b0f658ff")]
    [InlineData("""{"event":"a","user_id":"u","order":{"id":"1"},"line":"23"}""", "59cdf9b2-bcbb-54c3-8f49-dc9669f045ae")]
    [InlineData("""{"event":"a","user_id":"u","order":{"id":"12"},"line":"3"}""", "156007c3-2d88-540a-9e99-6d00ca31fa00")]
    public void A_declared_key_is_the_id(string text, string id) => Landed(text, Orders).EventId.ShouldBe(id);

    [Fact]
    public void A_declared_key_that_is_missing_is_missing_field()
    {
        var verdict = Quarantined("""{"event":"a","user_id":"u","order":{"id":"A-17"}}""", Orders);
        (verdict.Reason, verdict.Detail).ShouldBe(("missing_field", "$.line: part of the declared id, missing"));
    }

    [Fact]
    public void A_declared_key_of_a_csv_file_is_made_of_its_columns() =>
        Landed("a,u,A-17,2", Orders, Dialects.Csv, """{"header":["event","user_id","order.id","line"]}""").EventId.ShouldBe("f5390e50-9930-5376-b579-7a86b0f658ff");

    private static SourceDefinition Orders => Web with { Name = "orders", IdFields = ["order.id", "line"] };
}
