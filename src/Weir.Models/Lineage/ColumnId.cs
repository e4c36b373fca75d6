namespace Weir.Models.Lineage;

/// <summary>A column of a node of the project.</summary>
/// <param name="Node">The node's unique id; of a table that is no node, its name in the warehouse: <c>main.rates</c>.</param>
/// <param name="Column">The column's name; <see cref="AnyColumn"/> where only the table is known.</param>
public readonly record struct ColumnId(string Node, string Column)
{
    /// <summary>Stands for the columns of a table where it is not known which.</summary>
    public const string AnyColumn = "*";

    /// <inheritdoc/>
    public override string ToString() => $"{Node}.{Column}";
}
