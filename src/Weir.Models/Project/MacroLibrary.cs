using System.Text.RegularExpressions;
using Weir.Models.Audit;
using Weir.Models.Jinja;

namespace Weir.Models.Project;

/// <summary>Reads the macros of a project: <c>macros/</c> and <c>tests/generic/</c>. A <c>{% test x %}</c> is the macro <c>test_x</c>.</summary>
internal static partial class MacroLibrary
{
    /// <summary>Macros by which a project changes dbt itself.</summary>
    private static readonly string[] DbtsOwn =
        ["generate_schema_name", "generate_alias_name", "generate_database_name", "ref", "source", "config", "is_incremental", "should_full_refresh", "get_where_subquery", "incremental_validate_on_schema_change"];

    public static MacroSet Read(string folder, ProjectFile project, Problems problems)
    {
        var builtIn = new MacroSet();
        builtIn.Add(Template.Parse(BuiltInTests.Text, BuiltInTests.File));
        var macros = new MacroSet(builtIn);
        var definedIn = new Dictionary<string, string>();
        var files = project.MacroPaths.SelectMany(path => ProjectFiles.Under(folder, path, ".sql"))
            .Concat(project.TestPaths.SelectMany(path => ProjectFiles.Under(folder, path + "/generic", ".sql")));
        foreach (var file in files)
        {
            var text = File.ReadAllText(Path.Combine(folder, file));
            if (Foreign().Match(text) is { Success: true } foreign)
            {
                var line = 1 + text.AsSpan(0, foreign.Index).Count('\n');
                problems.Add("WEIR7004", file, line, $"'{{% {foreign.Groups["kind"].Value} %}}' is dbt's, but Weir does not run it: its materialisations are part of the program. Remove it.");
                continue;
            }

            try
            {
                var template = Template.Parse(TestEnd().Replace(TestStart().Replace(text, "${open}macro test_"), "${open}endmacro${close}"), file);
                foreach (var macro in template.Macros)
                {
                    if (DbtsOwn.Contains(macro.Name))
                        problems.Add("WEIR7004", file, macro.At.Line, $"the macro '{macro.Name}' would replace dbt's own, which Weir does not support yet. Remove or rename it.");
                    if (!definedIn.TryAdd(macro.Name, file))
                        problems.Add("WEIR7010", file, macro.At.Line, $"the macro '{macro.Name}' is defined in {definedIn[macro.Name]} too. Rename or remove one of the two.");
                }

                macros.Add(template);
            }
            catch (JinjaException wrong)
            {
                problems.Add("WEIR7006", file, wrong.Line, wrong.Message);
            }
        }

        return macros;
    }

    [GeneratedRegex(@"(?<open>\{%[-+]?\s*)(data_)?test\s+(?=\w+\s*\()")]
    private static partial Regex TestStart();

    [GeneratedRegex(@"(?<open>\{%[-+]?\s*)end(data_)?test(?<close>\s*[-+]?%\})")]
    private static partial Regex TestEnd();

    [GeneratedRegex(@"\{%[-+]?\s*(?<kind>materialization|snapshot)\s")]
    private static partial Regex Foreign();
}
