using Weir.Land.Contracts.Schemas;
using static Weir.Tests.Land.Contracts.ContractFolder;

namespace Weir.Tests.Land.Contracts;

/// <summary>What a schema file may not say is told with its place and what to do.</summary>
public class SchemaMistakeTests
{
    [Theory]
    [InlineData("""{"proprties":{}}""", "schema.json:1:2: 'proprties' is no keyword of JSON Schema 2020-12; did you mean 'properties'?")]
    [InlineData("""{"type":"strng"}""", "schema.json:1:9: 'type' must be one or a list of string, number, integer, boolean, object, array, null; did you mean 'string'?")]
    [InlineData("{\n  \"type\": \"object\",\n  \"title\": \"Größe\", \"default\": {}\n}", "schema.json:3:21: the keyword 'default' is refused: in JSON Schema it changes nothing; write \"x-weir\": {\"default\": …}, which is applied")]
    [InlineData("""{"properties":{"a":{"unevaluatedProperties":false}}}""", "schema.json:1:21: the keyword 'unevaluatedProperties' is refused: use additionalProperties")]
    [InlineData("""{"$id":"https://x","properties":{"a":{"$id":"y"}}}""", "schema.json:1:39: the keyword '$id' is refused: it may stand at the top of a file only")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#"}""", "schema.json:1:12: '$schema' must be \"https://json-schema.org/draft/2020-12/schema\"")]
    [InlineData("""{"$ref":"other.json"}""", "schema.json:1:9: '$ref' must lead to a schema of this file, such as #/$defs/money; other files and the net are not read")]
    [InlineData("""{"$ref":"#/$defs/a"}""", "schema.json:1:9: '$ref' leads to '#/$defs/a', which is not in this file")]
    [InlineData("""{"properties":{"a":{"format":"emal"}}}""", "schema.json:1:30: 'format' must be one of date, date-time, email, ipv4, ipv6, time, uri, uuid, which are checked; did you mean 'email'?")]
    [InlineData("""{"minimum":"1"}""", "schema.json:1:12: 'minimum' must be a number")]
    [InlineData("""{"maximum":12345678901234567890123456789}""", "schema.json:1:12: 'maximum' must be a number of at most 28 digits")]
    [InlineData("""{"multipleOf":0}""", "schema.json:1:15: 'multipleOf' must be more than 0")]
    [InlineData("""{"maxLength":-1}""", "schema.json:1:14: 'maxLength' must be a whole number, 0 or more")]
    [InlineData("""{"pattern":"(?=a)"}""", "schema.json:1:12: the pattern looks ahead or behind, or sets options, which linear time does not allow")]
    [InlineData("""{"items":[{}]}""", "schema.json:1:10: 'items' must be a schema; a list of schemas is called prefixItems since 2020")]
    [InlineData("""{"required":"a"}""", "schema.json:1:13: 'required' must be a list of names")]
    [InlineData("""{"enum":[]}""", "schema.json:1:9: 'enum' must be a list of values, at least one")]
    [InlineData("""{"anyOf":{}}""", "schema.json:1:10: 'anyOf' must be a list of schemas, at least one")]
    [InlineData("""{"properties":{"a":1}}""", "schema.json:1:20: a schema is an object, true or false")]
    [InlineData("""{"type":"object","type":"array"}""", "schema.json:1:18: 'type' stands twice in one object; keep one")]
    [InlineData("{\"type\":\n oops}", "schema.json:2:2: is not JSON (RFC 8259, UTF-8, at most 64 levels)")]
    [InlineData("{} {}", "schema.json:1:4: is not JSON (RFC 8259, UTF-8, at most 64 levels)")]
    [InlineData("", "schema.json:1:1: is not JSON (RFC 8259, UTF-8, at most 64 levels)")]
    [InlineData("""{"properties":{"a":{"x-weir":{"pi":"email"}}}}""", "schema.json:1:31: 'pi' is not known in the x-weir of a field; did you mean 'pii'?")]
    [InlineData("""{"properties":{"a":{"x-weir":{"pii":"mail"}}}}""", "schema.json:1:37: 'mail' is no kind of personal data; known are none, id, name, email, phone, address, ip, text, other")]
    [InlineData("""{"properties":{"a":{"type":"string","x-weir":{"default":1}}}}""", "schema.json:1:57: the default breaks its own schema: type: expected string, got number")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"x-weir":{"default":1}}}}]}""", "schema.json:1:51: a default stands where it always holds: not in an array's elements, nor under anyOf, oneOf, not, if, then, else, contains or dependentSchemas")]
    public void A_mistake_is_told_with_its_place_and_what_to_do(string schema, string expected) => Compile(schema).Mistakes.ShouldBe([expected]);

    [Fact]
    public void All_mistakes_come_at_once() => Compile("""{"typ":"object","properties":{"a":{"type":"text"},"b":{"minLength":"x"}},"$defs":{"unused":{"maximum":true}}}""").Mistakes.Count.ShouldBe(4);

    [Theory]
    [InlineData("""{"properties":{"parent":{"$ref":"#"}}}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}""")]
    [InlineData("""{"$ref":"#/$defs/n","$defs":{"n":{"properties":{"next":{"$ref":"#/$defs/n"}}}}}""")]
    public void A_reference_that_leads_back_to_itself_is_refused(string schema) => Compile(schema).Mistakes.ShouldContain(m => m.Contains("back to itself"));

    [Fact]
    public void A_schema_that_multiplies_itself_is_refused_before_it_costs_anything()
    {
        // Each names the next one ten times: 10^9 schemas in all.
        var definitions = string.Join(',', Enumerable.Range(0, 9).Select(i => $"\"d{i}\":{{\"anyOf\":[{string.Join(',', Enumerable.Repeat($"{{\"$ref\":\"#/$defs/d{i + 1}\"}}", 10))}]}}")) + ",\"d9\":true";
        Compile($"{{\"$ref\":\"#/$defs/d0\",\"$defs\":{{{definitions}}}}}").Mistakes.ShouldContain(m => m.Contains("more than 10000 schemas"));
    }

    [Fact]
    public void Every_refused_keyword_is_refused_and_every_other_one_understood()
    {
        foreach (var keyword in Keywords.Refused.Keys.Where(k => k != "$id")) Compile($$"""{"{{keyword}}":true}""").Mistakes.Single().ShouldContain($"'{keyword}' is refused");
        Keywords.Assertions.Concat(Keywords.Annotations).Intersect(Keywords.Refused.Keys).ShouldBeEmpty();
    }
}
