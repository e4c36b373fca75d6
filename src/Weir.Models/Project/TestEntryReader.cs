using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>
/// Reads the list under <c>data_tests:</c>: <c>- unique</c>, or <c>- accepted_values: {arguments: {values: […]}, config: {severity: warn}}</c>.
/// The older form, with arguments and settings beside each other, is read too.
/// </summary>
internal sealed class TestEntryReader(string file, Problems problems)
{
    private static readonly string[] Own = ["name", "description", "arguments", "config", "test_name"];

    public IEnumerable<TestEntry> Read(YamlEntry? section)
    {
        if (section is null || section.Value is YamlScalar { Value: null })
            yield break;
        if (section.Value is not YamlList list)
        {
            problems.Add("WEIR7005", file, section.Line, $"'{section.Key}' is {section.Value.Kind}, and must be a list: `{section.Key}: [unique, not_null]`.");
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (ReadOne(item) is { } entry)
                yield return entry;
        }
    }

    private TestEntry? ReadOne(YamlValue item)
    {
        switch (item)
        {
            case YamlScalar { Value: not null } name:
                return new TestEntry(name.Text, null, item.Line, null, [], []);
            case YamlMap map when map.Text("test_name") is { } testName:
                return Body(testName, map, item.Line);
            case YamlMap { Entries: [{ Value: YamlMap body } only] }:
                return Body(only.Key, body, item.Line);
            case YamlMap { Entries: [{ Value: YamlScalar { Value: null } } only] }:
                return new TestEntry(only.Key, null, item.Line, null, [], []);
            default:
                problems.Add("WEIR7015", file, item.Line, "a test is its name, or one key that is its name with a mapping below it: `- accepted_values: {arguments: {values: [a, b]}}`. Indent what belongs to the test deeper than its name.");
                return null;
        }
    }

    private static TestEntry Body(string test, YamlMap body, int line)
    {
        var arguments = new List<YamlEntry>(body.Map("arguments")?.Entries ?? []);
        var config = new List<YamlEntry>(body.Map("config")?.Entries ?? []);
        foreach (var entry in body.Entries.Where(entry => !Own.Contains(entry.Key)))
            (ConfigKeys.Tests.Supported.Contains(entry.Key) || ConfigKeys.Tests.Refused.Contains(entry.Key) ? config : arguments).Add(entry);
        return new TestEntry(test, body.Text("name"), line, body.Find("description")?.Value, arguments, config);
    }
}
