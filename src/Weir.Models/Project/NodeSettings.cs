using Weir.Models.Context;

namespace Weir.Models.Project;

/// <summary>Checks the values of a node's settings and takes from them what the runner needs.</summary>
internal static class NodeSettings
{
    private static readonly string[] Materializations = ["table", "view", "incremental", "ephemeral"];

    /// <summary>Where a model or seed goes and how it is made; false when it is switched off.</summary>
    public static bool Resolve(Node node, string standardMaterialization, ModelTarget target, Problems problems)
    {
        var config = node.Config;
        var enabled = config.Flag("enabled", problems) ?? true;
        if (!enabled)
            return false;
        node.Materialized = config.Text("materialized") ?? standardMaterialization;
        node.Schema = config.Text("schema") is { } custom ? $"{target.Schema}_{custom.Trim()}" : target.Schema;
        node.Alias = config.Text("alias")?.Trim() ?? node.Name;
        if (node.AsideAlias.Length == Node.AsideSuffix.Length || node.Alias.EndsWith(Node.AsideSuffix, StringComparison.OrdinalIgnoreCase))
            problems.Add("WEIR7005", node.File, 0, $"the name '{node.Alias}' is not possible: names that end in {Node.AsideSuffix} are what a build makes aside.");
        if (config.Find("database") is { } database && NodeConfig.AsText(database.Value) != target.Database)
            problems.Add("WEIR7004", database.File, database.Line, $"'database' is '{database.Value}', but a model can only be made in the warehouse: remove the setting.");
        if (config.Find("access") is { Value: "private" } access)
            problems.Add("WEIR7004", access.File, access.Line, "`access: private` is dbt's, but Weir does not run it yet. Remove it.");
        if (config.Find("group") is { } group)
            problems.Add("WEIR7004", group.File, group.Line, "'group' is dbt's, but Weir does not run it yet. Remove it.");
        config.Flag("full_refresh", problems);
        CheckMeta(config, problems);
        if (node.ResourceType == "model")
            CheckMaterialization(node, problems);
        return true;
    }

    /// <summary>Severity, conditions and limit of a test; false when it is switched off.</summary>
    public static bool ResolveTest(Node node, Problems problems)
    {
        node.Materialized = "test";
        var config = node.Config;
        OneOf(config, "severity", ["error", "warn"], problems);
        if (config.Find("limit") is { Value: not long } limit && !long.TryParse(NodeConfig.AsText(limit.Value), out _))
            problems.Add("WEIR7005", limit.File, limit.Line, $"'limit' is '{NodeConfig.AsText(limit.Value)}', and must be a whole number.");
        CheckMeta(config, problems);
        return config.Flag("enabled", problems) ?? true;
    }

    private static void CheckMaterialization(Node node, Problems problems)
    {
        var config = node.Config;
        if (config.Find("materialized") is { } materialized && !Materializations.Contains(node.Materialized))
        {
            var known = node.Materialized is "snapshot" or "external" or "materialized_view" or "table_function";
            problems.Add("WEIR7013", materialized.File, materialized.Line, known
                ? $"the materialisation '{node.Materialized}' is dbt's, but Weir does not run it yet. There are: {string.Join(", ", Materializations)}."
                : $"'{node.Materialized}' is not a materialisation.{Suggest.Near(node.Materialized, Materializations)} There are: {string.Join(", ", Materializations)}.");
        }

        if (node.Materialized == "incremental")
            IncrementalSettings.Check(config, problems);
        ContractSettings.Check(node, problems);
    }

    private static void CheckMeta(NodeConfig config, Problems problems)
    {
        if (config.Find("meta") is not { } meta)
            return;
        if (meta.Value is not IReadOnlyDictionary<string, object?>)
            problems.Add("WEIR7005", meta.File, meta.Line, "'meta' must be a mapping: `meta: {owner: ann}`.");
        foreach (var key in config.Meta.Keys.Where(key => key.StartsWith("weir_", StringComparison.Ordinal)))
            problems.Add("WEIR7003", meta.File, meta.Line, $"'{key}' under 'meta' is no setting of this version of Weir; it has none there yet. Names that start with weir_ are reserved.");
    }

    private static void OneOf(NodeConfig config, string key, string[] allowed, Problems problems)
    {
        if (config.Find(key) is { } setting && !allowed.Contains(NodeConfig.AsText(setting.Value).ToLowerInvariant()))
        {
            var text = NodeConfig.AsText(setting.Value);
            problems.Add("WEIR7005", setting.File, setting.Line, $"'{key}' is '{text}', and must be one of: {string.Join(", ", allowed)}.{Suggest.Near(text, allowed)}");
        }
    }
}
