using System.Text.Json;
using Weir.Land.Contracts.Schemas;

namespace Weir.Tests.Land.Contracts;

/// <summary>Each rule alone: what it makes of an event's <c>properties</c>, or why it cannot.</summary>
public sealed class MigrationRuleTests : IDisposable
{
    private readonly ContractFolder contracts = new();

    private (string? Properties, string? Price, string? Fault) Migrate(string rules, string properties)
    {
        contracts.With("contracts/e/1.json", "{}").With("contracts/e/2.json", "{}").With("contracts/e/migrations/1-to-2.json", $$"""{"rules":[{{rules}}]}""");
        var verdict = contracts.Judge($$"""{"event":"e","event_id":"x","timestamp":"2024-06-15T11:59:00Z","user_id":"u","schema_version":"1","properties":{{properties}} }""");
        return verdict switch
        {
            Weir.Land.Evaluate.Verdict.Event { Row: var row } => (row.Properties, row.Price?.ToString(System.Globalization.CultureInfo.InvariantCulture), null),
            Weir.Land.Evaluate.Verdict.Quarantined why => (null, null, $"{why.Reason}: {why.Detail}"),
            _ => throw new InvalidOperationException(),
        };
    }

    [Theory]
    [InlineData("""{"rename":"properties.a","to":"b"}""", """{"a":{"x":[1,2]}}""", """{"b":{"x":[1,2]}}""")]
    [InlineData("""{"rename":"properties.a","to":"b"}""", """{"c":1}""", """{"c":1}""")]
    [InlineData("""{"rename":"properties.a","to":"b"}""", """{"a":1,"b":1.0}""", """{"b":1}""")]
    [InlineData("""{"move":"properties.a","to":"properties.deep.er.b"}""", """{"a":null,"c":"x"}""", """{"a":null,"c":"x"}""")]
    [InlineData("""{"move":"properties.a","to":"properties.deep.er.b"}""", """{"a":"x"}""", """{"deep":{"er":{"b":"x"}}}""")]
    [InlineData("""{"remove":"properties.a"}""", """{"a":1,"b":2}""", """{"b":2}""")]
    [InlineData("""{"remove":"properties.a.b"}""", """{"a":{"b":1,"c":2}}""", """{"a":{"c":2}}""")]
    [InlineData("""{"cast":"properties.a","to":"number"}""", """{"a":" 012.50 "}""", """{"a":12.5}""")]
    [InlineData("""{"cast":"properties.a","to":"number"}""", """{"a":"1e2"}""", """{"a":100}""")]
    [InlineData("""{"cast":"properties.a","to":"integer"}""", """{"a":"7.0"}""", """{"a":7}""")]
    [InlineData("""{"cast":"properties.a","to":"string"}""", """{"a":12345678901234567890.50}""", """{"a":"12345678901234567890.50"}""")]
    [InlineData("""{"cast":"properties.a","to":"string"}""", """{"a":true}""", """{"a":"true"}""")]
    [InlineData("""{"cast":"properties.a","to":"boolean"}""", """{"a":"True"}""", """{"a":true}""")]
    [InlineData("""{"cast":"properties.a","to":"boolean"}""", """{"a":0}""", """{"a":false}""")]
    [InlineData("""{"map":"properties.a","values":{"cc":"card","1":"invoice","x":null}}""", """{"a":"cc"}""", """{"a":"card"}""")]
    [InlineData("""{"map":"properties.a","values":{"cc":"card","1":"invoice"}}""", """{"a":1}""", """{"a":"invoice"}""")]
    [InlineData("""{"map":"properties.a","values":{"cc":"card"},"others":"keep"}""", """{"a":"cash"}""", """{"a":"cash"}""")]
    [InlineData("""{"unit":"properties.a","from":"cent","to":"EUR","factor":0.01}""", """{"a":1999}""", """{"a":19.99}""")]
    [InlineData("""{"unit":"properties.a","from":"cent","to":"EUR","factor":0.01}""", """{"a":-5}""", """{"a":-0.05}""")]
    [InlineData("""{"unit":"properties.a","from":"cent","to":"EUR","factor":0.01}""", """{"a":0}""", """{"a":0}""")]
    [InlineData("""{"unit":"properties.a","from":"cent","to":"EUR","factor":0.01}""", """{"a":9007199254740993}""", """{"a":90071992547409.93}""")]
    [InlineData("""{"unit":"properties.a","from":"kg","to":"g","factor":1000}""", """{"a":0.1}""", """{"a":100}""")]
    [InlineData("""{"assume_time_zone":"properties.a","zone":"Europe/Berlin"}""", """{"a":"2024-06-15T12:00:00"}""", """{"a":"2024-06-15T10:00:00Z"}""")]
    [InlineData("""{"assume_time_zone":"properties.a","zone":"Europe/Berlin"}""", """{"a":"2024-01-15 12:00:00.25"}""", """{"a":"2024-01-15T11:00:00.25Z"}""")]
    [InlineData("""{"assume_time_zone":"properties.a","zone":"Europe/Berlin"}""", """{"a":"2024-01-15T12:00:00+02:00"}""", """{"a":"2024-01-15T12:00:00+02:00"}""")]
    [InlineData("""{"split":"properties.n","by":" ","into":["properties.first","properties.last"]}""", """{"n":"Anna Maria Keller"}""", """{"first":"Anna","last":"Maria Keller"}""")]
    [InlineData("""{"split":"properties.n","by":" ","into":["properties.first","properties.last"]}""", """{"n":"Anna"}""", """{"first":"Anna"}""")]
    [InlineData("""{"join":["properties.street","properties.no"],"with":" ","into":"properties.address"}""", """{"street":"Weg","no":7}""", """{"address":"Weg 7"}""")]
    [InlineData("""{"join":["properties.street","properties.no"],"with":" ","into":"properties.address"}""", """{"no":"7"}""", """{"address":"7"}""")]
    [InlineData("""{"join":["properties.street","properties.no"],"into":"properties.street"}""", """{"street":"Weg","no":7}""", """{"street":"Weg7"}""")]
    [InlineData("""{"default":"properties.a","value":{"b":1}}""", """{"c":1}""", """{"c":1,"a":{"b":1}}""")]
    [InlineData("""{"default":"properties.a","value":1}""", """{"a":null}""", """{"a":1}""")]
    [InlineData("""{"rename":"properties.p[].sku","to":"id"},{"unit":"properties.p[].c","from":"cent","to":"EUR","factor":0.01},{"default":"properties.p[].q","value":1}""",
        """{"p":[{"sku":"a","c":100},{"sku":"b","c":250,"q":3},"odd",[]]}""", """{"p":[{"id":"a","c":1,"q":1},{"id":"b","c":2.5,"q":3},"odd",[]]}""")]
    [InlineData("""{"rename":"properties.o[].i[].x","to":"y"}""", """{"o":[{"i":[{"x":1},{"z":2}]},{"i":{}},{}]}""", """{"o":[{"i":[{"y":1},{"z":2}]},{"i":{}},{}]}""")]
    [InlineData("""{"rename":"properties.ä_is_no_name","to":"b"}""", "{}", null)]
    public void A_rule_makes_of_an_event_what_it_says(string rules, string before, string? after)
    {
        if (after is null)
        {
            Should.Throw<WeirException>(() => Migrate(rules, before)).Code.ShouldBe("WEIR5110");
            return;
        }
        var (properties, _, fault) = Migrate(rules, before);
        fault.ShouldBeNull();
        using var expected = JsonDocument.Parse(after);
        using var found = JsonDocument.Parse(properties!);
        JsonEquality.Instance.Equals(expected.RootElement, found.RootElement).ShouldBeTrue(properties);
    }

