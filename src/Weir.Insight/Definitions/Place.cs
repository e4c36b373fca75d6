using Weir.Models;

namespace Weir.Insight.Definitions;

/// <summary>Where something is declared.</summary>
internal readonly record struct Place(string File, int Line)
{
    public ModelProblem Problem(string code, string message) => new(code, File, Line, message);

    public override string ToString() => $"{File}:{Line}";
}
