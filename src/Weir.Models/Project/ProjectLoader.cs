using Weir.Models.Context;
using Weir.Models.Graph;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>Reads a project folder into nodes, collecting everything that is wrong on the way.</summary>
internal sealed class ProjectLoader(string folder, ProjectOptions options)
{
    private readonly Problems problems = new();

    public LoadedProject Load()
    {
        var project = ProjectFile.Read(folder, problems);
        if (project is null)
            problems.ThrowIfAny();
        RefuseOtherParts(project!);
        var load = Prepare(project!);
        var models = new ConfigTree(project!.Models, ConfigKeys.Models, ProjectFile.FileName, value => load.RenderValue(value, ProjectFile.FileName), problems);
        var seeds = new ConfigTree(project.Seeds, ConfigKeys.Seeds, ProjectFile.FileName, value => load.RenderValue(value, ProjectFile.FileName), problems);
        var tests = new ConfigTree(project.Tests, ConfigKeys.Tests, ProjectFile.FileName, value => load.RenderValue(value, ProjectFile.FileName), problems);

        var relations = new RelationReader(load, seeds);
        var reader = new ModelReader(load, models, tests);
        var found = new List<Node>();
        found.AddRange(load.Patches.Sources.Select(relations.ReadSource));
        found.AddRange(Files(project.SeedPaths, ".csv").Select(file => relations.ReadSeed(file.Root, file.File)));
        found.AddRange(Files(project.ModelPaths, ".sql").Select(file => reader.ReadModel(file.Root, file.File)));
        found.AddRange(SingularTests(project).Select(file => reader.ReadSingularTest(file.Root, file.File)));
        var (enabled, disabled) = Resolve(found, load);
        var generic = new TestReader(load, tests).Read(disabled.Select(node => node.UniqueId).ToHashSet()).ToList();
        enabled.AddRange(generic.Where(test => NodeSettings.ResolveTest(test, problems)));

        load.Patches.CheckAllUsed(found.Select(node => (Section(node), node.Name)).ToHashSet(), problems);
        NodeLinks.Link(enabled, disabled, problems);
        models.WarnUnused(problems);
        seeds.WarnUnused(problems);
        problems.ThrowIfAny();
        var graph = new NodeGraph(enabled);
        if (graph.FindCycle() is { Count: > 0 } cycle)
        {
            var (first, second) = (graph[cycle[0]], graph[cycle[1 % cycle.Count]]);
            problems.Add("WEIR7009", first.File, FilePlaces.LineOfRef(first.RawCode, second.Name),
                $"these models read each other in a circle: {string.Join(" reads ", cycle.Append(cycle[0]).Select(id => graph[id].Name))}. Take one of the references out.");
        }

        problems.ThrowIfAny();
        return new LoadedProject(folder, project, options.Vars, options.Target, graph, load.Scope.Macros!, problems.Warnings);
    }

    private LoadContext Prepare(ProjectFile project)
    {
        var target = options.Target;
        var patches = Patches.Read(folder, project, problems);
        var refs = Files(project.ModelPaths, ".sql").Concat(Files(project.SeedPaths, ".csv")).Select(file => Path.GetFileNameWithoutExtension(file.File)).ToHashSet();
        var names = new ProjectNames(project.Name, refs, patches.Sources.Select(source => (source.Source, source.Table)).ToHashSet());
        var scope = ProjectScope.Create(target, project.Name, fullRefresh: false, log: _ => { });
        scope.Macros = MacroLibrary.Read(folder, project, problems);
        var docs = DocsBlocks.Read(folder, project);
        var yaml = ProjectScope.Create(target, project.Name, fullRefresh: false, log: _ => { })
            .Set("var", new VarFunction(options.Vars, new Dictionary<string, object?>(), project.Name, missingIsNone: false))
            .Set("doc", arguments => docs.TryGetValue(arguments.Positional[^1] as string ?? "", out var text)
                ? text
                : throw Refuse.With("WEIR7006", $"doc('{arguments.Positional[^1]}'): no Markdown file has that block.{Suggest.Near(arguments.Positional[^1] as string ?? "", docs.Keys)}"));
        return new LoadContext(folder, project, target, options.Vars, scope, yaml, names, patches, problems);
    }

    private (List<Node> Enabled, List<Node> Disabled) Resolve(List<Node> found, LoadContext load)
    {
        var (enabled, disabled) = (new List<Node>(), new List<Node>());
        foreach (var node in found)
        {
            var on = node.ResourceType switch
            {
                "source" => node.Config.Flag("enabled", problems) ?? true,
                "test" => NodeSettings.ResolveTest(node, problems),
                "seed" => NodeSettings.Resolve(node, "seed", load.Target, problems),
                _ => NodeSettings.Resolve(node, "view", load.Target, problems),
            };
            (on ? enabled : disabled).Add(node);
        }

        return (enabled, disabled);
    }

    private IEnumerable<(string Root, string File)> Files(IReadOnlyList<string> roots, string extension) =>
        roots.SelectMany(root => ProjectFiles.Under(folder, root, extension).Select(file => (root, file)));

    private IEnumerable<(string Root, string File)> SingularTests(ProjectFile project) =>
        Files(project.TestPaths, ".sql").Where(file => !file.File.StartsWith($"{file.Root.TrimEnd('/')}/generic/", StringComparison.Ordinal));

    private static string Section(Node node) => node.ResourceType switch { "seed" => "seeds", "test" => "data_tests", _ => node.ResourceType + "s" };

    private void RefuseOtherParts(ProjectFile project)
    {
        foreach (var file in new[] { "packages.yml", "dependencies.yml" }.Where(file => File.Exists(Path.Combine(folder, file))))
            problems.Add("WEIR7004", file, 0, "packages are dbt's, but Weir does not run them yet. Copy the macros you use into macros/ and remove the file.");
        foreach (var file in ProjectFiles.Under(folder, "snapshots", ".sql", ".yml", ".yaml"))
            problems.Add("WEIR7004", file, 0, "snapshots are dbt's, but Weir does not run them yet. Remove the file.");
        foreach (var (_, file) in Files(project.ModelPaths, ".py"))
            problems.Add("WEIR7004", file, 0, "models in Python are dbt's, but Weir does not run them. Write the model in SQL.");
    }
}