    [Theory]
    [InlineData("""{"rename":"properties.a","to":"b"}""", """{"a":"secret","b":2}""", "$.properties.a: rename: expected nothing in properties.b, but it has another value already")]
    [InlineData("""{"move":"properties.a","to":"properties.b.c"}""", """{"a":1,"b":"secret"}""", "$.properties.a: move: properties.b.c lies in something that is no object")]
    [InlineData("""{"cast":"properties.a","to":"number"}""", """{"a":"secret"}""", "$.properties.a: cast: expected a value that can be read as number")]
    [InlineData("""{"cast":"properties.a","to":"number"}""", """{"a":true}""", "$.properties.a: cast: expected a value that can be read as number")]
    [InlineData("""{"cast":"properties.a","to":"number"}""", """{"a":"1e999999"}""", "$.properties.a: cast: expected a value that can be read as number")]
    [InlineData("""{"cast":"properties.a","to":"integer"}""", """{"a":"7.5"}""", "$.properties.a: cast: expected a value that can be read as integer")]
    [InlineData("""{"cast":"properties.a","to":"string"}""", """{"a":{"b":"secret"}}""", "$.properties.a: cast: expected a value that can be read as string")]
    [InlineData("""{"map":"properties.a","values":{"cc":"card","in":"invoice"}}""", """{"a":"secret"}""", "$.properties.a: map: expected one of cc, in")]
    [InlineData("""{"unit":"properties.a","from":"cent","to":"EUR","factor":0.01}""", """{"a":"secret"}""", "$.properties.a: unit: expected a number of cent")]
    [InlineData("""{"unit":"properties.a","from":"cent","to":"EUR","factor":0.01}""", """{"a":1e99999999999}""", "$.properties.a: unit: expected a number of cent with at most 100 digits")]
    [InlineData("""{"assume_time_zone":"properties.a","zone":"Europe/Berlin"}""", """{"a":"secret"}""", "$.properties.a: assume_time_zone: expected an ISO 8601 time")]
    [InlineData("""{"split":"properties.a","by":" ","into":["properties.b","properties.c"]}""", """{"a":["secret"]}""", "$.properties.a: split: expected a text")]
    [InlineData("""{"join":["properties.a","properties.b"],"into":"properties.c"}""", """{"a":["secret"]}""", "$.properties.a: join: expected a text or a number in properties.a")]
    public void What_cannot_be_migrated_is_a_migration_failed_that_says_where_and_why_but_not_what(string rule, string properties, string expected)
    {
        var fault = Migrate(rule, properties).Fault;
        fault.ShouldBe($"migration_failed: {expected} (contract e, from version 1 to 2)");
        fault!.ShouldNotContain("secret");
    }

