namespace Weir.Models.Project;

/// <summary>Collects everything that is wrong with a project, so that a person sees it all at once.</summary>
internal sealed class Problems
{
    private readonly List<ModelProblem> errors = [];
    private readonly List<ModelProblem> warnings = [];

    public IReadOnlyList<ModelProblem> Warnings => warnings;

    public bool Any => errors.Count > 0;

    public void Add(ModelProblem problem) => AddOnce(errors, problem);

    public void Add(string code, string file, int line, string message) => AddOnce(errors, new ModelProblem(code, file, line, message));

    public void Warn(string code, string file, int line, string message) => AddOnce(warnings, new ModelProblem(code, file, line, message));

    /// <summary>Throws one exception that names all problems, each with the line it is about; its code is the first one's.</summary>
    /// <param name="folder">Where the files lie.</param>
    public void ThrowIfAny(string folder)
    {
        if (errors.Count == 0)
            return;
        var ordered = errors.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line).ToList();
        var text = string.Join("\n", ordered.Select(problem => problem + SourceLine.Of(folder, problem.File, problem.Line)));
        throw new WeirException(ordered[0].Code, ordered.Count == 1 ? text : $"The project has {ordered.Count} mistakes:\n{text}");
    }

    private static void AddOnce(List<ModelProblem> list, ModelProblem problem)
    {
        if (!list.Contains(problem))
            list.Add(problem);
    }
}
