using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>Where the variables of one package are looked for, in that order: the command line, the root's for the package, the root's, the package's own.</summary>
internal sealed record VarLevels(IReadOnlyList<IReadOnlyDictionary<string, object?>> Levels)
{
    public static VarLevels For(IReadOnlyDictionary<string, object?> given, ProjectFile root, ProjectFile package)
    {
        var levels = new List<IReadOnlyDictionary<string, object?>> { given };
        Add(levels, root.Vars, package.Name);
        if (!ReferenceEquals(root, package))
            Add(levels, package.Vars, package.Name);
        return new VarLevels(levels);
    }

    /// <summary>The same with some that win over all.</summary>
    public VarLevels With(IReadOnlyDictionary<string, object?> first) => new([first, .. Levels]);

    public bool TryFind(string name, out object? value)
    {
        value = null;
        foreach (var level in Levels)
        {
            if (level.TryGetValue(name, out value))
                return true;
        }

        return false;
    }

    /// <summary>Whether a project file has it; one that only the command line gives is a parameter of the run.</summary>
    public bool IsDeclared(string name) => Levels.Skip(1).Any(level => level.ContainsKey(name));

    private static void Add(List<IReadOnlyDictionary<string, object?>> levels, IReadOnlyDictionary<string, object?> declared, string package)
    {
        if (declared.GetValueOrDefault(package) is IReadOnlyDictionary<string, object?> own)
            levels.Add(own);
        levels.Add(declared);
    }
}
