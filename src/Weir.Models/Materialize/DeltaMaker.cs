using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>
/// An incremental run. What the model returns is made as a table of its own; of a small table a changed copy is made aside, of a large one a view of
/// the outcome, and the publishing transaction applies the delta. The key is the unit of restatement: the model returns all rows of each unit it touches.
/// </summary>
/// <param name="copyBelow">Tables with fewer rows are copied: then readers of this build need not put old and new together.</param>
internal sealed class DeltaMaker(Warehouse warehouse, long copyBelow)
{
    /// <summary>Below this many rows a copy costs less than reading a view.</summary>
    public const long Small = 100_000;

    /// <param name="touched">A condition on a published row (named <see cref="Matching.Alias"/>) that goes because its unit was touched, given the alias; null when the model does not say.</param>
    public async Task<Made> MakeAsync(Node node, string sql, Func<string, string>? touched, CancellationToken cancellation)
    {
        await warehouse.ExecuteAsync($"create table {warehouse.Given(node)} as (\n{sql}\n)", cancellation);
        return await FinishAsync(node, Matching.Of(node, warehouse.Given(node)), touched, node.Config.Text("on_schema_change") ?? "ignore", cancellation);
    }

    /// <summary>Goes on from the rows in <see cref="Warehouse.Given"/>.</summary>
    public async Task<Made> FinishAsync(Node node, Matching matching, Func<string, string>? touched, string onSchemaChange, CancellationToken cancellation)
    {
        var (given, delta, published) = (warehouse.Given(node), warehouse.DeltaOf(node), warehouse.Published(node));
        var (before, returned) = (warehouse.Columns(published), warehouse.Columns(given));
        if (node.Config.Text("incremental_strategy") == "merge")
            await RequireOneRowAKeyAsync(node, given, cancellation);
        var schema = SchemaChange.Of(node, onSchemaChange, before, returned, warehouse.Widens);
        var shaped = $"select {schema.Select(returned)} from {given}";
        if (Matching.Merged(node, $"({shaped})", $"(select {schema.Select(before)} from {published})", schema.Columns) is { } merged)
            shaped = merged;
        await warehouse.ExecuteAsync($"create table {delta} as ({shaped})", cancellation);

        var removed = (matching.Removed, touched?.Invoke(matching.Alias)) switch
        {
            (null, var other) => other,
            (var one, null) => one,
            var (one, other) => $"({one}) or {other}",
        };
        var (rows, gone) = await CountAsync(published, matching.Alias, removed, cancellation);
        var columns = string.Join(", ", schema.Columns.Select(column => RelationValue.Quoted(column.Name)));
        var change = new Delta(delta, matching.Alias, gone == 0 ? null : removed, columns);
        var after = rows - gone + await warehouse.SingleAsync($"select count(*) from {delta}", row => row.GetInt64(0), cancellation);
        if (schema.Changed)
        {
            // Old rows get the new columns by a copy: DuckDB refuses to change a table and its rows in one transaction.
            var kept = $"select {schema.Select(before)} from {published} as {matching.Alias}{(gone == 0 ? "" : $" where ({removed}) is not true")}";
            await new TableMaker(warehouse).CreateAsync(node, $"{kept} union all select {columns} from {delta}", schema.Columns, cancellation);
            return new Made(after);
        }

        if (rows < copyBelow)
        {
            await new TableMaker(warehouse).CreateAsync(node, change.Whole(published), schema.Columns, cancellation);
            return new Made(after, null, change with { IsCopied = true });
        }

        await warehouse.ExecuteAsync($"create view {warehouse.Aside(node)} as ({change.Whole(published)})", cancellation);
        return new Made(after, null, change);
    }

    private async Task<(long Rows, long Removed)> CountAsync(string published, string alias, string? removed, CancellationToken cancellation) =>
        await warehouse.SingleAsync($"select (select count(*) from {published}), (select count(*) from {published} as {alias} where {removed ?? "false"})", row => (row.GetInt64(0), row.GetInt64(1)), cancellation);

    /// <summary>dbt lets one of the rows win, and does not say which.</summary>
    private async Task RequireOneRowAKeyAsync(Node node, string given, CancellationToken cancellation)
    {
        var keys = node.Config.Texts("unique_key");
        if (keys.Count == 0)
            return;
        var list = string.Join(", ", keys);
        var twice = await warehouse.FirstAsync(
            $"select concat_ws(', ', {list}), count(*) from {given} where {string.Join(" and ", keys.Select(key => $"{key} is not null"))} group by {list} having count(*) > 1 order by 1 limit 1",
            row => $"{row.GetString(0)} ({row.GetInt64(1)} rows)", cancellation);
        if (twice is not null)
            throw new WeirException("WEIR7072", $"the model returns several rows for one {list}: {twice}. A merge keeps one row a key, and which one would be chance: aggregate, or number the rows and keep the last.");
    }
}
