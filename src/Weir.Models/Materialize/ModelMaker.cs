using Weir.Models.Project;

namespace Weir.Models.Materialize;

/// <summary>What was made aside.</summary>
/// <param name="Rows">Rows of a table; null for a view.</param>
/// <param name="ViewSql">The SQL of a view, to be made again under its final name; null for a table.</param>
internal sealed record Made(long? Rows, string? ViewSql = null);

/// <summary>Makes tables and views aside, next to what is published, in the same schema: DuckDB can rename a table but not move it to another schema.</summary>
internal sealed class ModelMaker(Warehouse warehouse)
{
    /// <summary>How many lines stand before the model's own SQL in what is sent: DuckDB counts them in its errors.</summary>
    public const int LinesBefore = 1;

    public async Task<Made> MakeAsync(Node node, string sql, bool incremental, CancellationToken cancellation)
    {
        await warehouse.ExecuteAsync($"create schema if not exists {Context.RelationValue.Quoted(node.Schema)}", cancellation);
        if (node.IsView)
        {
            await warehouse.ExecuteAsync($"create view {warehouse.Aside(node)} as (\n{sql}\n)", cancellation);
            return new Made(null, sql);
        }

        if (incremental)
            await new DeltaMaker(warehouse).MakeAsync(node, sql, cancellation);
        else
            await warehouse.ExecuteAsync($"create table {warehouse.Aside(node)} as (\n{sql}\n)", cancellation);
        return new Made(await warehouse.SingleAsync($"select count(*) from {warehouse.Aside(node)}", row => row.GetInt64(0), cancellation));
    }
}
