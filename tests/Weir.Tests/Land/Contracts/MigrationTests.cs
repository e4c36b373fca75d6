using Weir.Events;
using Weir.Tests.Land.Evaluate;

namespace Weir.Tests.Land.Contracts;

/// <summary>Generations of an event: each lands in the form of the newest version.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly ContractFolder contracts = new ContractFolder()
        .With("contracts/product_added/1.json", """{"x-weir":{"event":"cart_add"},"required":["properties"],"properties":{"properties":{"required":["sku","price_cents"],"properties":{"price_cents":{"type":"integer","x-weir":{"unit":"cent"}}}}}}""")
        .With("contracts/product_added/2.json", """{"x-weir":{"event":"Product Added"},"required":["product_id"],"properties":{"price":{"minimum":0,"x-weir":{"unit":"EUR"}},"properties":{"properties":{"currency":{"x-weir":{"default":"EUR"}}}}}}""")
        .With("contracts/product_added/10.json", """{"x-weir":{"event":["Product Added","Added"]},"required":["product_id","currency"],"properties":{"quantity":{"x-weir":{"default":1}},"properties":{"properties":{"shipping":{"properties":{"method":{"x-weir":{"default":"post"}}}}}}}}""")
        .With("contracts/product_added/migrations/1-to-2.json", """
            {"description": "The first clients wrote cents.",
             "rules": [{"move": "properties.sku", "to": "product_id"}, {"unit": "properties.price_cents", "from": "cent", "to": "EUR", "factor": 0.01}, {"move": "properties.price_cents", "to": "price"}],
             "examples": [{"title": "cents", "from": {"properties": {"sku": "a", "price_cents": 250}}, "to": {"product_id": "a", "price": 2.50, "properties": {"currency": "EUR"}}}]}
            """)
        .With("contracts/product_added/migrations/2-to-10.json", """{"rules":[{"move":"properties.currency","to":"currency"}]}""");

    private static string Sent(string name, string version, string members) =>
        $$"""{"event_id":"0190A1B2-0000-7000-8000-00000000000A","event":"{{name}}","timestamp":"2024-06-15T11:59:00Z","user_id":"u1","schema_version":"{{version}}"{{members}}}""";

    [Fact]
    public void Every_generation_lands_in_the_form_of_the_newest_version()
    {
        var first = contracts.Landed(Sent("cart_add", "1", ""","properties":{"sku":"a","price_cents":250}"""));
        var second = contracts.Landed(Sent("Product Added", "2", ""","product_id":"a","price":2.5,"properties":{"currency":"EUR"}"""));
        var newest = contracts.Landed(Sent("Added", "10", ""","product_id":"a","price":2.5,"currency":"EUR","quantity":1"""));
        foreach (var row in new[] { first, second, newest }) (row.ProductId, row.Price, row.Currency, row.Quantity, row.Properties).ShouldBe(("a", 2.5m, "EUR", 1, null));
        (first.Event, second.Event, newest.Event).ShouldBe(("Product Added", "Product Added", "Added"), "a name that the newest version has stays");
        (first.Flags, second.Flags, newest.Flags).ShouldBe(("migrated", "migrated", null));
        (first.SchemaVersion, second.SchemaVersion, newest.SchemaVersion).ShouldBe(("1", "2", "10"), "what was sent");
    }

    [Fact]
    public void What_a_contract_made_up_is_marked_where_it_lies_in_the_end()
    {
        contracts.Landed(Sent("cart_add", "1", ""","properties":{"sku":"a","price_cents":250}""")).Imputed.ShouldBe("currency,quantity");
        contracts.Landed(Sent("Product Added", "2", ""","product_id":"a","properties":{"currency":"CHF"},"quantity":7""")).Imputed.ShouldBeNull();
        contracts.Landed(Sent("Product Added", "10", ""","product_id":"a","currency":"CHF","quantity":null,"properties":{"shipping":{}}""")).Imputed.ShouldBe("quantity,properties.shipping.method");
        var bare = contracts.Landed("""{"event":"Product Added","user_id":"u","product_id":"a","currency":"CHF"}""");
        (bare.Imputed, bare.Quantity, bare.Properties).ShouldBe(("event_id,event_time,quantity", 1, null), "a default lies in an object that was sent");
    }

    [Fact]
    public void An_event_is_held_against_the_version_it_was_sent_in_and_against_the_newest()
    {
        contracts.Quarantined(Sent("cart_add", "1", ""","properties":{"sku":"a"}""")).Detail.ShouldBe("$.properties.price_cents: required: is missing (contract product_added, version 1)");
        contracts.With("contracts/product_added/10.json", """{"x-weir":{"event":"Product Added"},"properties":{"price":{"maximum":2}}}""");
        contracts.Quarantined(Sent("cart_add", "1", ""","properties":{"sku":"a","price_cents":250}""")).Detail.ShouldBe("$.price: maximum: expected at most 2 (contract product_added, version 10, migrated from 1)");
    }

    [Fact]
    public void A_version_has_the_names_it_declares_and_no_others()
    {
        var why = contracts.Quarantined(Sent("cart_add", "2", ""","product_id":"a" """));
        (why.Reason, why.Detail).ShouldBe((QuarantineReasons.UnknownVersion, "$.schema_version: not a version that the contract product_added has for this event; it has 1"));
        contracts.Landed("""{"event":"cart_add","event_id":"x","timestamp":"2024-06-15T11:59:00Z","user_id":"u","properties":{"sku":"a","price_cents":1}}""").Price.ShouldBe(0.01m, "the name alone says version 1");
    }

    [Fact]
    public void What_no_rule_touches_stays_as_it_was_sent()
    {
        var row = contracts.Landed(Sent("Product Added", "2", ""","product_id":"a","properties":{"currency":"EUR","n":1.50000000000000000000001,"t":"größe 💩 <&'","deep":{"a":[1,null,{}]}},"locale":"de","context":{ "x" : 1 }"""));
        // The same text; a character beyond U+FFFF may be written as its escape.
        row.Properties.ShouldBe("""{"n":1.50000000000000000000001,"t":"größe \uD83D\uDCA9 <&'","deep":{"a":[1,null,{}]}}""");
        (row.Locale, row.Context).ShouldBe(("de", """{ "x" : 1 }"""));
    }

    [Fact]
    public void Segments_events_of_the_first_generation_land_as_all_others()
    {
        var row = contracts.Landed("""
            {"type":"track","event":"cart_add","messageId":"m1","timestamp":"2024-06-15T11:59:00Z","userId":"u1","properties":{"schema_version":"1","sku":"a","price_cents":250}}
            """.Trim(), dialect: Dialects.Segment);
        (row.Event, row.ProductId, row.Price, row.Currency, row.Properties).ShouldBe(("Product Added", "a", 2.5m, "EUR", """{"schema_version":"1"}"""));
    }

    [Fact]
    public void Examples_run_as_tests_and_say_what_differs()
    {
        contracts.Load().TestExamples().ShouldBe([new("product_added", "1-to-2", "cents", "contracts/product_added/migrations/1-to-2.json:3:15", null)]);
        contracts.With("contracts/product_added/migrations/2-to-10.json", """{"rules":[],"examples":[{"from":{"product_id":"a"},"to":{"product_id":"b"}},{"from":{},"to":{}},{"from":{"product_id":"a"},"to":{"product_id":"a","quantity":1,"properties":{"currency":"EUR"}}}]}""");
        contracts.Load().TestExamples().Skip(1).Select(r => $"{r.Example}: {r.Difference}").ShouldBe([
            "example 1: $.currency: required: is missing (contract product_added, version 10, migrated from 2)",
            "example 2: $.product_id: required: is missing (contract product_added, version 2)",
            "example 3: $.currency: required: is missing (contract product_added, version 10, migrated from 2)",
        ]);
        contracts.With("contracts/product_added/10.json", """{"x-weir":{"event":"Product Added"}}""");
        contracts.Load().TestExamples().Skip(1).Select(r => r.Difference).ShouldBe([
            """$.product_id: expected "b", got "a" """.Trim(), "$.product_id: required: is missing (contract product_added, version 2)", "$.quantity: expected 1, got nothing",
        ]);
    }

    [Fact]
    public void An_example_must_go_on_to_the_newest_version()
    {
        contracts.With("contracts/product_added/migrations/2-to-10.json", """{"rules":[{"cast":"properties.currency","to":"number"}]}""");
        contracts.Load().TestExamples().Single().Difference.ShouldBe("and then: $.properties.currency: cast: expected a value that can be read as number (contract product_added, from version 2 to 10)");
    }

    [Theory]
    [InlineData("contracts/product_added/migrations/1-to-10.json", "{}", "contracts/product_added/migrations/1-to-10.json:1:1: is no step from a version to the next; there are 1-to-2.json, 2-to-10.json")]
    [InlineData("contracts/product_added/migrations/1-to-2.yml", "{}", "contracts/product_added/migrations/1-to-2.yml:1:1: is no step from a version to the next; there are 1-to-2.json, 2-to-10.json")]
    [InlineData("contracts/product_added/3.json", "{}", "contracts/product_added/migrations/2-to-3.json:1:1: is missing: it says how version 2 becomes 3; {\"rules\": []} where nothing changes")]
    [InlineData("contracts/product_added/migrations/2-to-10.json", "{}", "contracts/product_added/migrations/2-to-10.json:1:1: 'rules' is missing; write \"rules\": [] where nothing changes")]
    [InlineData("contracts/product_added/migrations/2-to-10.json", """{"rules":[],"example":[]}""", "contracts/product_added/migrations/2-to-10.json:1:13: 'example' is not known in a migration; did you mean 'examples'?")]
    [InlineData("contracts/product_added/migrations/2-to-10.json", """{"rules":[{"unit":"price","from":"USD","to":"EUR","factor":0.9}]}""", "contracts/product_added/migrations/2-to-10.json:1:34: 'price' counts EUR according to contracts/product_added/2.json, not USD")]
    [InlineData("contracts/product_added/migrations/2-to-10.json", """{"rules":[],"examples":[{"from":{}}]}""", "contracts/product_added/migrations/2-to-10.json:1:25: an example has 'from' and 'to', each an event as contracts see it: an object of columns")]
    [InlineData("contracts/product_added/migrations/2-to-10.json", """{"rules":[],"examples":[{"from":{"prce":1},"to":{}}]}""", "contracts/product_added/migrations/2-to-10.json:1:34: 'prce' is no column of lake.events that a contract can speak of; did you mean 'price'?")]
    public void A_mistake_is_told_with_its_file_and_place(string file, string content, string expected) => contracts.With(file, content).Mistakes().ShouldContain(expected);

    [Fact]
    public void Whatever_was_sent_is_judged_and_nothing_is_thrown()
    {
        contracts.With("contracts/product_added/migrations/1-to-2.json", """
            {"rules":[{"cast":"properties.a","to":"number"},{"unit":"properties.a","from":"x","to":"y","factor":0.001},{"join":["properties.b","properties.c"],"into":"properties.d"},
            {"split":"properties.d","by":"1","into":["properties.e","properties.f"]},{"rename":"properties.g[].h","to":"i"},{"default":"properties.g[].j","value":[1]},{"map":"properties.k","values":{"1":2},"others":"keep"},
            {"assume_time_zone":"properties.l","zone":"America/New_York"},{"move":"properties.sku","to":"product_id"},{"move":"properties.price_cents","to":"price"}]}
            """);
        var set = contracts.Load();
        var evaluator = new Weir.Land.Evaluate.Evaluator(Evaluation.Web, new Weir.Land.Evaluate.EvaluatorOptions { Rules = Weir.Land.EventRules.None with { Contracts = set } });
        var rng = new Random(20261121);
        string[] values = ["1", "-0.0", "1e400", "1e99999999999999999999", "\"1\"", "\"\"", "\"2024-03-10T02:30:00\"", "\"0001-01-01T00:00:00\"", "null", "true", "{}", "[]", "[{\"h\":1},{\"h\":null,\"i\":2},3]", "{\"h\":{}}", "\"\\ud83d\\ude00\"", new string('9', 500)];
        var fates = new Dictionary<string, int>();
        for (var i = 0; i < 5_000; i++)
        {
            var properties = string.Join(',', "a b c d e g h k l sku price_cents i".Split(' ').Where(_ => rng.Next(3) > 0).Select(n => $"\"{n}\":{values[rng.Next(values.Length)]}"));
            var text = Sent("cart_add", "1", $$"""
                ,"properties":{{{properties}}}
                """);
            var fate = evaluator.Evaluate(new Frame(0, Evaluation.ReceivedAt, Dialects.Weir, "{}"u8.ToArray(), [System.Text.Encoding.UTF8.GetBytes(text)]), 0, "s");
            var reason = fate is Weir.Land.Evaluate.Verdict.Quarantined why ? why.Reason : "landed";
            fates[reason] = fates.GetValueOrDefault(reason) + 1;
        }
        fates.Keys.Except(["landed", "contract_violation", "migration_failed", "wrong_type", "out_of_range"]).ShouldBeEmpty();
        fates.Count.ShouldBeGreaterThan(2);
    }

    public void Dispose() => contracts.Dispose();
}
