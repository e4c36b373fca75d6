using System.Text.RegularExpressions;
using Weir.Models.Audit;

namespace Weir.Models.Project;

/// <summary>Which macros a text of Jinja calls, found by their names: <c>f(</c>, <c>package.f(</c> and <c>adapter.dispatch('f')</c>.</summary>
internal sealed partial class MacroCalls(MacroLibrary macros, string root)
{
    private readonly Dictionary<MacroPlace, IReadOnlyList<string>> known = [];
    private readonly Dictionary<(string Test, string Package), IReadOnlyList<string>> ofTests = [];

    public static string IdOf(MacroPlace place) => $"macro.{place.Package}.{place.Macro.Name}";

    /// <summary>The macro's own text, from its opening tag to its closing one.</summary>
    public static string TextOf(MacroPlace place)
    {
        var name = place.Macro.Name.StartsWith("test_", StringComparison.Ordinal) ? $"(test_)?{Regex.Escape(place.Macro.Name[5..])}" : Regex.Escape(place.Macro.Name);
        var match = Regex.Match(place.Text, @"\{%[-+]?\s*(macro|test|data_test)\s+" + name + @"\s*\(.*?\{%[-+]?\s*end(macro|test|data_test)\s*[-+]?%\}", RegexOptions.Singleline);
        return match.Success ? match.Value : place.Text;
    }

    public IReadOnlyList<string> Of(MacroPlace place)
    {
        lock (known)
        {
            if (!known.TryGetValue(place, out var calls))
                known[place] = calls = [.. Of(TextOf(place), place.Package).Where(id => id != IdOf(place))];
            return calls;
        }
    }

    /// <summary>Which macro a generic test is.</summary>
    public IReadOnlyList<string> Of(GenericTest test, string package)
    {
        if (!ofTests.TryGetValue((test.Test, package), out var calls))
            ofTests[(test.Test, package)] = calls = [.. Of($"{{{{ {(test.Namespace is null ? "" : test.Namespace + ".")}test_{test.Macro}() }}}}", package)];
        return calls;
    }

    /// <param name="package">Whose text it is.</param>
    public IEnumerable<string> Of(string text, string package)
    {
        var found = new List<string>();
        foreach (Match block in Block().Matches(text))
        {
            foreach (Match call in Call().Matches(block.Value))
            {
                var name = call.Groups["dispatch"].Success ? call.Groups["dispatch"].Value : call.Groups["name"].Value;
                foreach (var candidate in call.Groups["dispatch"].Success ? new[] { $"duckdb__{name}", $"default__{name}" } : [name])
                {
                    var owner = call.Groups["package"].Success ? call.Groups["package"].Value : null;
                    if ((owner is null ? macros.Place(package, candidate) ?? macros.Place(root, candidate) : macros.Place(owner, candidate)) is { } place)
                        found.Add(IdOf(place));
                }
            }
        }

        return found.Distinct();
    }

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"adapter\.dispatch\(\s*['""](?<dispatch>\w+)['""]|((?<package>[A-Za-z_]\w*)\.)?(?<name>[A-Za-z_]\w*)\s*\(")]
    private static partial Regex Call();
}
