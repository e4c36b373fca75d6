using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>
/// The rows of a snapshot, dbt's: each version of a row of the source with the time from which and until which it held. A run closes what changed and
/// adds the new versions.
/// </summary>
/// <param name="now">The time of the run, as SQL.</param>
internal sealed class Snapshot(Node node, string now)
{
    private readonly IReadOnlyList<string> keys = node.Config.Texts("unique_key");
    private readonly bool isTimestamp = node.Config.Text("strategy") == "timestamp";

    public string ScdId => Meta("dbt_scd_id");

    private string ValidFrom => Meta("dbt_valid_from");

    private string ValidTo => Meta("dbt_valid_to");

    private string IsDeleted => Meta("dbt_is_deleted");

    private string UpdatedAt => isTimestamp ? node.Config.Text("updated_at")! : node.Config.Text("updated_at") ?? now;

    private string Current => node.Config.Text("dbt_valid_to_current") ?? "null";

    private string HardDeletes => node.Config.Text("hard_deletes") ?? (node.Config.Find("invalidate_hard_deletes") is { Value: true or "True" } ? "invalidate" : "ignore");

    /// <summary>The first run: every row is its first version.</summary>
    public string First(string sql) => $"select *, {Version("")} from (\n{sql}\n) as weir_source";

    /// <summary>A later run: the versions that are closed, with their end, and those that are new.</summary>
    /// <param name="columns">What the source has.</param>
    /// <param name="table">What the snapshot has.</param>
    public string Changes(string sql, string published, IReadOnlyList<TableColumn> columns, IReadOnlyList<TableColumn> table)
    {
        var changed = Changed(columns, table);
        var on = string.Join(" and ", keys.Select(key => $"weir_current.{key} = weir_source.{key}"));
        var gone = $"from weir_current where not exists (select 1 from weir_source where {on})" + (HardDeletes == "new_record" ? $" and weir_current.{IsDeleted} is distinct from 'True'" : "");
        var data = table.Where(column => columns.Any(other => other.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase))).Select(column => RelationValue.Quoted(column.Name));
        var parts = new List<string>
        {
            $"select weir_source.*, {Version("weir_source.")} from weir_source left join weir_current on {on} where weir_current.{keys[0]} is null or {changed}",
            $"select weir_current.* replace ({At("weir_source.")} as {ValidTo}) from weir_current join weir_source on {on} where {changed}",
        };
        if (HardDeletes is "invalidate" or "new_record")
            parts.Add($"select weir_current.* replace ({now} as {ValidTo}) {gone}");
        if (HardDeletes == "new_record")
            parts.Add($"select {string.Join(", ", data)}, {Hash([ScdId, now])} as {ScdId}, {now} as {Meta("dbt_updated_at")}, {now} as {ValidFrom}, {ValidTo}, 'True' as {IsDeleted} {gone}");
        var open = $"{ValidTo} is null{(Current == "null" ? "" : $" or {ValidTo} = {Current}")}";
        return $"with weir_source as (\n{sql}\n), weir_current as (select * from {published} where {open}) {string.Join(" union all by name ", parts)}";
    }

    private string At(string source) => UpdatedAt == now ? now : source + UpdatedAt;

    private string Version(string source)
    {
        var at = At(source);
        return $"{Hash([.. keys.Select(key => source + key), at])} as {ScdId}, {at} as {Meta("dbt_updated_at")}, {at} as {ValidFrom}, coalesce(nullif({at}, {at}), {Current}) as {ValidTo}"
            + (HardDeletes == "new_record" ? $", 'False' as {IsDeleted}" : "");
    }

    private string Changed(IReadOnlyList<TableColumn> columns, IReadOnlyList<TableColumn> table)
    {
        var returned = HardDeletes == "new_record" ? $" or weir_current.{IsDeleted} = 'True'" : "";
        if (isTimestamp)
            return $"(weir_current.{ValidFrom} < weir_source.{UpdatedAt}{returned})";
        IEnumerable<string> names = node.Config.Find("check_cols")?.Value is "all" ? columns.Select(column => column.Name) : node.Config.Texts("check_cols");
        var known = names.ToLookup(name => table.Any(column => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
        var differ = known[true].Select(name => $"weir_current.{RelationValue.Quoted(name)} is distinct from weir_source.{RelationValue.Quoted(name)}").ToList();
        if (known[false].Any() || differ.Count == 0)
            differ.Add(known[false].Any() ? "true" : "false"); // a new column changes every row
        return $"({string.Join(" or ", differ)}{returned})";
    }

    private static string Hash(IEnumerable<string> parts) => $"md5({string.Join(" || '|' || ", parts.Select(part => $"coalesce(cast({part} as varchar), '')"))})";

    private string Meta(string name) =>
        node.Config.Find("snapshot_meta_column_names")?.Value is IReadOnlyDictionary<string, object?> names && names.TryGetValue(name, out var own) && own is string text ? text : name;
}
