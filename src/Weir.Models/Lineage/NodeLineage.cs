namespace Weir.Models.Lineage;

/// <summary>The columns of a node and what they come from.</summary>
/// <param name="UniqueId">The node, as dbt names it.</param>
/// <param name="Name">The name that <c>ref()</c> takes; of a source, <c>source.table</c>.</param>
/// <param name="Columns">Its columns in order; empty when not even they are known.</param>
/// <param name="Influences">The columns that decide which rows it has: they filter, join, group or sort.</param>
/// <param name="Unresolved">Why <paramref name="Columns"/> or <paramref name="Influences"/> are not complete; null when they are.</param>
public sealed record NodeLineage(string UniqueId, string Name, IReadOnlyList<ColumnLineage> Columns, IReadOnlyList<ColumnId> Influences, string? Unresolved = null)
{
    /// <summary>How many of its columns are known by their tables only, one more when the columns themselves or what decides its rows is not known.</summary>
    public int UnresolvedCount => Columns.Count(column => column.Unresolved is not null) + (Unresolved is null ? 0 : 1);
}
