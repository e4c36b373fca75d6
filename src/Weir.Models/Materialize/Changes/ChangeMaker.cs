using Weir.Models.Context;
using Weir.Models.Project;

namespace Weir.Models.Materialize.Changes;

/// <summary>Finds what a version made aside changes of the published one, in time proportional to what was made.</summary>
internal sealed class ChangeMaker(Warehouse warehouse)
{
    /// <param name="published">Whether a table is published.</param>
    public async Task<ChangeKind> MakeAsync(Node node, Made made, bool published, CancellationToken cancellation)
    {
        if (!published)
            return ChangeKind.Everything;
        var columns = warehouse.Columns(warehouse.Published(node));
        if (!columns.SequenceEqual(warehouse.Columns(warehouse.Aside(node))))
            return ChangeKind.Everything;
        var list = string.Join(", ", columns.Select(column => RelationValue.Quoted(column.Name)));
        var after = $"select {list} from {(made.Delta is { } delta ? delta.Table : warehouse.Aside(node))}";
        var before = made.Delta is { } change ? change.RemovedRows(warehouse.Published(node)) : $"select {list} from {warehouse.Published(node)}";
        var table = warehouse.ChangesOf(node);
        await warehouse.ExecuteAsync($"create table {table} as select *, true as weir_added from ({after} except all {before}) union all select *, false from ({before} except all {after})", cancellation);
        return await warehouse.SingleAsync($"select count(*) from {table}", row => row.GetInt64(0), cancellation) == 0 ? ChangeKind.None : ChangeKind.Rows;
    }
}
