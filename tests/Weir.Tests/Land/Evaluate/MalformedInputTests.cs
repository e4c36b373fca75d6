using System.Text;
using Weir.Events;
using Weir.Land.Evaluate;
using static Weir.Tests.Land.Evaluate.Evaluation;

namespace Weir.Tests.Land.Evaluate;

public class MalformedInputTests
{
    private static readonly string Padding = new('x', 1 << 20);

    /// <summary>Inputs no client should send, each with what must be said of it.</summary>
    public static TheoryData<string, byte[], string> Kinds() => new()
    {
        { "cut off", Text("""{"event":"a","user_id":"u"""), "invalid_json" },
        { "unterminated string", Text("{\"event\":\"a}"), "invalid_json" },
        { "bare word", Text("hello"), "invalid_json" },
        { "single quotes", Text("{'event':'a'}"), "invalid_json" },
        { "trailing comma", Text("""{"event":"a",}"""), "invalid_json" },
        { "comment", Text("""{"event":"a"/* why */}"""), "invalid_json" },
        { "two objects on one line", Text(Valid() + Valid()), "invalid_json" },
        { "NaN", Text(Valid("\"price\":NaN")), "invalid_json" },
        { "number with a leading zero", Text(Valid("\"price\":012")), "invalid_json" },
        { "raw line break in a string", Text("{\"event\":\"a\nb\"}"), "invalid_json" },
        { "bad escape", Text("""{"event":"\x41"}"""), "invalid_json" },
        { "byte order mark inside", Text("{\uFEFF\"event\":\"a\"}"), "invalid_json" },
        { "XML", Text("<event name=\"a\"/>"), "invalid_json" },
        { "Latin-1", [.. Text("{\"event\":\"caf"), 0xE9, .. Text("\"}")], "invalid_utf8" },
        { "overlong UTF-8", [.. Text("{\"event\":\""), 0xC0, 0xAF, .. Text("\"}")], "invalid_utf8" },
        { "surrogate in UTF-8 (CESU-8)", [.. Text("{\"event\":\""), 0xED, 0xA0, 0x80, .. Text("\"}")], "invalid_utf8" },
        { "UTF-16 with its mark", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Valid())], "invalid_utf8" },
        { "high surrogate escape alone", Text(Valid("\"coupon\":\"\\uD83D\"")), "invalid_utf8" },
        { "low surrogate escape alone, deep in the properties", Text(Valid("\"properties\":{\"a\":[{\"b\":\"\\uDE00x\"}]}")), "invalid_utf8" },
        { "surrogate escapes the wrong way round", Text(Valid("\"coupon\":\"\\uDE00\\uD83D\"")), "invalid_utf8" },
        { "raw NUL", Text("{\"event\":\"a\0b\"}"), "nul_character" },
        { "nothing but NULs, as a torn file has", new byte[512], "nul_character" },
        { "escaped NUL", Text(Valid("\"coupon\":\"a\\u0000\"")), "nul_character" },
        { "escaped NUL in a member's name", Text(Valid("\"properties\":{\"\\u0000\":1}")), "nul_character" },
        { "member twice", Text("""{"event":"a","event":"b","user_id":"u"}"""), "duplicate_member" },
        { "member twice, once escaped, deep", Text(Valid("\"properties\":{\"a\":[{\"x\":1,\"\\u0078\":2}]}")), "duplicate_member" },
        { "65 levels", Text(Valid("\"properties\":{\"a\":" + new string('[', 63) + new string(']', 63) + "}")), "too_deep" },
        { "100,000 brackets that never close", Text(new string('[', 100_000)), "too_deep" },
        { "20 MB line", Text(Valid("\"properties\":{\"a\":\"" + new string('x', 20_000_000) + "\"}")), "too_large" },
        { "a byte over the limit", Text(Valid("\"properties\":{\"a\":\"" + Padding + "\"}"))[..((1 << 20) + 1)], "too_large" },
        { "empty line", [], "empty" },
        { "blank line", Text(" \t\r"), "empty" },
        { "array", Text("[1,2]"), "not_an_object" },
        { "string", Text("\"event\""), "not_an_object" },
        { "null", Text("null"), "not_an_object" },
        { "no event name", Text("""{"user_id":"u"}"""), "missing_field" },
        { "empty event name", Text("""{"event":"","user_id":"u"}"""), "missing_field" },
        { "null event name", Text("""{"event":null,"user_id":"u"}"""), "missing_field" },
        { "event name is a boolean", Text("""{"event":true,"user_id":"u"}"""), "wrong_type" },
        { "user id is an object", Text("""{"event":"a","user_id":{"id":1}}"""), "wrong_type" },
        { "user id is a fraction", Text("""{"event":"a","user_id":1.5}"""), "wrong_type" },
        { "price is a word", Text(Valid("\"price\":\"free\"")), "wrong_type" },
        { "price with a decimal comma", Text(Valid("\"price\":\"1,50\"")), "wrong_type" },
        { "page is a string", Text(Valid("\"page\":\"/home\"")), "wrong_type" },
        { "properties is an array", Text(Valid("\"properties\":[]")), "wrong_type" },
        { "timestamp is an array", Text("""{"event":"a","user_id":"u","timestamp":[2024]}"""), "wrong_type" },
        { "quantity beyond 32 bits", Text(Valid("\"quantity\":2147483648")), "out_of_range" },
        { "half a piece", Text(Valid("\"quantity\":2.5")), "out_of_range" },
        { "price with five digits after the point", Text(Valid("\"price\":1.00001")), "out_of_range" },
        { "price with fifteen digits before it", Text(Valid("\"price\":100000000000000")), "out_of_range" },
        { "price with a huge exponent", Text(Valid("\"price\":1e999999999999")), "out_of_range" },
        { "no such day", Text("""{"event":"a","user_id":"u","timestamp":"2024-02-30T10:00:00Z"}"""), "invalid_time" },
        { "time of the American form", Text("""{"event":"a","user_id":"u","timestamp":"06/15/2024 10:00"}"""), "invalid_time" },
        { "date without a time", Text("""{"event":"a","user_id":"u","timestamp":"2024-06-15"}"""), "invalid_time" },
        { "the year 1970", Text("""{"event":"a","user_id":"u","timestamp":0}"""), "absurd_time" },
        { "seconds taken for milliseconds", Text("""{"event":"a","user_id":"u","timestamp":1718452740}"""), "absurd_time" },
        { "a day and a minute ahead", Text("""{"event":"a","user_id":"u","timestamp":"2024-06-16T12:01:00Z"}"""), "absurd_time" },
        { "the year 9999", Text("""{"event":"a","user_id":"u","timestamp":"9999-12-31T23:59:59"}"""), "absurd_time" },
        { "the year 1 in the east", Text("""{"event":"a","user_id":"u","timestamp":"0001-01-01T00:00:00+14:00"}"""), "absurd_time" },
        { "a number beyond any calendar", Text("""{"event":"a","user_id":"u","timestamp":1e300}"""), "absurd_time" },
        { "nobody", Text("""{"event":"a","timestamp":"2024-06-15T11:00:00Z"}"""), "no_identity" },
        { "blank ids", Text("""{"event":"a","user_id":"","anonymous_id":"  "}"""), "no_identity" },
    };

    /// <summary>Records of a file whose columns are a and b.</summary>
    public static TheoryData<string, byte[], string> CsvKinds() => new()
    {
        { "a column too few", Text("1"), "column_count" },
        { "a column too many", Text("1,2,3"), "column_count" },
        { "unterminated quote", Text("1,\"two"), "invalid_csv" },
        { "unterminated quote after a doubled one", Text("1,\"two\"\""), "invalid_csv" },
        { "quote in the middle", Text("1,5\" disk"), "invalid_csv" },
        { "text after the closing quote", Text("1,\"two\" or three"), "invalid_csv" },
        { "bare carriage return", Text("1,a\rb"), "invalid_csv" },
        { "Latin-1", [.. Text("1,caf"), 0xE9], "invalid_utf8" },
        { "NUL", Text("1,a\0b"), "nul_character" },
        { "empty line", [], "empty" },
        { "a megabyte and more", Text("1," + Padding), "too_large" },
    };

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void Malformed_event_is_quarantined_with_its_reason(string kind, byte[] text, string reason) =>
        Judge(text).ShouldBeOfType<Verdict.Quarantined>(kind).Reason.ShouldBe(reason, kind);

    [Theory]
    [MemberData(nameof(CsvKinds), DisableDiscoveryEnumeration = true)]
    public void Malformed_csv_record_is_quarantined_with_its_reason(string kind, byte[] text, string reason) =>
        Judge(text, Web with { Entity = "lines" }, Dialects.Csv, """{"header":["a","b"]}""").ShouldBeOfType<Verdict.Quarantined>(kind).Reason.ShouldBe(reason, kind);

    [Fact]
    public void Segment_message_of_another_type_is_unknown_type() =>
        Quarantined("""{"type":"charge","userId":"u"}""", dialect: Dialects.Segment).Reason.ShouldBe("unknown_type");

    [Fact]
    public void Segment_message_without_a_type_is_unknown_type() =>
        Quarantined("""{"event":"a","userId":"u"}""", dialect: Dialects.Segment).Reason.ShouldBe("unknown_type");

    [Fact]
    public void Local_time_of_a_source_without_a_zone_is_invalid_time() =>
        Quarantined("""{"event":"a","user_id":"u","timestamp":"2024-06-15T11:00:00"}""", Web with { TimeZone = null }).Reason.ShouldBe("invalid_time");

    [Fact]
    public void Batch_context_with_a_name_twice_condemns_each_of_its_events()
    {
        var verdict = Quarantined(Valid(), envelope: """{"context":{"a":1,"a":2}}""");
        (verdict.Reason, verdict.Detail).ShouldBe(("duplicate_member", "envelope: $.context.a: the same name twice in one object"));
    }

    [Fact]
    public void Of_several_faults_the_first_in_reading_order_is_the_reason() =>
        Quarantined("""{"a":{"x":1,"x":2},"b":"\uD800","c":}""").Reason.ShouldBe("duplicate_member");

    [Fact]
    public void An_event_after_a_bad_one_is_read_as_if_alone()
    {
        var evaluator = new Evaluator(Web);
        var frame = new Frame(0, ReceivedAt, Dialects.Weir, "{}"u8.ToArray(), [Text("{\"a\":{\"a\":[{\"event\":"), Text(Valid())]);
        evaluator.Evaluate(frame, 0, "s").ShouldBeOfType<Verdict.Quarantined>();
        evaluator.Evaluate(frame, 1, "s").ShouldBeOfType<Verdict.Event>().Row.Position.ShouldBe(1);
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);
}
