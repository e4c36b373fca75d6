using System.Text.Json;
using Weir.Events;
using Weir.Land;
using Weir.Land.Evaluate;
using Weir.Land.Privacy;
using Weir.Sources;
using Weir.Tests.Land.Evaluate;

namespace Weir.Tests.Land.Privacy;

/// <summary>What is left of a person in what is kept: <c>docs/guides/personal-data.md</c>.</summary>
public sealed class MaskingTests : IDisposable
{
    private const string Mail = "Erika.Mustermann@example.org";
    private readonly PersonalBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Fields_that_a_contract_marks_are_handled_by_their_kind()
    {
        bench.Contracts.With("contracts/signup/1.json", """
            {"properties": {"user_id": {"type": "string", "x-weir": {"pii": "id"}}, "price": {"type": "number", "x-weir": {"pii": "other"}},
             "properties": {"properties": {
               "nick": {"type": "string", "x-weir": {"pii": "name"}}, "fax": {"type": "string", "x-weir": {"pii": "phone"}},
               "address": {"type": "string", "x-weir": {"pii": "none"}},
               "guests": {"type": "array", "items": {"type": "object", "properties": {"called": {"type": "string", "x-weir": {"pii": "text"}}, "seat": {"type": "integer"}}}}}}}}
            """);
        var row = bench.Landed("""{"event_id":"0190A1B2-0000-7000-8000-00000000000A","event":"signup","timestamp":"2024-06-15T11:59:00Z","user_id":"U-77 ","price":12.5,"properties":{"nick":"Riki the Great","fax":"+49 30 901820","address":"top banner","guests":[{"called":"Uncle Bob","seat":4},{"called":"Aunt Eve","seat":5}]}}""");
        row.UserId.ShouldBe(bench.Hash("u-77"));
        row.Price.ShouldBeNull();
        row.Properties.ShouldBe($$"""{"nick":"***","fax":"{{bench.Hash("+49 30 901820")}}","address":"top banner","guests":[{"called":"***","seat":4},{"called":"***","seat":5}]}""");
    }

    [Fact]
    public void An_older_versions_marks_hold_for_what_kept_its_place()
    {
        bench.Contracts.With("contracts/note/1.json", """{"properties":{"properties":{"properties":{"remark":{"type":"string","x-weir":{"pii":"text"}}}}}}""")
            .With("contracts/note/2.json", """{"required":["user_id"]}""").With("contracts/note/migrations/1-to-2.json", """{"rules":[]}""");
        bench.Landed("""{"event_id":"0190A1B2-0000-7000-8000-00000000000A","event":"note","timestamp":"2024-06-15T11:59:00Z","user_id":"u1","properties":{"remark":"my dog is ill"}}""")
            .Properties.ShouldBe("""{"remark":"***"}""");
    }

    [Fact]
    public void Well_known_fields_are_personal_though_nobody_marks_them()
    {
        var row = bench.Landed("""
            {"type":"identify","messageId":"0190A1B2-0000-7000-8000-00000000000A","timestamp":"2024-06-15T11:59:00Z","userId":"u1",
             "traits":{"email":"Erika.Mustermann@example.org","name":"Erika Mustermann","firstName":"Erika","phone":"+49301234567","address":{"city":"Musterstadt","country":"DE"},"plan":"gold"},
             "context":{"ip":"203.0.113.77","traits":{"last_name":"Mustermann"},"app":{"name":"Shop"}}}
            """, Dialects.Segment);
        var text = PersonalBench.Text(row);
        foreach (var secret in new[] { "Mustermann", "example.org", "Erika", "49301234567", "Musterstadt", "203.0.113.77" }) text.ShouldNotContain(secret, Case.Insensitive);
        row.Ip.ShouldBe("203.0.113.0");
        row.AppName.ShouldBe("Shop");
        row.Properties.ShouldNotBeNull().ShouldSatisfyAllConditions(p => p.ShouldContain("gold"), p => p.ShouldContain(bench.Hash(Mail.ToLowerInvariant())));
    }

    [Theory]
    [InlineData("""{"page":{"url":"https://shop.example/thanks?order=7&email=Erika.Mustermann%40example.org#x"}}""")]
    [InlineData("""{"page":{"referrer":"https://shop.example/?utm_source=x&first_name=Konstantin&order=7","title":"Hello Konstantin"},"properties":{"order":7}}""")]
    [InlineData("""{"properties":{"deep":{"er":[["write to Erika.Mustermann@example.org.",7]]}}}""")]
    [InlineData("""{"properties":{"erika.mustermann@example.org":7}}""")]
    [InlineData("""{"properties":{"mail":"\u0045rika.Mustermann\u0040example.org","order":7}}""")]
    [InlineData("""{"user_id":"erika.mustermann@example.org","properties":{"order":7}}""")]
    [InlineData("""{"properties":{"customer":{"name":"Konstantin Meier"},"subject":"From Konstantin Meier, order 7","link":"/p?q=Konstantin+Meier"}}""")]
    [InlineData("""{"ip":"2001:db8:1234:5678::1","properties":{"order":7,"via":"2001:db8:1234:5678::1"}}""")]
    [InlineData("""{"properties":{"phone":491701234567,"text":"call 491701234567","order":7}}""")]
    public void A_personal_value_stands_nowhere_else_in_the_event_either(string members)
    {
        var merged = $$"""{"event_id":"0190A1B2-0000-7000-8000-00000000000A","event":"e","timestamp":"2024-06-15T11:59:00Z","anonymous_id":"a7",{{members[1..]}}""";
        var text = PersonalBench.Text(bench.Landed(merged));
        foreach (var secret in new[] { "mustermann", "example.org", "konstantin", "meier", "1234:5678", "491701234567" }) // longer than what a hash may hold by chance
            text.ShouldNotContain(secret, Case.Insensitive);
        text.ShouldContain("7"); // the rest is there
    }

