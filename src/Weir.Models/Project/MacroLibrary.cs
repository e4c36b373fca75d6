using System.Text.RegularExpressions;
using Weir.Models.Context;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>A macro and where it stands.</summary>
internal sealed record MacroPlace(string Package, MacroDefinition Macro, string File, string Text);

/// <summary>
/// The macros of a project, its packages and dbt itself: <c>macros/</c> and <c>tests/generic/</c>. A <c>{% test x %}</c> is the macro <c>test_x</c>.
/// </summary>
internal sealed partial class MacroLibrary
{
    /// <summary>The name of the package that holds dbt's own macros.</summary>
    public const string Dbt = "dbt";

    /// <summary>Macros by which a project changes how dbt materialises; Weir does that in C#.</summary>
    private static readonly string[] DbtsOwn = ["config", "should_full_refresh", "get_where_subquery", "incremental_validate_on_schema_change"];

    private readonly Dictionary<string, MacroSet> sets = new() { [Dbt] = BuiltInMacros.Set };
    private readonly Dictionary<(string Package, string Name), MacroPlace> places = [];

    private MacroLibrary(string root)
    {
        Root = new MacroSet(BuiltInMacros.Set);
        sets[root] = Root;
        Root.Spaces[Dbt] = BuiltInMacros.Set;
    }

    /// <summary>What a template of the root project finds: its own macros, the packages by name, then dbt's.</summary>
    public MacroSet Root { get; }

    public IEnumerable<MacroPlace> All => places.Values;

    public MacroSet? Of(string package) => sets.GetValueOrDefault(package);

    public MacroPlace? Place(string package, string name) => places.GetValueOrDefault((package, name));

    public static MacroLibrary Read(IReadOnlyList<Package> packages, Problems problems)
    {
        var library = new MacroLibrary(packages[0].Name);
        foreach (var package in packages)
        {
            if (!package.IsRoot)
                library.sets[package.Name] = new MacroSet();
            library.Root.Spaces[package.Name] = library.sets[package.Name];
            library.Read(package, problems);
        }

        return library;
    }

    private void Read(Package package, Problems problems)
    {
        var generic = package.File.TestPaths.Select(path => path + "/generic");
        foreach (var (_, file) in package.Files(package.File.MacroPaths.Concat(generic), ".sql"))
        {
            var text = File.ReadAllText(Path.Combine(package.RootFolder, file));
            if (Foreign().Match(text) is { Success: true } foreign)
            {
                var line = 1 + text.AsSpan(0, foreign.Index).Count('\n');
                problems.Add("WEIR7004", file, line, $"'{{% {foreign.Groups["kind"].Value} %}}' is dbt's, but Weir does not run it here: its materialisations are part of the program, and snapshots live in snapshots/. Remove it.");
                continue;
            }

            try
            {
                Add(package, file, text, Template.Parse(TestEnd().Replace(TestStart().Replace(text, "${open}macro test_"), "${open}endmacro${close}"), file), problems);
            }
            catch (JinjaException wrong)
            {
                problems.Add("WEIR7006", file, wrong.Line, TemplateAdvice.Tell(wrong));
            }
        }
    }

    private void Add(Package package, string file, string text, Template template, Problems problems)
    {
        foreach (var macro in template.Macros)
        {
            if (DbtsOwn.Contains(macro.Name) && package.IsRoot)
                problems.Add("WEIR7004", file, macro.At.Line, $"the macro '{macro.Name}' would replace dbt's own, which Weir does not support. Remove or rename it.");
            if (!places.TryAdd((package.Name, macro.Name), new MacroPlace(package.Name, macro, file, text)))
                problems.Add("WEIR7010", file, macro.At.Line, $"the macro '{macro.Name}' is defined in {places[(package.Name, macro.Name)].File} too. Rename or remove one of the two.");
        }

        sets[package.Name].Add(template);
    }

    [GeneratedRegex(@"(?<open>\{%[-+]?\s*)(data_)?test\s+(?=\w+\s*\()")]
    private static partial Regex TestStart();

    [GeneratedRegex(@"(?<open>\{%[-+]?\s*)end(data_)?test(?<close>\s*[-+]?%\})")]
    private static partial Regex TestEnd();

    [GeneratedRegex(@"\{%[-+]?\s*(?<kind>materialization|snapshot)\s")]
    private static partial Regex Foreign();
}
