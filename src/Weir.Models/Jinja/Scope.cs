namespace Weir.Models.Jinja;

/// <summary>
/// The names a render starts with. A name is looked for in the scope, its parents, then among the macros of each, then Jinja's own globals.
/// Templates never write into it; a macro found here sees this scope, not the caller's variables.
/// </summary>
internal sealed class Scope(Scope? parent = null)
{
    private readonly Dictionary<string, object?> _values = [];

    /// <summary>Macros that can be called by name and that see this scope's names.</summary>
    public MacroSet? Macros { get; set; }

    public Scope? Parent { get; } = parent;

    /// <summary>The names set here, not in a parent.</summary>
    public IReadOnlyDictionary<string, object?> Values => _values;

    /// <summary>Sets a variable; .NET numbers, lists and dictionaries are converted to Jinja's.</summary>
    public Scope Set(string name, object? value)
    {
        _values[name] = Native.From(value);
        return this;
    }

    public Scope Set(string name, Func<Arguments, object?> function)
    {
        _values[name] = new Function(name, function);
        return this;
    }

    public bool TryGet(string name, out object? value) =>
        TryGetVariable(name, out value) || TryGetMacro(name, this, out value) || Globals.All.TryGetValue(name, out value);

    private bool TryGetVariable(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
            if (scope._values.TryGetValue(name, out value))
                return true;
        value = null;
        return false;
    }

    private bool TryGetMacro(string name, Scope seen, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Parent)
            if (scope.Macros?.Find(name) is { } macro)
            {
                value = macro.Bind(seen);
                return true;
            }
            else if (scope.Macros is not null && scope.Macros.Spaces.TryGetValue(name, out var space))
            {
                value = new MacroSpace(name, space, seen);
                return true;
            }
        value = null;
        return false;
    }
}
