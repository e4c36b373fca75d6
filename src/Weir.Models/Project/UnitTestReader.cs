using Weir.Models.Materialize;
using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Reads the <c>unit_tests:</c> of a schema.yml.</summary>
/// <param name="fixture">Gives the text of <c>tests/fixtures/&lt;name&gt;</c>; null when there is none.</param>
internal sealed class UnitTestReader(YamlReading reading, Func<string, string?> fixture)
{
    public IEnumerable<UnitTestPatch> Read(YamlMap map)
    {
        foreach (var item in reading.Items(map, "unit_tests"))
        {
            YamlKeys.UnitTest.Check(item, reading.File, reading.Problems);
            if (reading.NameOf(item, "unit test") is not { } name)
                continue;
            if (item.Text("model") is not { } model || item.Map("expect") is not { } expect)
            {
                reading.Problems.Add("WEIR7005", reading.File, item.Line, $"the unit test '{name}' must say which `model` it tests and what it expects: `expect: {{rows: [{{id: 1}}]}}`.");
                continue;
            }

            YamlKeys.UnitTestExpect.Check(expect, reading.File, reading.Problems);
            var overrides = item.Map("overrides") ?? new YamlMap(item.Line, []);
            YamlKeys.UnitTestOverrides.Check(overrides, reading.File, reading.Problems);
            var test = new UnitTest(
                model, [.. Given(item)], Rows(expect), reading.Map(overrides, "macros"), reading.Map(overrides, "vars"), reading.Map(overrides, "env_vars"));
            yield return new UnitTestPatch(name, reading.File, item.Line, test, item.Find("description")?.Value, reading.Config(item));
        }
    }

    private IEnumerable<UnitTestInput> Given(YamlMap item)
    {
        foreach (var given in reading.Items(item, "given"))
        {
            YamlKeys.UnitTestGiven.Check(given, reading.File, reading.Problems);
            if (given.Text("input") is { } input)
                yield return new UnitTestInput(input, given.Line, Rows(given));
            else
                reading.Problems.Add("WEIR7005", reading.File, given.Line, "this input of a unit test has no 'input': `- {input: ref('orders'), rows: [{id: 1}]}`.");
        }
    }

    private UnitTestRows Rows(YamlMap owner)
    {
        var format = owner.Text("format") ?? "dict";
        if (format is not ("dict" or "csv" or "sql"))
            reading.Problems.Add("WEIR7005", reading.File, owner.Find("format")!.Line, $"the format of a unit test's rows is '{format}', and must be dict, csv or sql.{Suggest.Near(format, ["dict", "csv", "sql"])}");
        var rows = owner.Find("rows");
        var name = owner.Text("fixture");
        var text = name is null ? (rows?.Value as YamlScalar)?.Text : fixture($"{name}.{(format == "sql" ? "sql" : "csv")}");
        if (name is not null && text is null)
            reading.Problems.Add("WEIR7005", reading.File, owner.Find("fixture")!.Line, $"there is no fixture tests/fixtures/{name}.{(format == "sql" ? "sql" : "csv")}.");
        if (format == "dict" && rows is { Value: not (YamlList or YamlScalar { Value: null }) })
            reading.Problems.Add("WEIR7005", reading.File, rows.Line, "the rows of a unit test are a list of mappings (`rows: [{id: 1}]`); for text say `format: csv` or `format: sql`.");
        var dicts = format switch
        {
            "csv" when text is not null => Csv(text),
            "dict" => [.. owner.List("rows").OfType<YamlMap>().Select(row => (IReadOnlyDictionary<string, object?>)row.ToObject()!)],
            _ => [],
        };
        return new UnitTestRows(format, dicts, text, name, rows?.Line ?? owner.Line);
    }

    /// <summary>Empty fields are null; the rest is text, for the column's type to read.</summary>
    private static List<IReadOnlyDictionary<string, object?>> Csv(string text)
    {
        var records = SeedCsv.Read(text, ',');
        var header = records.Count == 0 ? [] : records[0].Fields.Select(name => name.Trim()).ToList();
        return [.. records.Skip(1).Select(record => (IReadOnlyDictionary<string, object?>)header.Zip(record.Fields)
            .ToDictionary(pair => pair.First, pair => pair.Second.Trim() is { Length: > 0 } value ? (object?)value : null))];
    }
}
