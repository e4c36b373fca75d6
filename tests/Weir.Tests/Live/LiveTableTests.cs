using System.Text;
using Weir.Commands.Live;

namespace Weir.Tests.Live;

/// <summary>What people see of the tap.</summary>
public class LiveTableTests
{
    private const string Order = """{"source":"web","stream":"s","position":7,"event_id":"e","received_at":"2026-03-01T10:00:00.123456Z","dialect":"weir","fate":"pending","table":"events","row":{"event":"Order Completed","user_id":"u-1","order_id":"42","revenue":37.5,"currency":"EUR"}}""";
    private const string Page = """{"source":"web","stream":"s","position":8,"received_at":"2026-03-01T10:00:01Z","dialect":"weir","fate":"pending","table":"quarantine","row":{"reason":"invalid_time","detail":"$.timestamp: not an ISO 8601 time","event":"Page Viewed"}}""";

    private static string Show(int? width, params (string Type, string Json)[] messages)
    {
        var text = new StringWriter { NewLine = "\n" };
        var table = new LiveTable(text, width, hasColours: false);
        foreach (var (type, json) in messages) table.Show(type, Encoding.UTF8.GetBytes(json));
        table.Flush();
        return text.ToString();
    }

    [Fact]
    public void An_event_has_a_line_and_a_commit_is_counted_with_a_line_for_each_that_did_not_land() => Show(null,
        ("event", Order), ("event", Page), ("event", Order.Replace("\"position\":7", "\"position\":9", StringComparison.Ordinal)),
        ("fate", """{"source":"web","stream":"s","position":7,"event_id":"e","fate":"landed","version":1204}"""),
        ("fate", """{"source":"web","stream":"s","position":8,"fate":"quarantined","reason":"invalid_time","detail":"$.timestamp: not an ISO 8601 time","version":1204}"""),
        ("fate", """{"source":"web","stream":"s","position":9,"event_id":"e","fate":"duplicate","version":1204}"""),
        ("gap", """{"events":1200,"fates":3}"""), ("sample", """{"one_in":4,"matched":80000,"shown":20000}""")).ShouldBe(
        """
        10:00:00.123  · pending      web         Order Completed         u-1               order 42  37.5 EUR
        10:00:01.000  ! pending      web         Page Viewed                               invalid_time  $.timestamp: not an ISO 8601 time
        10:00:00.123  · pending      web         Order Completed         u-1               order 42  37.5 EUR
                      └ commit 1,204: 1 landed, 1 duplicate, 1 quarantined
        10:00:01.000  ✗ quarantined  web         Page Viewed                               invalid_time  $.timestamp: not an ISO 8601 time
        10:00:00.123  = duplicate    web         Order Completed         u-1               order 42  37.5 EUR
        ! 1,200 events and 3 fates were left out here: more came than could be shown
        ! More comes than can be shown: from here on one event in 4, chosen by its id (80,000 came, 20,000 were shown)

        """.ReplaceLineEndings("\n"));

    [Theory]
    [InlineData(101, "10:00:00.123  · pending      web         Order Completed         u-1               order 42  37.5 EUR")]
    [InlineData(89, "10:00:00.123  · pending      web         Order Completed         order 42  37.5 EUR")]
    [InlineData(70, "10:00:00.123  · pending      web         Order Completed   order 42  …")]
    [InlineData(50, "10:00:00.123  · pending      Order Completed   or…")]
    public void A_narrow_terminal_gets_fewer_columns_and_no_line_is_longer_than_it(int width, string line) => Show(width, ("event", Order)).ShouldBe($"{line}\n");

    [Fact]
    public void What_clients_send_cannot_move_the_terminals_cursor() =>
        Show(null, ("event", Order.Replace("Order Completed", "\\u001b[2J\\u009b1m\\nnext", StringComparison.Ordinal))).ShouldBe("10:00:00.123  · pending      web         ·[2J·1m·next            u-1               order 42  37.5 EUR\n");

    [Fact]
    public void JSON_lines_are_the_messages_with_their_type()
    {
        var text = new StringWriter { NewLine = "\n" };
        new LiveOutput.JsonLines(text).Show("gap", """{"events":1,"fates":0}"""u8.ToArray());
        text.ToString().ShouldBe("""{"type":"gap","events":1,"fates":0}""" + "\n");
    }

    [Fact]
    public void CSV_has_a_line_for_each_event_and_each_fate()
    {
        var text = new StringWriter { NewLine = "\n" };
        var csv = new LiveOutput.CsvLines(text);
        csv.Show("event", Encoding.UTF8.GetBytes(Order));
        csv.Show("fate", """{"source":"web","stream":"s","position":7,"event_id":"e","fate":"quarantined","reason":"reused_id","version":1204}"""u8.ToArray());
        text.ToString().ShouldBe("received_at,fate,reason,source,event,user_id,event_id,stream,position\n2026-03-01T10:00:00.123456Z,pending,,web,Order Completed,u-1,e,s,7\n,quarantined,reused_id,web,,,e,s,7\n");
    }
}
