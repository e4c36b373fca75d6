namespace Weir.Models.Jinja;

/// <summary>
/// The macros of many files, visible to each other and to every template whose scope names this set. A later file's macro replaces an earlier
/// one of the same name; what is not found here is looked for in the fallback (another package).
/// </summary>
internal sealed class MacroSet(MacroSet? fallback = null)
{
    private readonly Dictionary<string, MacroDefinition> _macros = [];

    public IEnumerable<MacroDefinition> Own => _macros.Values;

    /// <summary>Macros that are called with a prefix, <c>package.macro()</c>, by that prefix.</summary>
    public Dictionary<string, MacroSet> Spaces { get; } = [];

    /// <summary>Adds every macro at the top of a template.</summary>
    public void Add(Template template)
    {
        foreach (var macro in template.Macros)
            _macros[macro.Name] = macro;
    }

    public MacroDefinition? Find(string name) => FindOwn(name) ?? fallback?.Find(name);

    /// <summary>Without the fallback.</summary>
    public MacroDefinition? FindOwn(string name) => _macros.GetValueOrDefault(name);
}
