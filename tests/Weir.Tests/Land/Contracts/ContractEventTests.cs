using Weir.Events;
using Weir.Sources;
using Weir.Tests.Land.Evaluate;

namespace Weir.Tests.Land.Contracts;

/// <summary>Events held against contracts: by the columns they land in, whatever dialect they came in.</summary>
public sealed class ContractEventTests : IDisposable
{
    private const string Added = """
        {"$schema": "https://json-schema.org/draft/2020-12/schema",
         "x-weir": {"event": "Product Added"},
         "required": ["product_id", "price"],
         "properties": {
           "product_id": {"type": "string", "pattern": "^SKU-"},
           "price": {"type": "number", "minimum": 0, "x-weir": {"unit": "EUR"}},
           "quantity": {"type": "integer", "minimum": 1},
           "properties": {"properties": {"gift": {"type": "object", "properties": {"text": {"type": "string", "maxLength": 5, "x-weir": {"pii": "text"}}}}}}}}
        """;

    private static readonly SourceDefinition Strict = Evaluation.Web with { UnknownEvents = UnknownEvents.Quarantine };
    private readonly ContractFolder contracts = new ContractFolder().With("contracts/product_added/2.json", Added);

    private static string Weir(string members, string name = "Product Added") =>
        $$"""{"event_id":"0190A1B2-0000-7000-8000-00000000000A","event":"{{name}}","timestamp":"2024-06-15T11:59:00Z","user_id":"u1","schema_version":"2"{{members}}}""";

    private static string Segment(string properties) =>
        $$"""{"type":"track","event":"Product Added","messageId":"0190A1B2-0000-7000-8000-00000000000A","timestamp":"2024-06-15T11:59:00Z","userId":"u1","context":{"schema_version":"2"},"properties":{{properties}}}""";

    [Fact]
    public void A_valid_event_lands_as_it_would_without_a_contract()
    {
        var row = contracts.Landed(Weir(""","product_id":"SKU-1","price":12.5,"quantity":2,"properties":{ "gift": {"text":"hi"} }"""));
        (row.ProductId, row.Price, row.Quantity, row.SchemaVersion, row.Imputed).ShouldBe(("SKU-1", 12.5m, 2, "2", null));
        row.Properties.ShouldBe("""{ "gift": {"text":"hi"} }""");
    }

    [Theory]
    [InlineData(""","product_id":"SKU-1" """, "$.price: required: is missing")]
    [InlineData(""","product_id":"SKU-1","price":null""", "$.price: required: is missing")]
    [InlineData(""","product_id":"SKU-1","price":-1""", "$.price: minimum: expected at least 0")]
    [InlineData(""","product_id":"4711","price":1""", "$.product_id: pattern: expected text that matches ^SKU-")]
    [InlineData(""","product_id":4711,"price":1""", "$.product_id: pattern: expected text that matches ^SKU-")]
    [InlineData(""","product_id":"SKU-1","price":"1","quantity":0""", "$.quantity: minimum: expected at least 1")]
    [InlineData(""","product_id":"SKU-1","price":1,"properties":{"gift":{"text":"secret-text"}}""", "$.properties.gift.text: maxLength: expected at most 5 characters")]
    [InlineData(""","product_id":"SKU-1","price":1,"properties":{"gift":"secret-text"}""", "$.properties.gift: type: expected object, got string")]
    [InlineData(""","product_id":"SKU-1","price":1,"gift":{"text":1}""", "$.properties.gift.text: type: expected string, got number")] // without a column it lands in properties
    public void What_a_contract_does_not_allow_is_a_contract_violation_that_says_where_and_why_but_not_what(string members, string expected)
    {
        var why = contracts.Quarantined(Weir(members));
        why.Reason.ShouldBe(QuarantineReasons.ContractViolation);
        why.Detail.ShouldBe($"{expected} (contract product_added, version 2)");
        why.Detail.ShouldNotContain("secret");
        (why.EventName, why.EventId).ShouldBe(("Product Added", new Guid("0190A1B2-0000-7000-8000-00000000000A")));
    }

