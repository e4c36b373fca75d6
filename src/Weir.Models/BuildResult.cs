namespace Weir.Models;

/// <summary>What became of a build.</summary>
/// <param name="Nodes">One result per seed, model and test, in the order they were done.</param>
/// <param name="Warnings">What the project says that has no effect (an unmatched folder, a selector that matches nothing), and what templates warned of or printed.</param>
/// <param name="Duration">From the first statement to the end of the publishing transaction.</param>
public sealed record BuildResult(IReadOnlyList<NodeResult> Nodes, IReadOnlyList<ModelProblem> Warnings, TimeSpan Duration)
{
    /// <summary>0 when every node succeeded or only warned, 1 when one failed (dbt's codes; 2 is a <see cref="WeirException"/>).</summary>
    public int ExitCode => Nodes.Any(node => node.Status is NodeStatus.Error or NodeStatus.Fail or NodeStatus.PartialSuccess) ? 1 : 0;
}
