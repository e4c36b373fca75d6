using System.Text.RegularExpressions;
using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>What dbt_project.yml says.</summary>
internal sealed partial record ProjectFile(
    string Name,
    IReadOnlyList<string> ModelPaths,
    IReadOnlyList<string> SeedPaths,
    IReadOnlyList<string> MacroPaths,
    IReadOnlyList<string> TestPaths,
    IReadOnlyDictionary<string, object?> Vars,
    YamlMap? Models,
    YamlMap? Seeds,
    YamlMap? Tests)
{
    public const string FileName = "dbt_project.yml";

    private static readonly string[] Known =
    [
        "name", "version", "config-version", "profile", "model-paths", "seed-paths", "macro-paths", "test-paths", "analysis-paths", "snapshot-paths", "docs-paths", "asset-paths", "function-paths",
        "vars", "models", "seeds", "data_tests", "tests", "flags", "clean-targets", "target-path", "log-path", "packages-install-path", "require-dbt-version", "query-comment", "dbt-cloud",
    ];

    private static readonly string[] Refused =
    [
        "on-run-start", "on-run-end", "dispatch", "quoting", "snapshots", "sources", "unit_tests", "restrict-access", "exposures", "metrics", "semantic-models", "saved-queries", "functions",
    ];

    /// <summary>The configured path a file lies under.</summary>
    public string RootOf(string file) =>
        ModelPaths.Concat(SeedPaths).Concat(TestPaths).Concat(MacroPaths).First(path => file.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal));

    public static ProjectFile? Read(string folder, Problems problems)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            problems.Add("WEIR7001", FileName, 0, $"there is no {FileName} in {folder}. A models folder is a dbt project: put a file there that says `name: my_shop` and `config-version: 2`, or name another folder with --project.");
            return null;
        }

        if (YamlFile.Read(path, FileName, problems) is not { } map)
        {
            if (!problems.Any)
                problems.Add("WEIR7001", FileName, 0, "the file is empty. It must at least say `name: my_shop`.");
            return null;
        }

        foreach (var entry in map.Entries)
        {
            if (Known.Contains(entry.Key))
                continue;
            if (!Refused.Contains(entry.Key))
                problems.Add("WEIR7003", FileName, entry.Line, $"'{entry.Key}' is not a setting of {FileName}.{Suggest.Near(entry.Key, Known.Concat(Refused))}");
            else if (entry.Value is not (YamlScalar { Value: null } or YamlList { Items.Count: 0 } or YamlMap { Entries.Count: 0 }))
                problems.Add("WEIR7004", FileName, entry.Line, $"'{entry.Key}' is dbt's, but Weir does not run it yet. Remove it, or see docs/guides/models.md for what is supported.");
        }

        var name = map.Text("name");
        if (name is null || !NamePattern().IsMatch(name))
        {
            problems.Add("WEIR7005", FileName, map.Find("name")?.Line ?? 0, $"the project's name is '{name}'; it must be letters, digits and underscores, and not start with a digit: `name: my_shop`.");
            return null;
        }

        return new ProjectFile(
            name,
            Paths(map, "model-paths", ["models"], problems),
            Paths(map, "seed-paths", ["seeds"], problems),
            Paths(map, "macro-paths", ["macros"], problems),
            Paths(map, "test-paths", ["tests"], problems),
            Section(map, "vars", problems)?.ToObject() as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>(),
            Section(map, "models", problems),
            Section(map, "seeds", problems),
            Section(map, "data_tests", problems) ?? Section(map, "tests", problems));
    }

    private static string[] Paths(YamlMap map, string key, string[] standard, Problems problems)
    {
        switch (map.Find(key)?.Value)
        {
            case null:
                return standard;
            case YamlList list:
                return [.. list.Items.Select(item => (item as YamlScalar)?.Text ?? "").Where(text => text.Length > 0)];
            case var other:
                problems.Add("WEIR7005", FileName, other.Line, $"'{key}' is {other.Kind}, and must be a list: `{key}: [{standard[0]}]`.");
                return standard;
        }
    }

    private static YamlMap? Section(YamlMap map, string key, Problems problems)
    {
        var value = map.Find(key)?.Value;
        if (value is not (null or YamlMap or YamlScalar { Value: null }))
            problems.Add("WEIR7005", FileName, value.Line, $"'{key}' is {value.Kind}, and must be a mapping.");
        return value as YamlMap;
    }

    [GeneratedRegex(@"^[^\d\W]\w*$")]
    private static partial Regex NamePattern();
}
