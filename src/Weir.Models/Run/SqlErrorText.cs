using System.Text.RegularExpressions;
using Weir.DuckDb;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Tells a person about a SQL error: the model's file and line, DuckDB's text, the compiled line with a mark under the place, and what to do.</summary>
internal static partial class SqlErrorText
{
    /// <summary>Of a longer line only the part around the mark is shown.</summary>
    private const int Shown = 160;

    /// <param name="sent">How many lines stand before the compiled SQL in what DuckDB was sent.</param>
    /// <param name="macros">The project's macros: a line that stands in no model came from one of them.</param>
    public static string Of(DuckDBException wrong, Node node, string compiled, int sent, IEnumerable<MacroPlace> macros)
    {
        var at = Line().Match(wrong.Message);
        var text = AsPublished((at.Success ? wrong.Message[..at.Index] : wrong.Message).TrimEnd());
        var lines = compiled.Split('\n');
        var number = at.Success ? int.Parse(at.Groups["number"].Value) - sent : 0;
        if (number > lines.Length)
            number = lines.Length; // the parenthesis behind the SQL: the SQL ends too early
        var advice = SqlAdvice.Of(wrong, node, compiled);
        if (number < 1)
            return $"{node.File}: WEIR7021 {text}{advice}";
        var line = lines[number - 1];
        var source = SourceLine(node, number, line);
        var macro = source > 0 ? null : MacroLine([.. macros], line);
        if (macro is { Name: { } name })
            source = LineWith(node, name, macros);
        return $"{node.File}{(source > 0 ? $":{source}" : "")}: WEIR7021 {text}\n{Excerpt(number, line, at)}{(macro is null ? "" : $"\n  written in {macro.Value.Place}")}{advice}";
    }

    /// <summary>The place and the compiled line where a model makes a column: the last line that names it.</summary>
    /// <returns>The line of the model's file, 0 when it came from elsewhere, and the line to show; null when no line names the column.</returns>
    public static (int Line, string Shown)? PlaceOf(Node node, string compiled, string column)
    {
        var lines = compiled.Split('\n');
        var at = Array.FindLastIndex(lines, line => Regex.IsMatch(line, $@"\b{Regex.Escape(column)}\b", RegexOptions.IgnoreCase));
        return at < 0 ? null : (SourceLine(node, at + 1, lines[at]), $"\n  compiled line {at + 1}: {AsPublished(lines[at]).Trim()}");
    }

    /// <summary>People know relations by the names under which they are published.</summary>
    private static string AsPublished(string text) => text.Replace(Node.AsideSuffix, "", StringComparison.Ordinal);

    /// <summary>The line, and a mark under the place that DuckDB points at, if it does.</summary>
    private static string Excerpt(int number, string line, Match at)
    {
        var said = at.Groups["said"].Value.Replace("...", "", StringComparison.Ordinal);
        var start = said.Length > 0 && at.Groups["mark"].Success ? line.IndexOf(said, StringComparison.Ordinal) : -1;
        var cut = at.Groups["said"].Value.StartsWith("...", StringComparison.Ordinal) ? 3 : 0;
        var mark = start < 0 ? -1 : start + at.Groups["mark"].Length - $"LINE {at.Groups["number"].Value}: ".Length - cut;
        if (mark < 0 || mark > line.Length)
            return $"  compiled line {number}: {AsPublished(line).Trim()}";
        var before = AsPublished(line[..mark]).TrimStart();
        var after = AsPublished(line[mark..]).TrimEnd();
        if (before.Length > Shown / 2)
            before = "…" + before[^(Shown / 2)..];
        if (after.Length > Shown / 2)
            after = after[..(Shown / 2)] + "…";
        var head = $"  compiled line {number}: ";
        return $"{head}{before}{after}\n{new string(' ', head.Length + before.Length)}^";
    }

    /// <summary>The place in a macro from which a compiled line came, where only one line of all macros fits.</summary>
    private static (string Place, string? Name)? MacroLine(IReadOnlyList<MacroPlace> macros, string compiled)
    {
        var fitting = macros.Select(macro => (macro.File, macro.Text)).Distinct()
            .SelectMany(file => file.Text.Split('\n').Select((text, index) => (text, file.File, line: index + 1)))
            .Where(raw => raw.text.Trim().Length > 0 && Matches(raw.text.Trim(), compiled.Trim())).Take(2).ToList();
        if (fitting is not [var only])
            return null;
        var macro = macros.Where(macro => macro.File == only.File && macro.Macro.At.Line <= only.line).MaxBy(macro => macro.Macro.At.Line);
        return ($"{only.File}:{only.line}", macro?.Macro.Name);
    }

    /// <summary>The line of the model from which a compiled line came: the nearest one that equals it outside its Jinja; 0 when it came from elsewhere, as from a macro.</summary>
    private static int SourceLine(Node node, int number, string compiled)
    {
        if (node.GenericTest is not null)
            return node.Line;
        return node.RawCode.Split('\n')
            .Select((text, index) => (text, line: index + 1))
            .Where(raw => raw.text.Trim().Length > 0 && Matches(raw.text.Trim(), compiled.Trim()))
            .OrderBy(raw => Math.Abs(raw.line - number)).Select(raw => raw.line).FirstOrDefault();
    }

    /// <summary>The first line of the model that calls the macro, or one that calls it in turn; 0 when none does.</summary>
    private static int LineWith(Node node, string macro, IEnumerable<MacroPlace> macros)
    {
        var calls = new HashSet<string> { macro };
        for (var known = 0; known < calls.Count;)
        {
            known = calls.Count;
            var pattern = $@"\b({string.Join('|', calls.Select(Regex.Escape))})\s*\(";
            if (node.RawCode.Split('\n').Select((text, index) => (text, line: index + 1)).FirstOrDefault(raw => Regex.IsMatch(raw.text, pattern)) is { line: > 0 and var line })
                return line;
            calls.UnionWith(macros.Where(other => Regex.IsMatch(MacroCalls.TextOf(other), pattern)).Select(other => other.Macro.Name));
        }

        return 0;
    }

    private static bool Matches(string raw, string compiled)
    {
        var literal = Jinja().Split(raw);
        return literal.Any(part => part.Trim().Length > 0) && Regex.IsMatch(compiled, "^" + string.Join(".*", literal.Select(part => Regex.Escape(part))) + "$");
    }

    [GeneratedRegex(@"\n+LINE (?<number>\d+):(?: (?<said>[^\n]*))?(?:\n(?<mark> *)\^)?")]
    private static partial Regex Line();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")]
    private static partial Regex Jinja();
}
