using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Reads one schema.yml into patches.</summary>
internal sealed class SchemaFile(string file, Problems problems)
{
    private readonly TestEntryReader tests = new(file, problems);

    public List<NodePatch> Nodes { get; } = [];

    public List<SourcePatch> Sources { get; } = [];

    public void Read(YamlMap map)
    {
        YamlKeys.File.Check(map, file, problems);
        foreach (var item in Items(map, "models"))
            ReadNode("models", item);
        foreach (var item in Items(map, "seeds"))
            ReadNode("seeds", item);
        foreach (var item in Items(map, "data_tests").Concat(Items(map, "tests")))
        {
            YamlKeys.SingularTest.Check(item, file, problems);
            if (NameOf(item, "test") is { } name)
                Nodes.Add(new NodePatch("data_tests", name, file, item.Line, item.Find("description")?.Value, [], Config(item), []));
        }

        foreach (var source in Items(map, "sources"))
            ReadSource(source);
    }

    private void ReadNode(string section, YamlMap item)
    {
        YamlKeys.Node.Check(item, file, problems);
        if (NameOf(item, section.TrimEnd('s')) is { } name)
            Nodes.Add(new NodePatch(section, name, file, item.Line, item.Find("description")?.Value, Columns(item), Config(item), Tests(item)) { Constraints = Constraint.Read(item) });
    }

    private void ReadSource(YamlMap source)
    {
        YamlKeys.Source.Check(source, file, problems);
        if (NameOf(source, "source") is not { } sourceName)
            return;
        foreach (var table in Items(source, "tables"))
        {
            YamlKeys.Table.Check(table, file, problems);
            if (NameOf(table, "table") is { } name)
            {
                Sources.Add(new SourcePatch(
                    sourceName, name, file, table.Line, source.Find("description")?.Value, table.Find("description")?.Value, source.Find("database")?.Value, source.Find("schema")?.Value,
                    table.Find("identifier")?.Value, Columns(table), [.. Config(source), .. Config(table)], Tests(table)));
            }
        }
    }

    private List<ColumnPatch> Columns(YamlMap owner)
    {
        var columns = new List<ColumnPatch>();
        foreach (var column in Items(owner, "columns"))
        {
            YamlKeys.Column.Check(column, file, problems);
            if (NameOf(column, "column") is { } name)
                columns.Add(new ColumnPatch(name, column.Find("quote")?.Value.ToObject() is true, column.Line, column.Find("description")?.Value, column.Text("data_type"), Tests(column)) { Constraints = Constraint.Read(column) });
        }

        return columns;
    }

    private List<TestEntry> Tests(YamlMap owner) => [.. tests.Read(owner.Find("data_tests")), .. tests.Read(owner.Find("tests"))];

    /// <summary>The settings under <c>config:</c>, and those that may stand beside it: <c>tags</c>, <c>meta</c>.</summary>
    private List<YamlEntry> Config(YamlMap owner)
    {
        var config = owner.Find("config");
        if (config is { Value: not (YamlMap or YamlScalar { Value: null }) })
            problems.Add("WEIR7005", file, config.Line, $"'config' is {config.Value.Kind}, and must be a mapping: `config: {{materialized: table}}`.");
        return [.. owner.Entries.Where(entry => entry.Key is "tags" or "meta"), .. (config?.Value as YamlMap)?.Entries ?? []];
    }

    private string? NameOf(YamlMap item, string kind)
    {
        var name = item.Text("name");
        if (name is null)
            problems.Add("WEIR7005", file, item.Line, $"this {kind} has no 'name'.");
        return name;
    }

    private IEnumerable<YamlMap> Items(YamlMap owner, string key)
    {
        if (owner.Find(key) is not { } entry || entry.Value is YamlScalar { Value: null })
            yield break;
        if (entry.Value is not YamlList list)
        {
            problems.Add("WEIR7005", file, entry.Line, $"'{key}' is {entry.Value.Kind}, and must be a list: each item starts with `- name: …`.");
            yield break;
        }

        foreach (var item in list.Items)
        {
            if (item is YamlMap map)
                yield return map;
            else
                problems.Add("WEIR7005", file, item.Line, $"an item of '{key}' is {item.Kind}, and must be a mapping: `- name: …`.");
        }
    }
}
