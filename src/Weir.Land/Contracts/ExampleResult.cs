namespace Weir.Land.Contracts;

/// <summary>Whether an example of a migration holds.</summary>
/// <param name="Contract">The contract.</param>
/// <param name="Migration">The step, <c>1-to-2</c>.</param>
/// <param name="Example">Its title, else its number.</param>
/// <param name="Place">Where it stands: file, line, column.</param>
/// <param name="Difference">Why not; null: it holds.</param>
public sealed record ExampleResult(string Contract, string Migration, string Example, string Place, string? Difference);
