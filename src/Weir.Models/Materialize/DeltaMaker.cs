using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>
/// An incremental run: a copy of the published table is made aside, the rows whose key the model returns again are deleted from it, and what the
/// model returns is inserted. The key is the unit of restatement: the model returns all rows of each unit it touches.
/// </summary>
internal sealed class DeltaMaker(Warehouse warehouse)
{
    private const string Delta = "temp.main.weir_delta";

    public async Task MakeAsync(Node node, string sql, CancellationToken cancellation)
    {
        var aside = warehouse.Aside(node);
        try
        {
            await warehouse.ExecuteAsync($"create or replace temp table weir_delta as (\n{sql}\n)", cancellation);
            await warehouse.ExecuteAsync($"create table {aside} as select * from {warehouse.Published(node)}", cancellation);
            var given = warehouse.Columns(Delta);
            var columns = warehouse.Columns(aside);
            var missing = columns.Where(column => !given.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
            if (missing.Count > 0)
            {
                throw new WeirException("WEIR7022", $"the table {node.Schema}.{node.Alias} has the column {string.Join(", ", missing)}, which the model no longer returns. "
                    + "Return it again, or build the table anew with --full-refresh.");
            }

            if (Delete(node, aside) is { } delete)
                await warehouse.ExecuteAsync(delete, cancellation);
            var list = string.Join(", ", columns.Select(RelationValue.Quoted));
            await warehouse.ExecuteAsync($"insert into {aside} ({list}) select {list} from {Delta}", cancellation);
        }
        finally
        {
            warehouse.Execute($"drop table if exists {Delta}");
        }
    }

    /// <summary>Null without a key or with the strategy append: then rows are only added, as in dbt. A null key never matches.</summary>
    private static string? Delete(Node node, string aside)
    {
        var keys = node.Config.Texts("unique_key");
        if (keys.Count == 0 || node.Config.Text("incremental_strategy") == "append")
            return null;
        var predicates = string.Concat(node.Config.Texts("incremental_predicates").Select(predicate => $" and {predicate}"));
        return keys is [var key] && node.Config.Find("unique_key")?.Value is string
            ? $"delete from {aside} where ({key}) in (select ({key}) from {Delta}){predicates}"
            : $"delete from {aside} as DBT_INCREMENTAL_TARGET using {Delta} as weir_delta where {string.Join(" and ", keys.Select(k => $"weir_delta.{k} = DBT_INCREMENTAL_TARGET.{k}"))}{predicates}";
    }
}
