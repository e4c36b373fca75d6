using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary><c>var('x', default)</c> and <c>var.has_var('x')</c>.</summary>
internal sealed class VarFunction(VarLevels levels, bool missingIsNone) : IJinjaCallable, IJinjaObject
{
    public string TypeName => "Var";

    public object? Call(Arguments arguments)
    {
        var name = arguments.GetText(0, "var");
        if (levels.TryFind(name, out var value))
            return Native.From(value);
        if (arguments.TryGet(1, "default", out var standard))
            return standard;
        return missingIsNone
            ? null
            : throw Refuse.With("WEIR7020", $"the variable '{name}' has no value. Set it in dbt_project.yml under 'vars', give it with --vars, or write var('{name}', <default>)."
                + Project.Suggest.Near(name, levels.Levels.SelectMany(level => level.Keys)));
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name == "has_var" ? new Function("has_var", arguments => levels.TryFind(arguments.GetText(0, "var"), out _)) : null;
        return value is not null;
    }
}
