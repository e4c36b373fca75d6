using Weir.Models.Context;

namespace Weir.Models.Project;

/// <summary>Prepares the reading of each package: its schema files, its macros, the names its templates see.</summary>
internal sealed class LoadContexts
{
    public LoadContexts(IReadOnlyList<Package> packages, DocsBlocks docs, ProjectOptions options, Problems problems)
    {
        var patches = packages.ToDictionary(package => package.Name, package => Patches.Read(package, problems));
        var macros = MacroLibrary.Read(packages, problems);
        var names = Names(packages, patches);
        var invocation = new Invocation(options.Command, _ => { }, TimeProvider.System) { WarnError = options.WarnError };
        var loads = new List<LoadContext>();
        foreach (var package in packages)
        {
            var vars = VarLevels.For(options.Vars, packages[0].File, package.File);
            var scope = ProjectScope.Create(options.Target, packages[0], invocation, macros, warehouse: null, project: null);
            var own = ProjectScope.Of(scope, package, macros);
            var yaml = new Jinja.Scope(scope).Set("var", new VarFunction(vars, missingIsNone: false)).Set("doc", arguments => docs.Find(arguments, package.Name));
            var projectFile = new Jinja.Scope(scope).Set("var", new VarFunction(new VarLevels([options.Vars]), missingIsNone: false));
            var trees = ConfigTrees.Of(package, loads.Count == 0 ? null : loads[0].Trees, projectFile, problems);
            loads.Add(new LoadContext(package, options.Target, vars, own, yaml, names, patches[package.Name], trees, problems) { Macros = macros });
        }

        All = loads;
    }

    /// <summary>The root project first.</summary>
    public IReadOnlyList<LoadContext> All { get; }

    private static ProjectNames Names(IReadOnlyList<Package> packages, Dictionary<string, Patches> patches)
    {
        var refs = new HashSet<Reference>();
        var sources = new HashSet<(string, string, string)>();
        foreach (var package in packages)
        {
            var files = package.Files(package.File.ModelPaths, ".sql").Concat(package.Files(package.File.SeedPaths, ".csv")).Select(file => Path.GetFileNameWithoutExtension(file.File));
            var blocks = package.Files(package.File.SnapshotPaths, ".sql").SelectMany(file => SnapshotBlocks.Of(File.ReadAllText(Path.Combine(package.RootFolder, file.File)))).Select(block => block.Name);
            var yaml = patches[package.Name].Nodes.Where(patch => patch.Section == "snapshots" && patch.Relation is not null).Select(patch => patch.Name);
            refs.UnionWith(files.Concat(blocks).Concat(yaml).Select(name => new Reference(package.Name, name)));
            sources.UnionWith(patches[package.Name].Sources.Select(source => (package.Name, source.Source, source.Table)));
        }

        return new ProjectNames(packages.Select(package => package.Name).ToHashSet(), refs, sources);
    }
}
