namespace Weir.Tests.Models.Corpus;

/// <summary>One way in which Weir's answer is not dbt's.</summary>
/// <param name="Aspect"><c>results</c> (exit code, statuses, failures), <c>tables</c>, <c>compiled</c>, <c>manifest</c> or <c>ls</c>.</param>
/// <param name="Place">The step and the node, relation, file or command line: <c>3 model.p.a</c>.</param>
internal sealed record Difference(string Aspect, string Place, string Text)
{
    public override string ToString() => $"{Aspect} {Place}: {Text}";
}
