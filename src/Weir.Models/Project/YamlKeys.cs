using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>The keys one kind of mapping may have in a schema.yml: used, refused by name, or read and without effect.</summary>
internal sealed record YamlKeys(string Kind, string[] Used, string[] Refused, string[] WithoutEffect)
{
    public static readonly YamlKeys File = new(
        "top-level key", ["version", "models", "seeds", "snapshots", "sources", "data_tests", "tests", "unit_tests", "exposures", "groups", "macros", "analyses", "anchors", SchemaSection.Metrics, SchemaSection.SemanticModels],
        ["functions"], ["saved_queries"]);

    public static readonly YamlKeys Node = new(
        "key of a model or seed", ["name", "description", "columns", "config", "data_tests", "tests", "docs", "meta", "tags", "constraints", "access", "group", "time_spine"],
        ["versions", "latest_version", "deprecation_date"], ["primary_key", "metrics", "agg_time_dimension", "derived_semantics", "semantic_model"]);

    public static readonly YamlKeys Snapshot = Node with { Kind = "key of a snapshot", Used = [.. Node.Used, "relation"] };

    public static readonly YamlKeys Column = new(
        "key of a column", ["name", "description", "data_type", "data_tests", "tests", "quote", "meta", "tags", "config", "docs", "constraints", "granularity"], [],
        ["policy_tags", "dimension", "entity"]);

    public static readonly YamlKeys Constraint = new(
        "key of a constraint", ["type", "name", "expression", "columns", "warn_unenforced", "warn_unsupported"], ["to", "to_columns"], []);

    public static readonly YamlKeys Source = new(
        "key of a source", ["name", "description", "database", "schema", "tables", "config", "meta", "tags", "loader", "freshness", "loaded_at_field", "loaded_at_query", "quoting"], ["overrides"], []);

    public static readonly YamlKeys Table = new(
        "key of a source's table",
        ["name", "description", "identifier", "columns", "config", "data_tests", "tests", "meta", "tags", "docs", "loader", "freshness", "loaded_at_field", "loaded_at_query", "quoting"], [], ["external"]);

    public static readonly YamlKeys SingularTest = new("key of a test", ["name", "description", "config", "docs", "meta", "tags"], [], []);

    public static readonly YamlKeys Group = new("key of a group", ["name", "owner", "description", "config"], [], []);

    public static readonly YamlKeys Exposure = new(
        "key of an exposure", ["name", "label", "type", "url", "maturity", "description", "depends_on", "owner", "config", "meta", "tags"], [], []);

    public static readonly YamlKeys UnitTest = new(
        "key of a unit test", ["name", "model", "description", "given", "expect", "overrides", "config"], ["versions"], []);

    public static readonly YamlKeys UnitTestGiven = new("key of a unit test's input", ["input", "rows", "format", "fixture"], [], []);

    public static readonly YamlKeys UnitTestExpect = new("key of a unit test's 'expect'", ["rows", "format", "fixture"], [], []);

    public static readonly YamlKeys UnitTestOverrides = new("key of a unit test's 'overrides'", ["macros", "vars", "env_vars"], [], []);

    public static readonly YamlKeys Macro = new("key of a macro", ["name", "description", "docs", "meta", "config", "arguments"], [], []);

    public static readonly YamlKeys Analysis = new("key of an analysis", ["name", "description", "docs", "config", "columns", "meta", "tags"], [], []);

    public void Check(YamlMap map, string file, Problems problems)
    {
        foreach (var entry in map.Entries.Where(entry => !Used.Contains(entry.Key)))
        {
            if (Refused.Contains(entry.Key))
                problems.Add("WEIR7004", file, entry.Line, $"'{entry.Key}' is dbt's, but Weir does not run it yet. Remove it, or see docs/guides/models.md for what is supported.");
            else if (WithoutEffect.Contains(entry.Key))
                problems.Warn("WEIR7018", file, entry.Line, $"'{entry.Key}' is read, but has no effect yet.");
            else
                problems.Add("WEIR7003", file, entry.Line, $"'{entry.Key}' is not a {Kind}.{Suggest.Near(entry.Key, [.. Used, .. Refused, .. WithoutEffect])}");
        }
    }
}
