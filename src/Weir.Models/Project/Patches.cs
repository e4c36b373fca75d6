using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Everything the project's schema files say.</summary>
internal sealed class Patches
{
    private readonly Dictionary<(string Section, string Name), NodePatch> nodes = [];

    public IReadOnlyCollection<NodePatch> Nodes => nodes.Values;

    public List<SourcePatch> Sources { get; } = [];

    public NodePatch? Find(string section, string name) => nodes.GetValueOrDefault((section, name));

    public static Patches Read(string folder, ProjectFile project, Problems problems)
    {
        var all = new Patches();
        var paths = project.ModelPaths.Concat(project.SeedPaths).Concat(project.TestPaths).Concat(project.MacroPaths).Distinct();
        foreach (var file in paths.SelectMany(path => ProjectFiles.Under(folder, path, ".yml", ".yaml")).Distinct())
        {
            if (YamlFile.Read(Path.Combine(folder, file), file, problems) is not { } map)
                continue;
            var schema = new SchemaFile(file, problems);
            schema.Read(map);
            foreach (var patch in schema.Nodes)
            {
                if (!all.nodes.TryAdd((patch.Section, patch.Name), patch))
                {
                    var first = all.nodes[(patch.Section, patch.Name)];
                    problems.Add("WEIR7010", file, patch.Line, $"'{patch.Name}' is described in {first.File}:{first.Line} too. Put both into one entry.");
                }
            }

            foreach (var source in schema.Sources)
            {
                if (all.Sources.FirstOrDefault(known => known.Source == source.Source && known.Table == source.Table) is { } first)
                    problems.Add("WEIR7010", file, source.Line, $"the source table '{source.Source}.{source.Table}' is declared in {first.File}:{first.Line} too. Remove one of the two.");
                else
                    all.Sources.Add(source);
            }
        }

        return all;
    }

    /// <summary>Reports entries that describe nothing: dbt only warns, and their tests are never run.</summary>
    public void CheckAllUsed(IReadOnlySet<(string Section, string Name)> known, Problems problems)
    {
        foreach (var patch in nodes.Values.Where(patch => !known.Contains((patch.Section, patch.Name))))
        {
            var kind = patch.Section switch { "models" => "model", "seeds" => "seed", _ => "singular test" };
            var near = Suggest.Near(patch.Name, known.Where(name => name.Section == patch.Section).Select(name => name.Name));
            problems.Add("WEIR7014", patch.File, patch.Line, $"there is no {kind} '{patch.Name}': what is said and tested here would be ignored.{near}");
        }
    }
}
