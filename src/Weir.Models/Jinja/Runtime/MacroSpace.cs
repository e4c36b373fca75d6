namespace Weir.Models.Jinja;

/// <summary>Macros called with a prefix: <c>package.macro()</c>. They see the scope they are called from.</summary>
internal sealed class MacroSpace(string name, MacroSet macros, Scope seen) : IJinjaObject
{
    public string TypeName => name;

    public bool TryGetAttribute(string attribute, out object? value)
    {
        value = macros.Find(attribute)?.Bind(seen);
        return value is not null;
    }

    public override string ToString() => $"<macros of {name}>";
}
