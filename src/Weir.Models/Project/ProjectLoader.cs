using Weir.Models.Context;
using Weir.Models.Graph;

namespace Weir.Models.Project;

/// <summary>Reads a project folder and its packages into nodes, collecting everything that is wrong on the way.</summary>
internal sealed class ProjectLoader(string folder, ProjectOptions options)
{
    private readonly Problems problems = new();

    public LoadedProject Load()
    {
        var file = ProjectFile.Read(folder, problems);
        if (file is null)
            problems.ThrowIfAny(folder);
        var packages = PackageFinder.Find(folder, file!, problems);
        var docs = DocsBlocks.Read(packages);
        var loads = new LoadContexts(packages, docs, options, problems).All;
        var root = loads[0];

        var settings = new NodeSettings(options.Target, new NameMacros(root.Scope, root.Scope.Macros!, options.Target, problems), problems);
        var found = loads.SelectMany(Read).ToList();
        var enabled = found.Where(settings.Resolve).ToList();
        var disabled = found.Except(enabled).ToList();
        var generic = loads.SelectMany(load => new TestReader(load).Read(disabled.Select(node => node.UniqueId).ToHashSet())).ToList();
        enabled.AddRange(generic.Where(settings.Resolve));
        disabled.AddRange(generic.Except(enabled));
        var mine = enabled.ToHashSet();
        disabled.RemoveAll(mine.Contains);

        foreach (var load in loads)
            load.Patches.CheckAllUsed(found.Where(node => node.Package == load.Package.Name).Select(node => (Section(node), node.Name)).ToHashSet(), problems);
        new NodeLinks(enabled, disabled, file!.Name, problems).Link(enabled);
        CheckGroups(enabled, loads);
        root.Trees.WarnUnused(problems);
        problems.ThrowIfAny(folder);
        var graph = new NodeGraph(enabled);
        CheckCycle(graph);
        problems.ThrowIfAny(folder);
        var loaded = new LoadedProject(folder, file, options.Vars, options.Target, graph, root.Macros, problems.Warnings)
        {
            Packages = packages,
            Disabled = disabled,
            Groups = [.. loads.SelectMany(load => load.Patches.Groups)],
            Sections = [.. loads.SelectMany(load => load.Patches.Sections)],
            Docs = docs,
            Command = options.Command,
        };
        foreach (var node in enabled)
            node.Macros.AddRange(node.GenericTest is { } test ? loaded.MacroCalls.Of(test, node.Package) : loaded.MacroCalls.Of(node.RawCode, node.Package));
        return loaded;
    }

    private IEnumerable<Node> Read(LoadContext load)
    {
        var (package, relations, code, yaml) = (load.Package, new RelationReader(load), new CodeReader(load), new YamlNodeReader(load));
        foreach (var (_, python) in package.Files(package.File.ModelPaths, ".py"))
            problems.Add("WEIR7004", python, 0, "models in Python are dbt's, but Weir does not run them. Write the model in SQL.");
        return load.Patches.Sources.Select(relations.ReadSource)
            .Concat(package.Files(package.File.SeedPaths, ".csv").Select(file => relations.ReadSeed(file.Root, file.File)))
            .Concat(package.Files(package.File.ModelPaths, ".sql").Select(file => code.ReadFile(file.Root, file.File, "model", "models")))
            .Concat(package.Files(package.File.SnapshotPaths, ".sql").SelectMany(file => code.ReadSnapshots(file.Root, file.File)))
            .Concat(load.Patches.Nodes.Where(patch => patch.Section == "snapshots" && patch.Relation is not null).Select(code.ReadYamlSnapshot))
            .Concat(package.Files(package.File.AnalysisPaths, ".sql").Select(file => code.ReadFile(file.Root, file.File, "analysis", "analyses")))
            .Concat(SingularTests(package).Select(file => code.ReadFile(file.Root, file.File, "test", "data_tests")))
            .Concat(load.Patches.Exposures.Select(yaml.ReadExposure))
            .Concat(load.Patches.UnitTests.Select(yaml.ReadUnitTest));
    }

    private static IEnumerable<(string Root, string File)> SingularTests(Package package) =>
        package.Files(package.File.TestPaths, ".sql").Where(file => !file.File[(file.Root.Length + 1)..].StartsWith("generic/", StringComparison.Ordinal) && !file.File.Contains("/fixtures/", StringComparison.Ordinal));

    private static string Section(Node node) => node.ResourceType switch { "seed" => "seeds", "test" => "data_tests", "analysis" => "analyses", _ => node.ResourceType + "s" };

    private void CheckGroups(IEnumerable<Node> nodes, IReadOnlyList<LoadContext> loads)
    {
        var known = loads.SelectMany(load => load.Patches.Groups).Select(group => group.Name).ToHashSet();
        foreach (var node in nodes.Where(node => node.Config.Find("group") is not null && node.IsReferable))
        {
            var setting = node.Config.Find("group")!.Value;
            if (!known.Contains(node.Group!))
                problems.Add("WEIR7039", setting.File, setting.Line, $"{node.Name} is in the group '{node.Group}', which no schema.yml declares.{Suggest.Near(node.Group!, known)} Declare it: `groups: [{{name: {node.Group}, owner: {{name: …}}}}]`.");
        }
    }

    private void CheckCycle(NodeGraph graph)
    {
        if (graph.FindCycle() is not { Count: > 0 } cycle)
            return;
        var (first, second) = (graph[cycle[0]], graph[cycle[1 % cycle.Count]]);
        problems.Add("WEIR7009", first.File, FilePlaces.LineOfRef(first.RawCode, second.Name),
            $"these models read each other in a circle: {string.Join(" reads ", cycle.Append(cycle[0]).Select(id => graph[id].Name))}. Take one of the references out.");
    }
}
