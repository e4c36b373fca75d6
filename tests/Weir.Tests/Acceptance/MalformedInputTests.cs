using System.Text;

namespace Weir.Tests.Acceptance;

/// <summary>Input of more than twenty malformed kinds, by file and by HTTP dialects' own rules, ends in quarantine with its reason; what is good beside it lands.</summary>
public class MalformedInputTests
{
    private const string Good = """{"event_id":"01890000-0000-7000-8000-00000000000a","event":"a","user_id":"u","timestamp":"2026-01-05T10:00:00Z"}""";

    private static readonly (byte[] Line, string Reason)[] Events =
    [
        (Utf8("""{"event":"a","user_id":"u" """), "invalid_json"),                                                              // 1 cut off
        (Utf8("""{"event":"a","user_id":"u""" ), "invalid_json"),                                                               // 2 unterminated string
        (Utf8("not json at all"), "invalid_json"),                                                                             // 3
        (Utf8("""{"event":"a","user_id":"u"} trailing"""), "invalid_json"),                                                     // 4
        (Utf8("""{"event":"a","user_id":"u",}"""), "invalid_json"),                                                             // 5 trailing comma
        (Utf8("""{"event":"a","user_id":NaN}"""), "invalid_json"),                                                              // 6
        (Utf8("{\"event\":\uFEFF\"a\",\"user_id\":\"u\"}"), "invalid_json"),                                                    // 7 BOM inside
        ([.. Utf8("""{"event":"a","user_id":"""), (byte)'"', 0xC3, 0x28, (byte)'"', (byte)'}'], "invalid_utf8"),                 // 8
        (Utf8("""{"event":"a","user_id":"\uD800"}"""), "invalid_utf8"),                                                         // 9 half a surrogate pair
        (Utf8("[1,2]"), "not_an_object"),                                                                                      // 10
        (Utf8("\"text\""), "not_an_object"),                                                                                   // 11
        (Utf8("""{"event":"a","user_id":"\u0000"}"""), "nul_character"),                                                        // 12
        (Utf8("""{"event":"a","event":"b","user_id":"u"}"""), "duplicate_member"),                                              // 13
        (Utf8($$"""{"event":"a","user_id":"u","properties":{{new string('[', 100)}}{{new string(']', 100)}}}"""), "too_deep"),  // 14
        (Utf8($$"""{"event":"a","user_id":"{{new string('x', 20_000_000)}}"}"""), "too_large"),                                 // 15 a line of 20 MB
        (Utf8(""), "empty"),                                                                                                   // 16
        (Utf8("""{"user_id":"u"}"""), "missing_field"),                                                                        // 17
        (Utf8("""{"event":"a","user_id":"u","price":"12,99 €"}"""), "wrong_type"),                                              // 18
        (Utf8("""{"event":"a","user_id":{"a":1}}"""), "wrong_type"),                                                            // 19
        (Utf8("""{"event":"a","user_id":"u","price":1e30}"""), "out_of_range"),                                                 // 20
        (Utf8("""{"event":"a","user_id":"u","quantity":3000000000}"""), "out_of_range"),                                        // 21
        (Utf8("""{"event":"a","user_id":"u","timestamp":"yesterday"}"""), "invalid_time"),                                      // 22
        (Utf8("""{"event":"a","user_id":"u","timestamp":"2026-02-30T10:00:00Z"}"""), "invalid_time"),                           // 23 no such day
        (Utf8("""{"event":"a","user_id":"u","timestamp":"9999-01-01T00:00:00Z"}"""), "absurd_time"),                            // 24
        (Utf8("""{"event":"a","user_id":"u","timestamp":"1970-01-01T00:00:00Z"}"""), "absurd_time"),                            // 25
        (Utf8("""{"event":"a"}"""), "no_identity"),                                                                            // 26
        (Utf8(Good.Replace("\"a\"", "\"another\"", StringComparison.Ordinal)), "reused_id"),                                    // 27
    ];

    private static readonly (string Text, string Reason)[] Records =
    [
        ("A,1.5,extra", "column_count"), ("A", "column_count"), ("A,\"1.5\"x", "invalid_csv"), ("A,oops", "wrong_type"), ("A,1.23456", "out_of_range"), (",1", "missing_field"), ("A,\"1.5", "invalid_csv"),
    ];

    [Fact]
    public async Task Every_kind_ends_in_quarantine_with_its_reason_and_place_and_the_good_land()
    {
        using var project = new TemporaryProject().With("weir.yml",
            """
            sources:
              web: {}
              prices:
                entity: prices
                format: csv
                fields: [{name: sku, type: varchar, required: true}, {name: price, type: "decimal(18,4)"}]
            """);
        await using (var file = File.Create(project["events.ndjson"]))
        {
            file.Write("\uFEFF"u8); // a signature where a file begins is none of its content
            foreach (var line in Events.Select(e => e.Line).Prepend(Utf8(Good)))
            {
                file.Write(line);
                file.WriteByte((byte)'\n');
            }
        }
        project.With("prices.csv", $"sku,price\nGOOD,1.25\n{string.Join('\n', Records.Select(r => r.Text))}");
        (await project.RunAsync("load", project["events.ndjson"], "--source", "web")).ShouldSucceed();
        (await project.RunAsync("load", project["prices.csv"], "--source", "prices")).ShouldSucceed();

        (await project.QueryAsync("select line, reason from lake.quarantine where source = 'web' order by line"))
            .ShouldBe(string.Join('\n', Events.Select((e, i) => $"{i + 2},{e.Reason}")));
        (await project.QueryAsync("select line, reason from lake.quarantine where source = 'prices' order by line"))
            .ShouldBe(string.Join('\n', Records.Select((r, i) => $"{i + 3},{r.Reason}")));
        (await project.QueryAsync("select count(*) from lake.events")).ShouldBe("1");
        (await project.QueryAsync("select sku, price from lake.prices")).ShouldBe("GOOD,1.2500");
        (await project.RunAsync("account", "--format", "csv")).ShouldSucceed().Output.ReplaceLineEndings("\n").ShouldEndWith($"prices,8,1,0,7,0,0,0\nweb,28,1,0,27,0,0,0\n");
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
