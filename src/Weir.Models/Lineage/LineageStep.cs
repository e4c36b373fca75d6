namespace Weir.Models.Lineage;

/// <summary>One step from a column to what it is computed from.</summary>
/// <param name="Distance">How many steps from where one asked, from 1.</param>
/// <param name="Column">The column that is computed; of an exposure, <see cref="ColumnId.AnyColumn"/>.</param>
/// <param name="Input">What it is computed from.</param>
/// <param name="Unresolved">Why the input is a whole table; null when the column is known.</param>
public sealed record LineageStep(int Distance, ColumnId Column, ColumnInput Input, string? Unresolved = null);
