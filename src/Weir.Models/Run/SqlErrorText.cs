using System.Text.RegularExpressions;
using Weir.DuckDb;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>Tells a person about a SQL error: the model's file and line, DuckDB's text, the compiled line and what to do.</summary>
internal static partial class SqlErrorText
{
    /// <param name="sent">How many lines stand before the compiled SQL in what DuckDB was sent.</param>
    /// <param name="macros">The project's macro files: a line that stands in no model came from one of them.</param>
    public static string Of(DuckDBException wrong, Node node, string compiled, int sent, IEnumerable<(string File, string Text)> macros)
    {
        var at = Line().Match(wrong.Message);
        var text = (at.Success ? wrong.Message[..at.Index] : wrong.Message).TrimEnd();
        var lines = compiled.Split('\n');
        var number = at.Success ? int.Parse(at.Groups["number"].Value) - sent : 0;
        if (number > lines.Length)
            number = lines.Length; // the parenthesis behind the SQL: the SQL ends too early
        if (number < 1)
            return $"{node.File}: WEIR7021 {text}\n  {WhatToDo(wrong, node)}";
        var source = SourceLine(node, number, lines[number - 1]);
        var macro = source > 0 ? null : MacroLine(macros, lines[number - 1]);
        return $"{node.File}{(source > 0 ? $":{source}" : "")}: WEIR7021 {text}\n  compiled line {number}: {lines[number - 1].Trim()}{(macro is null ? "" : $"\n  written in {macro}")}\n  {WhatToDo(wrong, node)}";
    }

    /// <summary>The place in a macro from which a compiled line came, where only one line of all macros fits.</summary>
    private static string? MacroLine(IEnumerable<(string File, string Text)> macros, string compiled)
    {
        var fitting = macros.SelectMany(macro => macro.Text.Split('\n').Select((text, index) => (text, place: $"{macro.File}:{index + 1}")))
            .Where(raw => raw.text.Trim().Length > 0 && Matches(raw.text.Trim(), compiled.Trim())).Take(2).ToList();
        return fitting is [var only] ? only.place : null;
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

    private static bool Matches(string raw, string compiled)
    {
        var literal = Jinja().Split(raw);
        return literal.Any(part => part.Trim().Length > 0) && Regex.IsMatch(compiled, "^" + string.Join(".*", literal.Select(part => Regex.Escape(part))) + "$");
    }

    private static string WhatToDo(DuckDBException wrong, Node node) => wrong.ErrorType switch
    {
        DuckDBErrorType.Parser or DuckDBErrorType.Syntax => node.IsTest
            ? "A test is one SELECT without a semicolon; the rows it returns are the failures."
            : "A model is one SELECT without a semicolon at its end.",
        DuckDBErrorType.Catalog => "Read other models with {{ ref('…') }} and raw tables with {{ source('…', '…') }}: then the build makes them first.",
        DuckDBErrorType.Binder => "Compare the names and types with the columns of what it reads.",
        DuckDBErrorType.Conversion => "Find the value, or use try_cast(…) to make it null.",
        DuckDBErrorType.OutOfMemory => "Aggregate earlier, or give the warehouse more memory.",
        _ => "Run the compiled SQL by hand with `weir query` to look closer.",
    };

    [GeneratedRegex(@"\n+LINE (?<number>\d+):")]
    private static partial Regex Line();

    [GeneratedRegex(@"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")]
    private static partial Regex Jinja();
}
