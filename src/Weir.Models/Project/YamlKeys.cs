using Weir.Models.Yaml;

namespace Weir.Models.Project;

/// <summary>The keys one kind of mapping may have in a schema.yml: used, refused by name, or read and without effect for now.</summary>
internal sealed record YamlKeys(string Kind, string[] Used, string[] Refused, string[] WithoutEffect)
{
    public static readonly YamlKeys File = new(
        "top-level key", ["version", "models", "seeds", "sources", "data_tests", "tests", "macros", "analyses", "anchors"], ["unit_tests", "snapshots", "functions"],
        ["exposures", "metrics", "semantic_models", "saved_queries", "groups"]);

    public static readonly YamlKeys Node = new(
        "key of a model or seed", ["name", "description", "columns", "config", "data_tests", "tests", "docs", "meta", "tags", "constraints"],
        ["versions", "latest_version", "deprecation_date", "time_spine", "access", "group", "semantic_model"], ["primary_key", "metrics", "agg_time_dimension", "derived_semantics"]);

    public static readonly YamlKeys Column = new(
        "key of a column", ["name", "description", "data_type", "data_tests", "tests", "quote", "meta", "tags", "config", "docs", "constraints"], [],
        ["policy_tags", "granularity", "dimension", "entity"]);

    public static readonly YamlKeys Source = new(
        "key of a source", ["name", "description", "database", "schema", "tables", "config", "meta", "tags", "loader"], ["quoting", "overrides"], ["freshness", "loaded_at_field", "loaded_at_query"]);

    public static readonly YamlKeys Table = new(
        "key of a source's table", ["name", "description", "identifier", "columns", "config", "data_tests", "tests", "meta", "tags", "docs", "loader"], ["quoting", "external"],
        ["freshness", "loaded_at_field", "loaded_at_query"]);

    public static readonly YamlKeys SingularTest = new("key of a test", ["name", "description", "config", "docs", "meta", "tags"], [], []);

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
