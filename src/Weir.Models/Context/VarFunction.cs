using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary><c>var('x', default)</c>: the command line's value, then the project's own section, then its top level.</summary>
internal sealed class VarFunction(
    IReadOnlyDictionary<string, object?> given, IReadOnlyDictionary<string, object?> declared, string project, bool missingIsNone) : IJinjaCallable, IJinjaObject
{
    public string TypeName => "Var";

    public object? Call(Arguments arguments)
    {
        var name = arguments.GetText(0, "var");
        if (TryFind(name, out var value))
            return Native.From(value);
        if (arguments.TryGet(1, "default", out var standard))
            return standard;
        return missingIsNone
            ? null
            : throw Refuse.With("WEIR7020", $"the variable '{name}' has no value. Set it in dbt_project.yml under 'vars', give it with --vars, or write var('{name}', <default>)."
                + Project.Suggest.Near(name, given.Keys.Concat(declared.Keys)));
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "has_var" ? new Function("has_var", arguments => TryFind(arguments.GetText(0, "var"), out _)) : null;
        return value is not null;
    }

    private bool TryFind(string name, out object? value) =>
        given.TryGetValue(name, out value)
        || (declared.TryGetValue(project, out var own) && own is IReadOnlyDictionary<string, object?> scoped && scoped.TryGetValue(name, out value))
        || declared.TryGetValue(name, out value);
}
