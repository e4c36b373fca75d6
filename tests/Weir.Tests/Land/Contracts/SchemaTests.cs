using static Weir.Tests.Land.Contracts.ContractFolder;

namespace Weir.Tests.Land.Contracts;

/// <summary>JSON Schema 2020-12 as its specification has it. The table was made with another implementation, python-jsonschema (<c>schema-cases.py</c>).</summary>
public class SchemaTests
{
    [Fact]
    public void A_schema_takes_what_another_implementation_takes()
    {
        var cases = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Land", "Contracts", "schema-cases.tsv")).Select(l => l.Split('\t')).ToList();
        cases.Count.ShouldBeGreaterThan(1_000);
        var wrong = cases.Where(c => (Break(c[0], c[1]).Length == 0 ? "valid" : "invalid") != c[2]).Select(c => string.Join("  ", c));
        wrong.ShouldBeEmpty();
    }

    /// <summary>What it leaves to the plain path costs time: of the table it must leave little.</summary>
    [Fact]
    public void The_fast_path_is_sure_of_most_values()
    {
        var cases = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Land", "Contracts", "schema-cases.tsv")).Select(l => l.Split('\t')).ToList();
        var sure = cases.Count(c => HoldsSurely(Compile(c[0]).Schema, c[1]) == (c[2] == "valid"));
        sure.ShouldBeGreaterThan(cases.Count * 8 / 10);
    }

    [Fact]
    public void Every_keyword_is_in_the_table()
    {
        var table = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Land", "Contracts", "schema-cases.tsv"));
        Weir.Land.Contracts.Schemas.Keywords.Assertions.Where(k => k != "format" && !table.Contains($"\"{k}\":")).ShouldBeEmpty();
    }

    [Theory]
    // Numbers by their value, whatever they look like, far beyond what a double holds.
    [InlineData("""{"multipleOf":0.1}""", "0.3", "")]
    [InlineData("""{"multipleOf":0.01}""", "4.015", ": multipleOf")]
    [InlineData("""{"multipleOf":0.0001}""", "0.0075", "")]
    [InlineData("""{"multipleOf":0.0001}""", "0.00751", ": multipleOf")]
    [InlineData("""{"multipleOf":0.123456789}""", "1e308", ": multipleOf")]
    [InlineData("""{"multipleOf":0.5}""", "1e308", "")]
    [InlineData("""{"multipleOf":7}""", "700000000000000000000000000000000000000000000000000", "")]
    [InlineData("""{"multipleOf":7}""", "700000000000000000000000000000000000000000000000001", ": multipleOf")]
    [InlineData("""{"multipleOf":1e-8}""", "12391239123", "")]
    [InlineData("""{"type":"integer"}""", "1e3", "")]
    [InlineData("""{"type":"integer"}""", "1.2e1", "")]
    [InlineData("""{"type":"integer"}""", "1.25e1", ": type")]
    [InlineData("""{"type":"integer"}""", "1e-999999999999", ": type")]
    [InlineData("""{"maximum":0.1}""", "0.10000000000000000000000000000000000000001", ": maximum")]
    [InlineData("""{"maximum":0.1}""", "0.10000000000000000000000000000000000000000", "")]
    [InlineData("""{"maximum":100}""", "1e999999999999", ": maximum")]
    [InlineData("""{"minimum":100}""", "1e999999999999", "")]
    [InlineData("""{"minimum":0}""", "-0", "")]
    [InlineData("""{"minimum":0}""", "-1e-400", ": minimum")]
    [InlineData("""{"exclusiveMaximum":9999999999999999999999999999}""", "79999999999999999999999999999", ": exclusiveMaximum")]
    [InlineData("""{"const":9007199254740993}""", "9007199254740992", ": const")]
    [InlineData("""{"enum":[1e2]}""", "100.00", "")]
    [InlineData("""{"uniqueItems":true}""", "[100, 1e2]", "[1]: uniqueItems")]
    [InlineData("""{"uniqueItems":true}""", "[1e99999999999, 1e-99999999999]", "")]
    // The path leads to the value, and a name that may be somebody's data is not shown.
    [InlineData("""{"properties":{"a":{"items":{"properties":{"b":{"type":"string"}}}}}}""", """{"a":[{"b":"x"},{"b":1}]}""", ".a[1].b: type")]
    [InlineData("""{"additionalProperties":false}""", """{"anna@example.com":1}""", ".*: additionalProperties")]
    [InlineData("""{"required":["a"]}""", "{}", ".a: required")]
    public void A_value_breaks_what_the_specification_says(string schema, string value, string expected) => Break(schema, value).ShouldBe(expected);
}
