namespace Weir.Models;

/// <summary>One thing that is wrong with a project, and where.</summary>
/// <param name="Code">A stable code, <c>WEIR7xxx</c>, with a page in <c>docs/errors/</c>; empty for what a template printed.</param>
/// <param name="File">The file, relative to the project folder; empty when it is about none.</param>
/// <param name="Line">The line in it, from 1; 0 when the whole file is meant.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record ModelProblem(string Code, string File, int Line, string Message)
{
    /// <summary><c>models/a.sql:2: WEIR7007 …</c></summary>
    public override string ToString() =>
        File.Length > 0 ? $"{File}{(Line > 0 ? $":{Line}" : "")}: {Code} {Message}" : Code.Length > 0 ? $"{Code} {Message}" : Message;
}