    [Fact]
    public void A_column_that_rules_fill_is_typed_as_any_other()
    {
        Migrate("""{"move":"properties.p","to":"price"}""", """{"p":12.3456}""").Price.ShouldBe("12.3456");
        Migrate("""{"move":"properties.p","to":"price"}""", """{"p":12.34567}""").Fault.ShouldBe("out_of_range: $.price: more digits than DECIMAL(18,4) holds");
        Migrate("""{"move":"properties.p","to":"price"}""", """{"p":["secret"]}""").Fault.ShouldBe("wrong_type: $.price: expected a number, got an array");
    }

    [Theory]
    [InlineData("""{"mov":"properties.a","to":"price"}""", ":1:12: 'mov' is no rule; did you mean 'move'?")]
    [InlineData("""{"move":"properties.a"}""", ":1:11: 'to' is missing")]
    [InlineData("""{"move":"properties.a","to":"price","tu":1}""", ":1:47: 'tu' is not known in a rule of kind move; did you mean 'to'?")]
    [InlineData("""{"move":"prize","to":"price"}""", ":1:19: 'prize' is no column of lake.events that a contract can speak of; did you mean 'price'?")]
    [InlineData("""{"move":"sku","to":"product_id"}""", ":1:19: 'sku' is no column of lake.events that a contract can speak of; did you mean 'properties.sku'?")]
    [InlineData("""{"move":"properties.a","to":"event"}""", ":1:39: 'event' says what was sent, and cannot be changed")]
    [InlineData("""{"move":"properties.a","to":"price.net"}""", ":1:39: 'price' is a column, and has no fields")]
    [InlineData("""{"remove":"properties"}""", ":1:21: 'properties' as a whole cannot be changed; name a field in it")]
    [InlineData("""{"move":"properties.p[].a","to":"price"}""", ":1:43: must lie in the same elements of an array as 'properties.p[].a', or both in none")]
    [InlineData("""{"rename":"price","to":"cost"}""", ":1:34: 'price' is a column; move it")]
    [InlineData("""{"rename":"properties.a","to":"b.c"}""", ":1:41: a new name has no dots; to put it elsewhere, move it")]
    [InlineData("""{"cast":"price","to":"float"}""", ":1:32: 'to' must be one of string, number, integer, boolean")]
    [InlineData("""{"unit":"price","from":"cent","to":"EUR","factor":"0.01"}""", ":1:61: 'factor' must be the number of EUR in one cent, not 0, with at most 28 digits")]
    [InlineData("""{"assume_time_zone":"properties.a","zone":"CEST-2"}""", ":1:53: 'CEST-2' is no time zone of the tz database, such as Europe/Berlin or UTC")]
    [InlineData("""{"map":"properties.a","values":{}}""", ":1:42: 'values' must be an object of old values and new ones")]
    [InlineData("""{"split":"properties.a","by":" ","into":["properties.b"]}""", ":1:51: 'into' must be a list of at least two fields")]
    [InlineData("""{"join":"properties.a","into":"properties.b"}""", ":1:19: 'join' must be a list of at least two fields")]
    [InlineData("""{"default":"properties.a","value":null}""", ":1:45: 'value' is missing or null")]
    [InlineData("[]", ":1:11: a rule is an object that begins with one of move, rename, remove, cast, default, map, unit, assume_time_zone, split, join")]
    public void A_mistake_in_a_rule_is_told_with_its_place(string rule, string expected)
    {
        contracts.With("contracts/e/1.json", "{}").With("contracts/e/2.json", "{}").With("contracts/e/migrations/1-to-2.json", $$"""{"rules":[{{rule}}]}""");
        contracts.Mistakes().ShouldHaveSingleItem().ShouldBe($"contracts/e/migrations/1-to-2.json{expected}");
    }

    public void Dispose() => contracts.Dispose();
}
