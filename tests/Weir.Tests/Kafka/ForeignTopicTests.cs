using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Weir.Events;
using Weir.Journal.Kafka;
using Weir.Sources;
using static Weir.Tests.Land.Landing.Events;

namespace Weir.Tests.Kafka;

/// <summary>Topics that other programs write: kcat, a client in C that knows nothing of Weir.</summary>
public class ForeignTopicTests
{
    private static string Now => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");

    /// <summary>Lines as messages, by kcat; what stands before a tab is the key.</summary>
    internal static async Task KcatAsync(KafkaServer server, string topic, IEnumerable<string> lines, params string[] more)
    {
        var start = new ProcessStartInfo("kcat", ["-P", "-b", server.Brokers, "-t", topic, "-K", "\t", "-Z", "-X", "acks=all", .. more]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var kcat = Process.Start(start)!;
        var error = kcat.StandardError.ReadToEndAsync();
        foreach (var line in lines) await kcat.StandardInput.WriteAsync(line + "\n");
        kcat.StandardInput.Close();
        await kcat.WaitForExitAsync();
        kcat.ExitCode.ShouldBe(0, await error);
    }

    private static async Task<KafkaBench> BenchAsync(string format, Dictionary<string, string>? fields = null, Dictionary<string, string>? values = null, Func<SourceDefinition, SourceDefinition>? source = null)
    {
        var bench = await KafkaBench.StartAsync(2);
        var name = $"foreign.{bench.Options.TopicPrefix}{format}";
        var topic = new TopicDefinition(name, Enum.Parse<MessageFormat>(format, ignoreCase: true), fields ?? [], values ?? []);
        var declared = new SourceDefinition { Name = "theirs", TimeZone = "UTC", Topic = topic };
        bench.Land.Sources.Add(source?.Invoke(declared) ?? declared);
        bench.Foreign.Add(new SourceTopic(name, "theirs", IsOwn: false, topic.Format == MessageFormat.Segment ? Dialects.Segment : topic.IsPlain ? Dialects.Weir : Dialects.Mapped));
        await bench.Server.MakeTopicAsync(name, 2);
        return bench;
    }

    private static async Task ShouldHoldAsync(KafkaBench bench)
    {
        var account = bench.Account();
        account.Problems.ShouldBeEmpty();
        account.AddsUp.ShouldBeTrue();
        (await bench.VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_with_mapped_names_land_with_key_headers_and_timestamp_and_copies_under_other_keys_are_duplicates() // K10
    {
        await using var bench = await BenchAsync("json", new() { ["event_id"] = "id", ["user_id"] = "customer.number", ["timestamp"] = "at" }, new() { ["event"] = "Payment Taken" });
        var topic = bench.Foreign[0].Name;
        string Payment(int i) => $$"""{"id":"{{Id(i)}}","at":"{{Now[..11]}}00:00:00","customer":{"number":{{i}},"tier":"gold"},"amount":12.50}""";
        var texts = Enumerable.Range(1, 200).Select(Payment).ToList();
        await KcatAsync(bench.Server, topic, texts.Select((t, i) => $"a{i}\t{t}"), "-H", "trace=t-1");
        await KcatAsync(bench.Server, topic, texts.Take(100).Select((t, i) => $"b{i}\t{t}")); // the same ids under other keys: in any partition
        var result = await bench.LandAsync();
        result.Problems.ShouldBeEmpty();
        (result.Landed, result.Duplicate, result.Quarantined, result.Dropped).ShouldBe((200, 100, 0, 0));
        bench.Land.Count($"SELECT count(*) FROM lake.events WHERE event = 'Payment Taken' AND user_id::INT BETWEEN 1 AND 200 AND (properties->>'amount')::DOUBLE = 12.5 AND (properties->'customer'->>'tier') = 'gold' AND coalesce(context->'kafka'->'headers'->>'trace', 'none') = if((context->'kafka'->>'key') LIKE 'a%', 't-1', 'none') AND (context->'kafka'->>'topic') = '{topic}'").ShouldBe(200, bench.Land.Texts("SELECT concat_ws(' ', event, user_id, properties, context) FROM lake.events LIMIT 1")[0]);
        bench.Land.Count("SELECT count(*) FROM lake.events WHERE abs(epoch(received_at) - epoch(now())) < 600").ShouldBe(200);
        await ShouldHoldAsync(bench);
    }

    [Fact]
    public async Task Messages_that_are_no_events_are_quarantined_with_topic_partition_and_offset_and_nulls_are_told()
    {
        await using var bench = await BenchAsync("json");
        var topic = bench.Foreign[0].Name;
        await KcatAsync(bench.Server, topic, [$"k\t{Of(1, Now)}", "k\t{\"event\":", "k\t[1]", $"k\t{Of(2, Now)}", "k\t"], "-p", "1");
        var result = await bench.LandAsync();
        (result.Landed, result.Quarantined, result.Dropped).ShouldBe((2, 2, 1));
        bench.Land.Texts("SELECT concat_ws(' ', file, _position, reason) FROM lake.quarantine ORDER BY _position").ShouldBe([$"{topic}/1 1 invalid_json", $"{topic}/1 2 not_an_object"]);
        bench.Account().DroppedByReason.ShouldHaveSingleItem().Reason.ShouldBe(DropReasons.Tombstone);
        await ShouldHoldAsync(bench);
    }

    [Fact]
    public async Task Messages_of_the_Segment_kind_land_as_they_do_over_http()
    {
        await using var bench = await BenchAsync("segment");
        await KcatAsync(bench.Server, bench.Foreign[0].Name, Enumerable.Range(1, 50).Select(i =>
            $$$"""{{{i}}}{{{"\t"}}}{"type":"track","event":"Order Completed","messageId":"m{{{i % 40}}}","userId":"u","timestamp":"{{{Now[..11]}}}00:00:00Z","properties":{"revenue":5}}"""));
        var result = await bench.LandAsync();
        (result.Landed, result.Duplicate, result.Quarantined).ShouldBe((40, 10, 0));
        bench.Land.Count("SELECT count(*) FROM lake.events WHERE event = 'Order Completed' AND revenue = 5").ShouldBe(40);
        await ShouldHoldAsync(bench);
    }

    [Fact]
    public async Task Changes_in_Debeziums_envelope_are_events_with_the_row()
    {
        await using var bench = await BenchAsync("debezium", new() { ["event_id"] = "source.lsn", ["user_id"] = "customer_id" });
        string Change(string op, int lsn, string before, string after) =>
            $$$"""{"schema":{},"payload":{"before":{{{before}}},"after":{{{after}}},"source":{"table":"orders","lsn":{{{lsn}}},"ts_ms":{{{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()}}}},"op":"{{{op}}}","ts_ms":1}}""";
        const string row = """{"id":7,"customer_id":42,"total":"9.90"}""";
        await KcatAsync(bench.Server, bench.Foreign[0].Name, [$"7\t{Change("c", 1, "null", row)}", $"7\t{Change("u", 2, row, row)}", $"7\t{Change("u", 2, row, row)}", $"7\t{Change("d", 3, row, "null")}", "7\t"]);
        var result = await bench.LandAsync();
        (result.Landed, result.Duplicate, result.Quarantined, result.Dropped).ShouldBe((3, 1, 0, 1));
        bench.Land.Texts("SELECT concat_ws('|', event, user_id, properties->>'total', properties->>'__op', properties->>'__deleted') FROM lake.events ORDER BY _position")
            .ShouldBe(["orders created|42|9.90|c|false", "orders updated|42|9.90|u|false", "orders deleted|42|9.90|d|true"]);
        await ShouldHoldAsync(bench);
    }

    [Fact]
    public async Task Changes_in_Debeziums_envelope_are_rows_of_an_entity()
    {
        await using var bench = await BenchAsync("debezium", source: s => s with
        {
            Entity = "customers", Dedupe = DedupeRule.None, Key = ["id"],
            Fields = [new("id", "id", new(FieldKind.BigInt), Required: true), new("email", "email", new(FieldKind.Varchar)), new("is_deleted", "__deleted", new(FieldKind.Boolean)), new("changed_at", "__ts_ms", new(FieldKind.BigInt))],
        });
        await KcatAsync(bench.Server, bench.Foreign[0].Name,
            ["""1	{"before":null,"after":{"id":1,"email":"a@x.de"},"op":"c","ts_ms":1795000000000}""", """1	{"before":{"id":1,"email":"a@x.de"},"after":null,"op":"d","ts_ms":1795000000001}"""], "-p", "0");
        (await bench.LandAsync()).Landed.ShouldBe(2);
        bench.Land.Texts("SELECT concat_ws('|', id, email, is_deleted, changed_at) FROM lake.customers_history ORDER BY _position").ShouldBe(["1|a@x.de|false|1795000000000", "1|a@x.de|true|1795000000001"]);
        await ShouldHoldAsync(bench);
    }
}
