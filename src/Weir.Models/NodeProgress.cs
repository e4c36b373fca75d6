namespace Weir.Models;

/// <summary>Tells that a node starts (<see cref="Result"/> is null) or is done.</summary>
/// <param name="UniqueId">Which node.</param>
/// <param name="Number">Its number in this build, from 1.</param>
/// <param name="Total">How many nodes the build has.</param>
/// <param name="Result">What became of it; a model that succeeded may still be kept back when the build publishes.</param>
public sealed record NodeProgress(string UniqueId, int Number, int Total, NodeResult? Result);
