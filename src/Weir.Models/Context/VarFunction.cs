using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary><c>var('x', default)</c> and <c>var.has_var('x')</c>.</summary>
/// <param name="note">Hears of each variable that is used and that a project file declares, with its value.</param>
internal sealed class VarFunction(VarLevels levels, bool missingIsNone, Action<string, object?>? note = null) : IJinjaCallable, IJinjaObject
{
    public string TypeName => "Var";

    public object? Call(Arguments arguments)
    {
        var name = arguments.GetText(0, "var");
        if (levels.TryFind(name, out var value))
        {
            var native = Native.From(value);
            if (levels.IsDeclared(name))
                note?.Invoke(name, native);
            return native;
        }

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
