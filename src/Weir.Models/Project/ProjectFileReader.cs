using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>Reads the parts of dbt_project.yml, reporting what has the wrong shape.</summary>
internal sealed class ProjectFileReader(YamlMap map, string file, Problems problems)
{
    public IReadOnlyList<string> Paths(string key, string standard)
    {
        switch (map.Find(key)?.Value)
        {
            case null:
                return [standard];
            case YamlList list:
                return [.. list.Items.Select(item => (item as YamlScalar)?.Text.TrimEnd('/') ?? "").Where(text => text.Length > 0)];
            case var other:
                problems.Add("WEIR7005", file, other.Line, $"'{key}' is {other.Kind}, and must be a list: `{key}: [{standard}]`.");
                return [standard];
        }
    }

    public YamlMap? Section(string key)
    {
        var value = map.Find(key)?.Value;
        if (value is not (null or YamlMap or YamlScalar { Value: null }))
            problems.Add("WEIR7005", file, value.Line, $"'{key}' is {value.Kind}, and must be a mapping.");
        return value as YamlMap;
    }

    public IReadOnlyDictionary<string, YamlMap> Trees(params string[] keys)
    {
        var trees = new Dictionary<string, YamlMap>();
        foreach (var key in keys)
        {
            if ((Section(key) ?? (key == "data_tests" ? Section("tests") : null)) is { } section)
                trees[key] = section;
        }

        return trees;
    }

    /// <summary>One statement or a list of statements.</summary>
    public IReadOnlyList<YamlScalar> Statements(string key)
    {
        switch (map.Find(key)?.Value)
        {
            case null or YamlScalar { Value: null }:
                return [];
            case YamlScalar one:
                return [one];
            case YamlList list when list.Items.All(item => item is YamlScalar):
                return [.. list.Items.OfType<YamlScalar>().Where(item => item.Text.Trim().Length > 0)];
            case var other:
                problems.Add("WEIR7005", file, other.Line, $"'{key}' must be a SQL statement or a list of them.");
                return [];
        }
    }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Dispatch()
    {
        var found = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var item in map.List("dispatch"))
        {
            if (item is YamlMap entry && entry.Text("macro_namespace") is { } name && entry.Find("search_order")?.Value is YamlList order)
                found[name] = [.. order.Items.OfType<YamlScalar>().Select(package => package.Text)];
            else
                problems.Add("WEIR7005", file, item.Line, "an item of 'dispatch' is `{macro_namespace: dbt_utils, search_order: [my_project, dbt_utils]}`.");
        }

        return found;
    }

    /// <summary><c>require-dbt-version</c>: Weir does what dbt 1.11 does.</summary>
    public void CheckVersion()
    {
        if (map.Find("require-dbt-version") is not { Value: not YamlScalar { Value: null } } required)
            return;
        var texts = required.Value is YamlList list ? list.Items.OfType<YamlScalar>().Select(item => item.Text) : [(required.Value as YamlScalar)?.Text ?? ""];
        foreach (var text in texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (DbtVersion.Satisfies(text) is not { } satisfied)
                problems.Add("WEIR7005", file, required.Line, $"'require-dbt-version' is '{text}', and must be a comparison with a version: `require-dbt-version: \">=1.8.0\"`.");
            else if (!satisfied)
                problems.Add("WEIR7035", file, required.Line, $"the project needs dbt {text}, and Weir does what dbt {DbtVersion.Text} does. Look whether the project works with it, and widen require-dbt-version.");
        }
    }

    /// <summary>Names are always quoted, as dbt-duckdb does by default.</summary>
    public void CheckQuoting()
    {
        foreach (var entry in Section("quoting")?.Entries ?? [])
        {
            if (entry.Key is not ("database" or "schema" or "identifier" or "snowflake_ignore_case"))
                problems.Add("WEIR7003", file, entry.Line, $"'{entry.Key}' is not a part of 'quoting'.{Suggest.Near(entry.Key, ["database", "schema", "identifier"])}");
            else if (entry.Value.ToObject() is false && entry.Key != "snowflake_ignore_case")
                problems.Warn("WEIR7018", file, entry.Line, $"'quoting.{entry.Key}: false' has no effect: Weir always quotes names, which means the same in DuckDB.");
        }
    }
}
