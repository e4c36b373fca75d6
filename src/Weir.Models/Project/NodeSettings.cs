namespace Weir.Models.Project;

/// <summary>Checks the values of a node's settings and takes from them what the runner needs.</summary>
internal sealed class NodeSettings(ModelTarget target, NameMacros names, Problems problems)
{
    /// <summary>Where a node goes and how it is made; false when it is switched off.</summary>
    public bool Resolve(Node node)
    {
        var config = node.Config;
        if (!(config.Flag("enabled", problems) ?? true))
            return false;
        foreach (var mistake in node.Mistakes)
            problems.Add(mistake);
        CheckMeta(config);
        switch (node.ResourceType)
        {
            case "model" or "seed" or "snapshot" or "analysis":
                Place(node);
                break;
            case "test":
                ResolveTest(node);
                break;
            case "unit_test":
                node.Materialized = "unit";
                break;
            case "exposure":
                node.Materialized = "exposure";
                break;
            case "source":
                CheckFreshness(config);
                break;
        }

        return true;
    }

    private void Place(Node node)
    {
        var config = node.Config;
        node.Materialized = node.ResourceType switch { "seed" => "seed", "snapshot" => "snapshot", _ => config.Text("materialized") ?? "view" };
        node.Schema = node.ResourceType == "snapshot" && config.Text("target_schema") is { } exact ? exact : names.Schema(node, config.Text("schema"));
        node.Alias = names.Alias(node, config.Text("alias"));
        if (node.Alias.Length == 0 || node.Alias.EndsWith(Node.AsideSuffix, StringComparison.OrdinalIgnoreCase))
            problems.Add("WEIR7005", node.File, 0, $"the name '{node.Alias}' is not possible: names that end in {Node.AsideSuffix} are what a build makes aside.");
        foreach (var key in new[] { "database", "target_database" })
        {
            if (config.Find(key) is { } database && NodeConfig.AsText(database.Value) != target.Database)
                problems.Add("WEIR7004", database.File, database.Line, $"'{key}' is '{database.Value}', but a model can only be made in the warehouse: remove the setting.");
        }

        config.Flag("full_refresh", problems);
        OneOf(config, "access", ["public", "protected", "private"]);
        new HookSettings(problems).Check(config);
        if (node.ResourceType == "model")
            new ModelSettings(problems).Check(node);
        else if (node.ResourceType == "snapshot")
            new SnapshotSettings(problems).Check(node);
    }

    /// <summary>Severity, conditions, limit and place of kept failures of a test.</summary>
    private void ResolveTest(Node node)
    {
        node.Materialized = "test";
        var config = node.Config;
        OneOf(config, "severity", ["error", "warn"]);
        OneOf(config, "store_failures_as", ["table", "view", "ephemeral"]);
        config.Flag("store_failures", problems);
        if (config.Find("limit") is { Value: not long } limit && !long.TryParse(NodeConfig.AsText(limit.Value), out _))
            problems.Add("WEIR7005", limit.File, limit.Line, $"'limit' is '{NodeConfig.AsText(limit.Value)}', and must be a whole number.");
        node.Schema = names.Schema(node, config.Text("schema") ?? "dbt_test__audit");
        node.Alias = config.Text("alias") ?? (node.Alias.Length > 0 ? node.Alias : node.Name);
    }

    private void CheckFreshness(NodeConfig config)
    {
        if (config.Find("freshness") is not { Value: IReadOnlyDictionary<string, object?> freshness } setting)
            return;
        SettingValues.CheckKeys(setting, "'freshness'", ["warn_after", "error_after", "filter", "build_after"], problems);
        foreach (var key in new[] { "warn_after", "error_after" })
        {
            if (freshness.GetValueOrDefault(key) is not IReadOnlyDictionary<string, object?> threshold)
                continue;
            SettingValues.CheckKeys(setting with { Value = threshold }, $"'{key}'", ["count", "period"], problems);
            if (threshold.GetValueOrDefault("count") is not long || threshold.GetValueOrDefault("period") is not ("minute" or "hour" or "day"))
                problems.Add("WEIR7005", setting.File, setting.Line, $"'{key}' of a freshness needs a whole 'count' and a 'period' of minute, hour or day: `{key}: {{count: 12, period: hour}}`.");
        }
    }

    private void CheckMeta(NodeConfig config)
    {
        if (config.Find("meta") is not { } meta)
            return;
        if (meta.Value is not IReadOnlyDictionary<string, object?>)
            problems.Add("WEIR7005", meta.File, meta.Line, "'meta' must be a mapping: `meta: {owner: ann}`.");
        foreach (var key in config.Meta.Keys.Where(key => key.StartsWith("weir_", StringComparison.Ordinal)))
            problems.Add("WEIR7003", meta.File, meta.Line, $"'{key}' under 'meta' is no setting of this version of Weir; it has none there yet. Names that start with weir_ are reserved.");
    }

    private void OneOf(NodeConfig config, string key, string[] allowed) => SettingValues.OneOf(config, key, allowed, problems);
}
