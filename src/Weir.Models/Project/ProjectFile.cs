using System.Text.RegularExpressions;
using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>What dbt_project.yml says.</summary>
internal sealed partial record ProjectFile(string Name)
{
    public const string FileName = "dbt_project.yml";

    private static readonly string[] Known =
    [
        "name", "version", "config-version", "profile", "model-paths", "seed-paths", "macro-paths", "test-paths", "analysis-paths", "snapshot-paths", "docs-paths", "asset-paths", "function-paths",
        "vars", "models", "seeds", "snapshots", "sources", "data_tests", "tests", "unit_tests", "exposures", "analyses", "flags", "clean-targets", "target-path", "log-path", "packages-install-path",
        "require-dbt-version", "query-comment", "dbt-cloud", "restrict-access", "on-run-start", "on-run-end", "dispatch", "quoting", "anchors",
    ];

    private static readonly string[] Refused = ["metrics", "semantic-models", "saved-queries", "functions"];

    public IReadOnlyList<string> ModelPaths { get; private init; } = [];

    public IReadOnlyList<string> SeedPaths { get; private init; } = [];

    public IReadOnlyList<string> MacroPaths { get; private init; } = [];

    public IReadOnlyList<string> TestPaths { get; private init; } = [];

    public IReadOnlyList<string> SnapshotPaths { get; private init; } = [];

    public IReadOnlyList<string> AnalysisPaths { get; private init; } = [];

    /// <summary>Where <c>dbt deps</c> puts packages, or where they are committed.</summary>
    public string PackagesPath { get; private init; } = "dbt_packages";

    /// <summary>Where artifacts go, relative to the project folder.</summary>
    public string TargetPath { get; private init; } = "target";

    public IReadOnlyDictionary<string, object?> Vars { get; private init; } = new Dictionary<string, object?>();

    /// <summary>In which packages <c>adapter.dispatch</c> looks for a package's macros.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Dispatch { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Statements before and after a run, as they are written.</summary>
    public IReadOnlyList<YamlScalar> OnRunStart { get; private init; } = [];

    public IReadOnlyList<YamlScalar> OnRunEnd { get; private init; } = [];

    /// <summary>Another project may not refer to this one's private and protected models.</summary>
    public bool RestrictAccess { get; private init; }

    /// <summary>The settings by folder: <c>models</c>, <c>seeds</c>, <c>snapshots</c>, <c>sources</c>, <c>data_tests</c>, <c>unit_tests</c>, <c>exposures</c>, <c>analyses</c>.</summary>
    public IReadOnlyDictionary<string, YamlMap> Trees { get; private init; } = new Dictionary<string, YamlMap>();

    /// <param name="shown">How the file is named in messages.</param>
    public static ProjectFile? Read(string folder, Problems problems, string shown = FileName)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            problems.Add("WEIR7001", shown, 0, $"there is no {FileName} in {folder}. A models folder is a dbt project: put a file there that says `name: my_shop` and `config-version: 2`, or name another folder with --project.");
            return null;
        }

        if (YamlFile.Read(path, shown, problems) is not { } map)
        {
            if (!problems.Any)
                problems.Add("WEIR7001", shown, 0, "the file is empty. It must at least say `name: my_shop`.");
            return null;
        }

        foreach (var entry in map.Entries.Where(entry => !Known.Contains(entry.Key)))
        {
            if (!Refused.Contains(entry.Key))
                problems.Add("WEIR7003", shown, entry.Line, $"'{entry.Key}' is not a setting of {FileName}.{Suggest.Near(entry.Key, Known.Concat(Refused))}");
            else if (entry.Value is not (YamlScalar { Value: null } or YamlList { Items.Count: 0 } or YamlMap { Entries.Count: 0 }))
                problems.Warn("WEIR7018", shown, entry.Line, $"'{entry.Key}' is read, but has no effect.");
        }

        var name = map.Text("name");
        if (name is null || !NamePattern().IsMatch(name))
        {
            problems.Add("WEIR7005", shown, map.Find("name")?.Line ?? 0, $"the project's name is '{name}'; it must be letters, digits and underscores, and not start with a digit: `name: my_shop`.");
            return null;
        }

        var reader = new ProjectFileReader(map, shown, problems);
        reader.CheckVersion();
        reader.CheckQuoting();
        return new ProjectFile(name)
        {
            ModelPaths = reader.Paths("model-paths", "models"),
            SeedPaths = reader.Paths("seed-paths", "seeds"),
            MacroPaths = reader.Paths("macro-paths", "macros"),
            TestPaths = reader.Paths("test-paths", "tests"),
            SnapshotPaths = reader.Paths("snapshot-paths", "snapshots"),
            AnalysisPaths = reader.Paths("analysis-paths", "analyses"),
            PackagesPath = map.Text("packages-install-path") ?? "dbt_packages",
            TargetPath = map.Text("target-path") ?? "target",
            Vars = reader.Section("vars")?.ToObject() as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
            Dispatch = reader.Dispatch(),
            OnRunStart = reader.Statements("on-run-start"),
            OnRunEnd = reader.Statements("on-run-end"),
            RestrictAccess = map.Find("restrict-access")?.Value.ToObject() is true,
            Trees = reader.Trees("models", "seeds", "snapshots", "sources", "data_tests", "unit_tests", "exposures", "analyses"),
        };
    }

    [GeneratedRegex(@"^[^\d\W]\w*$")]
    private static partial Regex NamePattern();
}
