using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>Makes tables and views aside, next to what is published, in the same schema: DuckDB can rename a table but not move it to another schema.</summary>
internal sealed class TableMaker(Warehouse warehouse)
{
    /// <summary>How many lines stand before the model's own SQL in what is sent: DuckDB counts them in its errors.</summary>
    public const int LinesBefore = 1;

    public async Task<Made> ViewAsync(Node node, string sql, CancellationToken cancellation)
    {
        await warehouse.ExecuteAsync($"create view {warehouse.Aside(node)} as (\n{sql}\n)", cancellation);
        if (Contract.Of(node) is { } contract)
            contract.Check(warehouse.Columns(warehouse.Aside(node)), warehouse.TypeName);
        return new Made(null, sql);
    }

    public async Task<Made> TableAsync(Node node, string sql, CancellationToken cancellation)
    {
        if (Contract.Of(node) is null)
        {
            await warehouse.ExecuteAsync($"create table {warehouse.Aside(node)} as (\n{sql}\n)", cancellation);
        }
        else
        {
            var columns = await warehouse.DescribeAsync($"(\n{sql}\n)", cancellation);
            await CreateAsync(node, sql, columns, cancellation);
        }

        return new Made(await warehouse.SingleAsync($"select count(*) from {warehouse.Aside(node)}", row => row.GetInt64(0), cancellation));
    }

    /// <summary>A table of a select whose columns are known; with a contract those are its own, with its constraints.</summary>
    public async Task CreateAsync(Node node, string sql, IReadOnlyList<TableColumn> columns, CancellationToken cancellation)
    {
        if (Contract.Of(node) is not { } contract)
        {
            await warehouse.ExecuteAsync($"create table {warehouse.Aside(node)} as (\n{sql}\n)", cancellation);
            return;
        }

        contract.Check(columns, warehouse.TypeName);
        var list = string.Join(", ", columns.Select(column => RelationValue.Quoted(column.Name)));
        await warehouse.ExecuteAsync($"create table {warehouse.Aside(node)} ({contract.Definition})", cancellation);
        await warehouse.ExecuteAsync($"insert into {warehouse.Aside(node)} ({list}) (\n{sql}\n)", cancellation);
    }
}
