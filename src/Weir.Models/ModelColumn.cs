namespace Weir.Models;

/// <summary>A column as schema.yml describes it.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Description">What it means; empty when not said.</param>
/// <param name="DataType">The declared type; null when not declared.</param>
/// <param name="Tests">The names of the tests on it.</param>
public sealed record ModelColumn(string Name, string Description, string? DataType, IReadOnlyList<string> Tests)
{
    internal IReadOnlyList<Project.Constraint> Constraints { get; init; } = [];

    internal IReadOnlyList<string> Tags { get; init; } = [];
}
