namespace Weir.Models.Project;

/// <summary>Checks what a snapshot needs to find changes.</summary>
internal sealed class SnapshotSettings(Problems problems)
{
    private static readonly string[] MetaColumns = ["dbt_valid_from", "dbt_valid_to", "dbt_scd_id", "dbt_updated_at", "dbt_is_deleted"];

    public void Check(Node node)
    {
        var config = node.Config;
        SettingValues.Require(node, "unique_key", "a snapshot keeps the versions of each key", problems);
        SettingValues.Require(node, "strategy", "a snapshot must know how to see that a row changed (timestamp or check)", problems);
        SettingValues.OneOf(config, "hard_deletes", ["ignore", "invalidate", "new_record"], problems);
        SettingValues.OneOf(config, "materialized", ["snapshot"], problems);
        if (!SettingValues.OneOf(config, "strategy", ["timestamp", "check"], problems))
            return;
        if (config.Text("strategy") == "timestamp")
        {
            SettingValues.Require(node, "updated_at", "a snapshot by timestamp compares the time of the last change", problems);
            if (config.Find("check_cols") is { } unused)
                problems.Add("WEIR7037", unused.File, unused.Line, "a snapshot by timestamp compares no columns: remove 'check_cols', or set strategy to check.");
        }
        else
        {
            SettingValues.Require(node, "check_cols", "a snapshot by check compares columns", problems);
            if (config.Find("check_cols") is { Value: string text } columns && text != "all")
                problems.Add("WEIR7005", columns.File, columns.Line, $"'check_cols' is '{text}', and must be a list of columns or 'all'.");
        }

        if (config.Find("snapshot_meta_column_names") is not { } names)
            return;
        foreach (var name in (names.Value as IReadOnlyDictionary<string, object?>)?.Keys.Except(MetaColumns) ?? [])
            problems.Add("WEIR7003", names.File, names.Line, $"'{name}' is not a column that a snapshot adds.{Suggest.Near(name, MetaColumns)}");
    }
}