    [Fact]
    public void What_holds_no_personal_data_lands_letter_by_letter()
    {
        const string Properties = """{ "list" : [1.50, 2e3, "\u00e4", {"package":"x@1.2.3","name":"Chair"}], "at":"@home", "n":null }""";
        bench.Landed(Evaluation.Valid($"\"properties\":{Properties},\"ip\":\"203.0.113.0\"")).Properties.ShouldBe(Properties);
    }

    [Fact]
    public void Production_keeps_everything()
    {
        foreach (var (kind, mode) in PersonalData.Usual(isProduction: true)) bench.Modes[kind] = mode;
        var row = bench.Landed(Evaluation.Valid($$"""
            "ip":"203.0.113.77","properties":{"email":"{{Mail}}"}
            """));
        (row.Ip, row.Properties).ShouldBe(("203.0.113.77", $$"""{"email":"{{Mail}}"}"""));
    }

    [Fact]
    public void Dropped_kinds_leave_nothing_and_masked_ones_a_sign()
    {
        (bench.Modes[PersonalKind.Email], bench.Modes[PersonalKind.Phone], bench.Modes[PersonalKind.Ip]) = (PersonalMode.Drop, PersonalMode.Mask, PersonalMode.Drop);
        var row = bench.Landed(Evaluation.Valid($$"""
            "ip":"203.0.113.77","properties":{"email":"{{Mail}}","phone":"+4930123456","note":"to {{Mail}}","emails":["x"]}
            """));
        (row.Ip, row.Properties).ShouldBe((null, """{"phone":"***","note":"to ***","emails":["x"]}"""));
    }

    [Fact]
    public void Equal_values_have_equal_hashes_across_events_and_sources_and_others_under_another_secret()
    {
        var (first, second) = (bench.Landed(Evaluation.Valid($$"""
            "properties":{"email":"{{Mail}}"}
            """)), bench.Landed(Evaluation.Valid($$"""
            "properties":{"email":" {{Mail.ToUpperInvariant()}} "}
            """)));
        second.Properties.ShouldBe(first.Properties);
        using var other = new PersonalBench();
        other.Landed(Evaluation.Valid($$"""
            "properties":{"email":"{{Mail}}"}
            """)).Properties.ShouldNotBe(first.Properties);
    }

    [Fact]
    public void Rows_of_an_entity_are_masked_by_their_fields_marks_and_names()
    {
        var crm = new SourceDefinition
        {
            Name = "crm", Entity = "contacts", Key = ["id"], RequireIdentity = false, Fields =
            [
                new("id", "Id", new(FieldKind.Varchar)) { Personal = PersonalKind.Id }, new("name", "Name", new(FieldKind.Varchar)) { Personal = PersonalKind.Name },
                new("email", "Email", new(FieldKind.Varchar)), new("born", "Born", new(FieldKind.Date)) { Personal = PersonalKind.Other },
                new("note", "Note", new(FieldKind.Varchar)), new("more", "More", new(FieldKind.Json)), new("city", "customer.city", new(FieldKind.Varchar)), new("visits", "Visits", new(FieldKind.Integer)),
            ],
        };
        var row = bench.Judge($$"""{"Id":"C1","Name":"Erika Mustermann","Email":"{{Mail}}","Born":"1980-02-03","Note":"Erika Mustermann called","More":{"phone":"030"},"customer":{"city":"Bonn"},"Visits":3}""", crm).ShouldBeOfType<Verdict.Entity>().Row;
        row.Values.ShouldBe([bench.Hash("c1"), "***", bench.Hash(Mail.ToLowerInvariant()), null, "*** called", $$"""{"phone":"{{bench.Hash("030")}}"}""", "***", 3]);
    }

    [Fact]
    public void Where_contracts_cannot_be_read_every_field_is_taken_for_personal()
    {
        var rules = EventRules.None with { Personal = new PersonalData(bench.Modes, bench.Keys), AreUnknown = true };
        var verdict = Evaluation.Judge(System.Text.Encoding.UTF8.GetBytes(Evaluation.Valid("\"coupon\":\"for Erika\",\"price\":5,\"properties\":{\"gift\":{\"text\":\"Dear Erika\"}}")), options: new EvaluatorOptions { Rules = rules });
        PersonalBench.Text(verdict.ShouldBeOfType<Verdict.Event>().Row).ShouldSatisfyAllConditions(t => t.ShouldNotContain("Erika"), t => t.ShouldNotContain("\"u1\""));
    }

    [Fact]
    public void What_events_are_told_apart_by_cannot_be_marked() =>
        bench.Contracts.With("contracts/e/1.json", """{"properties":{"client_time":{"type":"string","x-weir":{"pii":"other"}}}}""").Mistakes().Single().ShouldContain("'client_time' cannot be personal data");

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0")]
    [InlineData(" 10.1.2.3 ", "10.1.2.0")]
    [InlineData("2001:db8:1234:5678:9abc::1", "2001:db8:1234::")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0")]
    [InlineData("localhost", "***")]
    public void Of_an_address_the_network_is_left(string sent, string kept) =>
        bench.Landed(Evaluation.Valid($"\"ip\":{JsonSerializer.Serialize(sent)}")).Ip.ShouldBe(kept);
}
