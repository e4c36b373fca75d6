using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Reads one schema.yml into patches.</summary>
internal sealed class SchemaFile(string file, Problems problems, Func<string, string?> fixture)
{
    private readonly YamlReading reading = new(file, problems);
    private readonly TestEntryReader tests = new(file, problems);

    public List<NodePatch> Nodes { get; } = [];

    public List<SourcePatch> Sources { get; } = [];

    public List<ExposurePatch> Exposures { get; } = [];

    public List<UnitTestPatch> UnitTests { get; } = [];

    public List<(string Name, int Line, IReadOnlyDictionary<string, object?> Owner, string Description)> Groups { get; } = [];

    public List<SchemaSection> Sections { get; } = [];

    public void Read(YamlMap map)
    {
        YamlKeys.File.Check(map, file, problems);
        foreach (var section in new[] { "models", "seeds", "snapshots", "analyses" })
        {
            foreach (var item in reading.Items(map, section))
                ReadNode(section, item);
        }

        foreach (var item in reading.Items(map, "data_tests").Concat(reading.Items(map, "tests")))
        {
            YamlKeys.SingularTest.Check(item, file, problems);
            if (reading.NameOf(item, "test") is { } name)
                Nodes.Add(new NodePatch("data_tests", name, file, item.Line, item.Find("description")?.Value, [], reading.Config(item), []));
        }

        foreach (var item in reading.Items(map, "macros"))
            YamlKeys.Macro.Check(item, file, problems);
        foreach (var source in reading.Items(map, "sources"))
            ReadSource(source);
        foreach (var group in reading.Items(map, "groups"))
        {
            YamlKeys.Group.Check(group, file, problems);
            if (reading.NameOf(group, "group") is { } name)
                Groups.Add((name, group.Line, reading.Map(group, "owner"), group.Text("description") ?? ""));
        }

        foreach (var kind in new[] { SchemaSection.SemanticModels, SchemaSection.Metrics })
            Sections.AddRange(reading.Items(map, kind).Select(item => new SchemaSection(kind, file, item)));
        Exposures.AddRange(new ExposureReader(reading).Read(map));
        UnitTests.AddRange(new UnitTestReader(reading, fixture).Read(map));
    }

    private void ReadNode(string section, YamlMap item)
    {
        (section switch { "snapshots" => YamlKeys.Snapshot, "analyses" => YamlKeys.Analysis, _ => YamlKeys.Node }).Check(item, file, problems);
        if (reading.NameOf(item, section == "analyses" ? "analysis" : section.TrimEnd('s')) is not { } name)
            return;
        Nodes.Add(new NodePatch(section, name, file, item.Line, item.Find("description")?.Value, Columns(item), reading.Config(item, "access", "group", "docs"), Tests(item))
        {
            Constraints = Constraint.Read(item, file, problems),
            Relation = item.Find("relation")?.Value as YamlScalar,
        });
    }

    private void ReadSource(YamlMap source)
    {
        YamlKeys.Source.Check(source, file, problems);
        if (reading.NameOf(source, "source") is not { } sourceName)
            return;
        string[] beside = ["freshness", "loaded_at_field", "loaded_at_query"];
        foreach (var table in reading.Items(source, "tables"))
        {
            YamlKeys.Table.Check(table, file, problems);
            if (reading.NameOf(table, "table") is { } name)
            {
                Sources.Add(new SourcePatch(
                    sourceName, name, file, table.Line, source.Find("description")?.Value, table.Find("description")?.Value, source.Find("database")?.Value, source.Find("schema")?.Value,
                    table.Find("identifier")?.Value, Columns(table), [.. reading.Config(source, beside), .. reading.Config(table, beside)], Tests(table))
                { Loader = (table.Find("loader") ?? source.Find("loader"))?.Value });
            }
        }
    }

    private List<ColumnPatch> Columns(YamlMap owner)
    {
        var columns = new List<ColumnPatch>();
        foreach (var column in reading.Items(owner, "columns"))
        {
            YamlKeys.Column.Check(column, file, problems);
            if (reading.NameOf(column, "column") is { } name)
            {
                columns.Add(new ColumnPatch(name, column.Find("quote")?.Value.ToObject() is true, column.Line, column.Find("description")?.Value, column.Text("data_type"), Tests(column))
                {
                    Constraints = Constraint.Read(column, file, problems),
                    Config = reading.Config(column),
                });
            }
        }

        return columns;
    }

    private List<TestEntry> Tests(YamlMap owner) => [.. tests.Read(owner.Find("data_tests")), .. tests.Read(owner.Find("tests"))];
}
