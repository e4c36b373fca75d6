namespace Weir.Models.Project;

/// <summary>Checks the settings of an incremental model.</summary>
internal static class IncrementalSettings
{
    private static readonly string[] Strategies = ["delete+insert", "append", "merge", "microbatch"];
    private static readonly string[] SchemaChanges = ["ignore", "fail", "append_new_columns", "sync_all_columns"];
    private static readonly string[] BatchSizes = ["hour", "day", "month", "year"];

    public static void Check(NodeConfig config, Problems problems)
    {
        OneOf(config, "incremental_strategy", Strategies, problems);
        OneOf(config, "on_schema_change", SchemaChanges, problems);
        if (config.Find("merge_update_columns") is not null && config.Find("merge_exclude_columns") is { } both)
            problems.Add("WEIR7005", both.File, both.Line, "'merge_update_columns' and 'merge_exclude_columns' stand together. Keep one of the two.");
        if (config.Find("incremental_strategy") is not { Value: "microbatch" } strategy)
            return;
        foreach (var key in new[] { "event_time", "begin", "batch_size" }.Where(key => config.Find(key) is null))
            problems.Add("WEIR7005", strategy.File, strategy.Line, $"a microbatch model needs '{key}': `event_time` names its column of time, `begin` its first day, `batch_size` is hour, day, month or year.");
        OneOf(config, "batch_size", BatchSizes, problems);
        if (config.Find("begin") is { } begin && !DateTime.TryParse(NodeConfig.AsText(begin.Value), System.Globalization.CultureInfo.InvariantCulture, out _))
            problems.Add("WEIR7005", begin.File, begin.Line, $"'begin' is '{NodeConfig.AsText(begin.Value)}', and must be a date or a time: `begin: 2026-01-01`.");
        if (config.Find("lookback") is { } lookback && (!int.TryParse(NodeConfig.AsText(lookback.Value), out var batches) || batches < 0))
            problems.Add("WEIR7005", lookback.File, lookback.Line, $"'lookback' is '{NodeConfig.AsText(lookback.Value)}', and must be a whole number of batches, 0 or more.");
    }

    private static void OneOf(NodeConfig config, string key, string[] allowed, Problems problems)
    {
        if (config.Find(key) is { } setting && NodeConfig.AsText(setting.Value) is var text && !allowed.Contains(text))
        {
            var other = key == "incremental_strategy" && text == "insert_overwrite";
            problems.Add(other ? "WEIR7004" : "WEIR7005", setting.File, setting.Line,
                $"'{key}' is '{text}', and must be one of: {string.Join(", ", allowed)}.{(other ? " DuckDB has no insert_overwrite." : Suggest.Near(text, allowed))}");
        }
    }
}
