using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>The settings by folder that apply to one package: its own dbt_project.yml's, then the root's, which win.</summary>
internal sealed class ConfigTrees
{
    private static readonly (string Section, string ResourceType)[] Sections =
    [
        ("models", "model"), ("seeds", "seed"), ("snapshots", "snapshot"), ("sources", "source"), ("data_tests", "test"), ("unit_tests", "unit_test"), ("exposures", "exposure"), ("analyses", "analysis"),
    ];

    private readonly Dictionary<string, IReadOnlyList<ConfigTree>> trees = [];

    private ConfigTrees()
    {
    }

    /// <summary>The trees of the root project alone; those of packages are made on top of them.</summary>
    public static ConfigTrees Of(Package package, ConfigTrees? root, Scope scope, Problems problems)
    {
        var made = new ConfigTrees();
        foreach (var (section, type) in Sections)
        {
            var own = new ConfigTree(package.File.Trees.GetValueOrDefault(section), ConfigKeys.Of(type), package.ShownFile, value => YamlRendering.Render(value, package.ShownFile, scope, problems), problems);
            made.trees[type] = root is null ? [own] : [own, .. root.trees[type]];
        }

        return made;
    }

    public void Apply(string resourceType, IReadOnlyList<string> fqn, NodeConfig config)
    {
        foreach (var tree in trees[resourceType])
            tree.Apply(fqn, config);
    }

    public void WarnUnused(Problems problems)
    {
        foreach (var tree in trees.Values)
            tree[0].WarnUnused(problems);
    }
}
