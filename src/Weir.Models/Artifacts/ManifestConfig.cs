using System.Globalization;
using Weir.Models.Project;

namespace Weir.Models.Artifacts;

/// <summary>A node's settings with dbt's defaults for its type, which its schema demands.</summary>
internal static class ManifestConfig
{
    public static Dictionary<string, object?> Of(Node node)
    {
        var config = Defaults(node);
        foreach (var (key, setting) in node.Config.All)
        {
            config[key] = key switch
            {
                "tags" => node.Config.Tags,
                "pre-hook" or "post-hook" => node.Config.Items(key).Select(Hook).ToList(),
                "freshness" when node.IsSource => Freshness(setting.Value),
                "begin" when DateTime.TryParse(NodeConfig.AsText(setting.Value), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var begin) => begin.ToString("yyyy-MM-dd'T'HH:mm:ss"),
                "severity" => setting.Value is string text ? text : "ERROR",
                "contract" => With(Contract(), setting.Value),
                "docs" => With(Docs(), setting.Value),
                _ => setting.Value,
            };
        }

        if (node.IsTest && config["store_failures_as"] is null)
            config["store_failures_as"] = Audit.FailureStore.KindOf(node, always: false) ?? (config["store_failures"] is null ? null : "ephemeral");
        if (!node.IsSource && node.Exposure is null && !node.IsUnitTest)
            config["materialized"] = node.Materialized;
        return config;
    }

    public static Dictionary<string, object?> Docs() => new() { ["show"] = true, ["node_color"] = null };

    public static Dictionary<string, object?> Contract() => new() { ["enforced"] = false, ["alias_types"] = true };

    /// <summary>Null switches it off; a threshold that is not given has no count.</summary>
    public static object? Freshness(object? value)
    {
        if (value is not IReadOnlyDictionary<string, object?> map)
            return null;
        object? Threshold(string key) => map.TryGetValue(key, out var given)
            ? given is IReadOnlyDictionary<string, object?> threshold ? With(NoThreshold(), threshold) : null
            : NoThreshold();
        return new Dictionary<string, object?> { ["warn_after"] = Threshold("warn_after"), ["error_after"] = Threshold("error_after"), ["filter"] = map.GetValueOrDefault("filter") };
    }

    private static Dictionary<string, object?> Defaults(Node node) => node.ResourceType switch
    {
        "source" => Own(new() { ["event_time"] = null, ["freshness"] = node.Config.Has("freshness") ? null : Freshness(new Dictionary<string, object?>()), ["loaded_at_field"] = null, ["loaded_at_query"] = null }),
        "unit_test" => Own([]),
        "exposure" => new() { ["enabled"] = true, ["tags"] = Nothing(), ["meta"] = None() },
        "test" => Own(new()
        {
            ["alias"] = null, ["schema"] = "dbt_test__audit", ["database"] = null, ["group"] = null, ["severity"] = "ERROR", ["store_failures"] = null, ["store_failures_as"] = null, ["where"] = null, ["limit"] = null,
            ["fail_calc"] = "count(*)", ["warn_if"] = "!= 0", ["error_if"] = "!= 0",
        }),
        _ => Relation(node),
    };

    private static Dictionary<string, object?> Relation(Node node)
    {
        var config = Own(new()
        {
            ["alias"] = null, ["schema"] = null, ["database"] = null, ["group"] = null, ["incremental_strategy"] = null, ["batch_size"] = null, ["lookback"] = 1L, ["begin"] = null, ["persist_docs"] = None(),
            ["post-hook"] = Nothing(), ["pre-hook"] = Nothing(), ["quoting"] = None(), ["column_types"] = None(), ["full_refresh"] = null, ["unique_key"] = null, ["on_schema_change"] = "ignore",
            ["on_configuration_change"] = "apply", ["grants"] = None(), ["packages"] = Nothing(), ["docs"] = Docs(), ["contract"] = Contract(), ["event_time"] = null, ["concurrent_batches"] = null,
        });
        switch (node.ResourceType)
        {
            case "seed":
                (config["delimiter"], config["quote_columns"]) = (",", null);
                break;
            case "snapshot":
                foreach (var key in new[] { "strategy", "target_schema", "target_database", "updated_at", "check_cols", "dbt_valid_to_current" })
                    config[key] = null;
                config["snapshot_meta_column_names"] = new[] { "dbt_valid_to", "dbt_valid_from", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted" }.ToDictionary(name => name, _ => (object?)null);
                break;
            case "model":
                config["access"] = "protected";
                config["freshness"] = null;
                break;
        }

        return config;
    }

    private static Dictionary<string, object?> Own(Dictionary<string, object?> more) => With(new() { ["enabled"] = true, ["tags"] = Nothing(), ["meta"] = None(), ["static_analysis"] = null }, more);

    private static Dictionary<string, object?> With(Dictionary<string, object?> standard, object? given)
    {
        foreach (var (key, value) in given as IReadOnlyDictionary<string, object?> ?? new Dictionary<string, object?>())
            standard[key] = value;
        return standard;
    }

    private static Dictionary<string, object?> NoThreshold() => new() { ["count"] = null, ["period"] = null };

    private static object Hook(object? item) => item is IReadOnlyDictionary<string, object?> map
        ? With(new() { ["sql"] = "", ["transaction"] = true, ["index"] = null }, map)
        : new Dictionary<string, object?> { ["sql"] = NodeConfig.AsText(item), ["transaction"] = true, ["index"] = null };

    private static List<object?> Nothing() => [];

    private static Dictionary<string, object?> None() => [];
}