    [Fact]
    public void One_contract_holds_for_every_dialect()
    {
        contracts.Landed(Segment("""{"product_id":"SKU-1","price":1}"""), dialect: Dialects.Segment).ProductId.ShouldBe("SKU-1");
        contracts.Quarantined(Segment("""{"product_id":"SKU-1"}"""), dialect: Dialects.Segment).Detail.ShouldStartWith("$.price: required");
    }

    [Fact]
    public void Unknown_event_lands_unless_its_source_demands_a_contract()
    {
        contracts.Landed(Weir("", "Something Else")).Event.ShouldBe("Something Else");
        var why = contracts.Quarantined(Weir("", "Something Else"), Strict);
        why.Reason.ShouldBe(QuarantineReasons.UnknownEvent);
        why.Detail.ShouldNotContain("Something Else");
        contracts.Landed(Weir(""","product_id":"SKU-1","price":1"""), Strict).Event.ShouldBe("Product Added");
    }

    [Fact]
    public void Unknown_version_of_a_known_event_is_quarantined_whatever_the_source_says()
    {
        var why = contracts.Quarantined(Weir(""","product_id":"SKU-1","price":1""").Replace("\"schema_version\":\"2\"", "\"schema_version\":\"7\""));
        (why.Reason, why.Detail).ShouldBe((QuarantineReasons.UnknownVersion, "$.schema_version: not a version that the contract product_added has for this event; it has 2"));
    }

    [Fact]
    public void An_event_that_names_no_version_is_of_the_one_its_source_declares_else_of_the_newest()
    {
        var event0 = Weir(""","product_id":"SKU-1","price":-1""").Replace("\"schema_version\":\"2\"", "\"locale\":\"de\"");
        contracts.Quarantined(event0).Detail.ShouldContain("version 2");
        contracts.Quarantined(event0, Evaluation.Web with { SchemaVersion = "3" }).Reason.ShouldBe(QuarantineReasons.UnknownVersion);
        contracts.Landed(event0.Replace(":-1", ":1")).SchemaVersion.ShouldBeNull("what was not sent is not made up");
    }

    [Fact]
    public void A_fault_of_the_event_itself_comes_before_its_contract() =>
        contracts.Quarantined(Weir(""","price":"12,99 €" """)).Reason.ShouldBe(QuarantineReasons.WrongType);

    [Fact]
    public void Identity_comes_after_the_contract() =>
        contracts.Quarantined(Weir("").Replace("\"user_id\":\"u1\",", "")).Reason.ShouldBe(QuarantineReasons.ContractViolation);

    [Fact]
    public void Times_are_RFC_3339_texts_that_a_contract_can_demand()
    {
        contracts.With("contracts/click/1.json", """{"required":["client_time"],"properties":{"client_time":{"format":"date-time"},"context":{"required":["consent"]}}}""");
        const string Click = """{"event":"click","user_id":"u"TIME,"context":{"consent":"all"}}""";
        contracts.Landed(Click.Replace("TIME", ""","timestamp":"2024-06-15T11:59:00.25" """)).ClientTime.ShouldBe(Evaluation.Utc(2024, 6, 15, 9, 59, 0, 250_000));
        contracts.Quarantined(Click.Replace("TIME", "")).Detail.ShouldStartWith("$.client_time: required");
    }

    [Fact]
    public void Depth_and_numbers_at_the_event_models_limits_are_judged_not_feared()
    {
        contracts.With("contracts/deep/1.json", """{"properties":{"properties":{"properties":{"a":{"uniqueItems":true},"n":{"multipleOf":0.01,"maximum":5}}}}}""");
        var nested = new string('[', 61) + new string(']', 61);
        contracts.Landed($$"""{"event":"deep","user_id":"u","properties":{"a":{{nested}}} }""").Event.ShouldBe("deep");
        contracts.Quarantined("""{"event":"deep","user_id":"u","properties":{"n":1e99999999}}""").Detail.ShouldStartWith("$.properties.n: maximum");
        var many = string.Join(',', Enumerable.Range(0, 100_000));
        contracts.Landed($$"""{"event":"deep","user_id":"u","properties":{"a":[{{many}}]} }""").Event.ShouldBe("deep");
    }

    public void Dispose() => contracts.Dispose();
}
