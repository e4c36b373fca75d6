using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>Which published rows an incremental strategy replaces by the rows of a delta.</summary>
/// <param name="Alias">The name of the published table in <paramref name="Removed"/>: the one dbt gives it, because <c>incremental_predicates</c> use it.</param>
/// <param name="Removed">A condition on a published row; null when the strategy only adds.</param>
internal sealed record Matching(string Alias, string? Removed)
{
    private const string Target = "DBT_INCREMENTAL_TARGET";
    private const string Destination = "DBT_INTERNAL_DEST";
    private const string Source = "DBT_INTERNAL_SOURCE";

    /// <summary>A null key matches nothing, as in dbt.</summary>
    public static Matching Of(Node node, string delta)
    {
        var keys = node.Config.Texts("unique_key");
        var predicates = node.Config.Texts("incremental_predicates").Concat(node.Config.Texts("predicates")).ToList();
        return node.Config.Text("incremental_strategy") switch
        {
            "append" => new Matching(Target, null),
            _ when keys.Count == 0 => new Matching(Target, null),
            "merge" => new Matching(Destination, $"exists (select 1 from {delta} as {Source} where {On(keys, predicates)})"),
            _ => new Matching(Target, InDelta(node, keys, delta) + string.Concat(predicates.Select(predicate => $" and ({predicate})"))),
        };
    }

    /// <summary>Makes the rows a merge leaves behind of the rows a model returned: with <c>merge_update_columns</c> or <c>merge_exclude_columns</c> a matched row keeps the other columns.</summary>
    /// <returns>SQL; null when every column is taken from the model.</returns>
    public static string? Merged(Node node, string given, string published, IReadOnlyList<TableColumn> columns)
    {
        var keys = node.Config.Texts("unique_key");
        var (update, exclude) = (node.Config.Texts("merge_update_columns"), node.Config.Texts("merge_exclude_columns"));
        if (node.Config.Text("incremental_strategy") != "merge" || keys.Count == 0 || update.Count + exclude.Count == 0)
            return null;
        var on = On(keys, [.. node.Config.Texts("incremental_predicates"), .. node.Config.Texts("predicates")]);
        var taken = columns.Select(column => update.Count > 0 ? Contains(update, column) : !Contains(exclude, column)).ToList();
        var changed = string.Join(", ", columns.Zip(taken, (column, fromModel) => $"{(fromModel ? Source : Destination)}.{RelationValue.Quoted(column.Name)}"));
        var all = string.Join(", ", columns.Select(column => $"{Source}.{RelationValue.Quoted(column.Name)}"));
        return $"select {changed} from {given} as {Source} join {published} as {Destination} on {on} "
            + $"union all select {all} from {given} as {Source} where not exists (select 1 from {published} as {Destination} where {on})";
    }

    private static bool Contains(IReadOnlyList<string> names, TableColumn column) => names.Contains(column.Name, StringComparer.OrdinalIgnoreCase);

    private static string On(IReadOnlyList<string> keys, IEnumerable<string> predicates) =>
        string.Join(" and ", keys.Select(key => $"{Source}.{key} = {Destination}.{key}").Concat(predicates.Select(predicate => $"({predicate})")));

    private static string InDelta(Node node, IReadOnlyList<string> keys, string delta) =>
        keys is [var key] && node.Config.Find("unique_key")?.Value is string
            ? $"({key}) in (select ({key}) from {delta})"
            : $"exists (select 1 from {delta} as weir_delta where {string.Join(" and ", keys.Select(k => $"weir_delta.{k} = {Target}.{k}"))})";
}
