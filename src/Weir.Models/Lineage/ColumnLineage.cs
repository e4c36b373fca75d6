namespace Weir.Models.Lineage;

/// <summary>A column that another one is computed from.</summary>
/// <param name="Column">Which one.</param>
/// <param name="IsDirect">Whether the value is taken as it is, perhaps under another name; otherwise an expression makes something of it.</param>
public sealed record ColumnInput(ColumnId Column, bool IsDirect);

/// <summary>What a column of a model, seed, snapshot or source comes from.</summary>
/// <param name="Name">The column.</param>
/// <param name="Inputs">The columns its values are computed from, in the nodes that the SQL reads; empty for a constant, a count of rows, and for columns that no SQL makes.</param>
/// <param name="Unresolved">Why <paramref name="Inputs"/> are whole tables (<see cref="ColumnId.AnyColumn"/>); null when the columns are known.</param>
public sealed record ColumnLineage(string Name, IReadOnlyList<ColumnInput> Inputs, string? Unresolved = null);
