namespace Weir.Models.Project;

/// <summary>The settings dbt knows, by kind of node: those Weir runs, and those it refuses by name until it can.</summary>
internal sealed record ConfigKeys(string Kind, IReadOnlySet<string> Supported, IReadOnlySet<string> Refused)
{
    private static readonly string[] EveryRelation =
        ["enabled", "tags", "meta", "schema", "alias", "database", "docs", "full_refresh", "group", "access", "pre-hook", "post-hook", "pre_hook", "post_hook", "event_time", "quoting"];

    private static readonly string[] RefusedOnRelations = ["persist_docs", "grants", "packages", "indexes", "on_configuration_change", "sql_header"];

    public static readonly ConfigKeys Models = new(
        "model",
        Set(
        [
            .. EveryRelation, "materialized", "unique_key", "incremental_strategy", "on_schema_change", "incremental_predicates", "predicates", "merge_update_columns", "merge_exclude_columns",
            "begin", "batch_size", "lookback", "concurrent_batches", "contract",
        ]),
        Set(
        [
            .. RefusedOnRelations,
            "partition_by", "partitioned_by", "sorted_by", "location", "options", "format", "delimiter", "plugin", "glue_register", "glue_database", "overwrite", "parquet_read_options", "csv_read_options",
            "merge_clauses", "static_analysis", "freshness", "submission_method", "python_version", "config_keys_used", "contract_config", "node_color", "cluster_by", "sort", "dist", "file_format",
        ]));

    public static readonly ConfigKeys Seeds = new(
        "seed",
        Set([.. EveryRelation, "column_types", "delimiter", "quote_columns"]),
        Set([.. RefusedOnRelations, "fast", "materialized"]));

    public static readonly ConfigKeys Snapshots = new(
        "snapshot",
        Set(
        [
            .. EveryRelation, "strategy", "unique_key", "updated_at", "check_cols", "hard_deletes", "invalidate_hard_deletes", "dbt_valid_to_current", "snapshot_meta_column_names", "target_schema",
            "target_database", "materialized",
        ]),
        Set(RefusedOnRelations));

    public static readonly ConfigKeys Analyses = new("analysis", Set([.. EveryRelation, "materialized"]), Set(RefusedOnRelations));

    public static readonly ConfigKeys Tests = new(
        "test",
        Set(["enabled", "tags", "meta", "severity", "where", "warn_if", "error_if", "fail_calc", "limit", "name", "store_failures", "store_failures_as", "schema", "alias", "group"]),
        Set(["database", "sql_header", "materialized"]));

    public static readonly ConfigKeys UnitTests = new("unit test", Set(["enabled", "tags", "meta"]), Set(["static_analysis"]));

    public static readonly ConfigKeys Exposures = new("exposure", Set(["enabled", "tags", "meta"]), Set([]));

    public static readonly ConfigKeys Sources = new(
        "source",
        Set(["enabled", "tags", "meta", "freshness", "loaded_at_field", "loaded_at_query", "event_time"]),
        Set(["external", "static_analysis"]));

    public static ConfigKeys Of(string resourceType) => resourceType switch
    {
        "test" => Tests,
        "seed" => Seeds,
        "snapshot" => Snapshots,
        "analysis" => Analyses,
        "source" => Sources,
        "unit_test" => UnitTests,
        "exposure" => Exposures,
        _ => Models,
    };

    /// <summary>Why a key may not be used, as code and message; null when it may.</summary>
    public (string Code, string Message)? Wrong(string key, object? value)
    {
        if (Supported.Contains(key))
            return null;
        if (Refused.Contains(key))
        {
            return IsOff(value)
                ? null
                : ("WEIR7004", $"the {Kind} setting '{key}' is dbt's, but Weir does not run it yet. Remove it, or see docs/guides/models.md for what is supported.");
        }

        return ("WEIR7003", $"'{key}' is not a {Kind} setting.{Suggest.Near(key, Supported.Concat(Refused))} Own notes belong under 'meta'.");
    }

    public void Check(string key, object? value, string file, int line, Problems problems)
    {
        if (Wrong(key, value) is { } wrong)
            problems.Add(wrong.Code, file, line, wrong.Message);
    }

    private static HashSet<string> Set(string[] keys) => new(keys, StringComparer.Ordinal);

    /// <summary>A refused setting that is switched off (`[]`, `false`, `{enforced: false}`) asks for nothing.</summary>
    private static bool IsOff(object? value) => value switch
    {
        null or false => true,
        IReadOnlyCollection<object?> list => list.Count == 0,
        IReadOnlyDictionary<string, object?> map => map.Values.All(IsOff),
        _ => false,
    };
}
