using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Everything the schema files of one package say.</summary>
internal sealed class Patches
{
    private readonly Dictionary<(string Section, string Name), NodePatch> nodes = [];

    public IReadOnlyCollection<NodePatch> Nodes => nodes.Values;

    public List<SourcePatch> Sources { get; } = [];

    public List<ExposurePatch> Exposures { get; } = [];

    public List<UnitTestPatch> UnitTests { get; } = [];

    public List<NodeGroup> Groups { get; } = [];

    public List<SchemaSection> Sections { get; } = [];

    public NodePatch? Find(string section, string name) => nodes.GetValueOrDefault((section, name));

    public static Patches Read(Package package, Problems problems)
    {
        var all = new Patches();
        foreach (var (_, file) in package.Files(package.AllPaths, ".yml", ".yaml"))
        {
            if (YamlFile.Read(Path.Combine(package.RootFolder, file), file, problems) is not { } map)
                continue;
            var schema = new SchemaFile(file, problems, name => Fixture(package, name));
            schema.Read(map);
            all.Add(schema, package, file, problems);
        }

        return all;
    }

    /// <summary>Reports entries that describe nothing: dbt only warns, and their tests are never run.</summary>
    public void CheckAllUsed(IReadOnlySet<(string Section, string Name)> known, Problems problems)
    {
        foreach (var patch in nodes.Values.Where(patch => !known.Contains((patch.Section, patch.Name)) && patch.Section != "analyses"))
        {
            var kind = patch.Section switch { "data_tests" => "singular test", _ => patch.Section.TrimEnd('s') };
            var near = Suggest.Near(patch.Name, known.Where(name => name.Section == patch.Section).Select(name => name.Name));
            var relation = patch.Section == "snapshots" ? " A snapshot that is only YAML needs `relation: ref('…')`." : "";
            problems.Add("WEIR7014", patch.File, patch.Line, $"there is no {kind} '{patch.Name}': what is said and tested here would be ignored.{near}{relation}");
        }
    }

    private void Add(SchemaFile schema, Package package, string file, Problems problems)
    {
        foreach (var patch in schema.Nodes)
        {
            if (!nodes.TryAdd((patch.Section, patch.Name), patch))
            {
                var first = nodes[(patch.Section, patch.Name)];
                problems.Add("WEIR7010", file, patch.Line, $"'{patch.Name}' is described in {first.File}:{first.Line} too. Put both into one entry.");
            }
        }

        Sections.AddRange(schema.Sections);
        AddNew(Sources, schema.Sources, source => $"{source.Source}.{source.Table}", source => (source.File, source.Line), "source table", problems);
        AddNew(Exposures, schema.Exposures, exposure => exposure.Name, exposure => (exposure.File, exposure.Line), "exposure", problems);
        AddNew(UnitTests, schema.UnitTests, test => $"{test.Test.Model}.{test.Name}", test => (test.File, test.Line), "unit test", problems);
        AddNew(Groups, schema.Groups.Select(group => new NodeGroup(package.Name, group.Name, file, group.Line, group.Owner, group.Description)), group => group.Name, group => (group.File, group.Line), "group", problems);
    }

    private static void AddNew<T>(List<T> known, IEnumerable<T> added, Func<T, string> name, Func<T, (string File, int Line)> place, string kind, Problems problems)
        where T : class
    {
        foreach (var item in added)
        {
            if (known.Find(other => name(other) == name(item)) is { } first)
                problems.Add("WEIR7010", place(item).File, place(item).Line, $"the {kind} '{name(item)}' is declared in {place(first).File}:{place(first).Line} too. Remove one of the two.");
            else
                known.Add(item);
        }
    }

    private static string? Fixture(Package package, string name) =>
        package.Files(package.File.TestPaths, Path.GetExtension(name)).Select(found => found.File)
            .Where(file => file.EndsWith("/fixtures/" + name, StringComparison.Ordinal)).Select(file => File.ReadAllText(Path.Combine(package.RootFolder, file))).FirstOrDefault();
}
