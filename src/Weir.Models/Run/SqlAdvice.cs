using System.Text.RegularExpressions;
using Weir.DuckDb;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>What to do about a SQL error, a line of its own; nothing where DuckDB says it itself.</summary>
internal static partial class SqlAdvice
{
    private static readonly string[] Settings = ["unique_key", "event_time", "updated_at", "check_cols", "merge_update_columns", "merge_exclude_columns", "incremental_predicates"];

    public static string Of(DuckDBException wrong, Node node, string compiled)
    {
        var advice = wrong.ErrorType switch
        {
            DuckDBErrorType.Parser or DuckDBErrorType.Syntax => OfSyntax(node, compiled.Trim()),
            DuckDBErrorType.Catalog when wrong.Message.Contains("Function", StringComparison.Ordinal) => "Look for a misspelt function, or one that DuckDB has under another name; a macro of the project is called in {{ }}.",
            DuckDBErrorType.Catalog => "Read other models with {{ ref('…') }} and raw tables with {{ source('…', '…') }}: then the build makes them first.",
            DuckDBErrorType.Binder when wrong.Message.Contains("GROUP BY", StringComparison.Ordinal) => "",
            DuckDBErrorType.Binder when NamedBy(wrong.Message, node, compiled) is { } setting => setting,
            DuckDBErrorType.Binder => "Compare the names and types with the columns of what it reads.",
            DuckDBErrorType.Conversion => "Find the value, or use try_cast(…) to make it null.",
            DuckDBErrorType.OutOfMemory => "Aggregate earlier, or give the warehouse more memory.",
            _ => "Run the compiled SQL by hand with `weir query` to look closer.",
        };
        return advice.Length == 0 ? "" : "\n  " + advice;
    }

    /// <summary>A column that only a setting names.</summary>
    private static string? NamedBy(string message, Node node, string compiled)
    {
        var column = Column().Match(message).Groups["name"].Value;
        if (column.Length == 0 || compiled.Contains(column, StringComparison.OrdinalIgnoreCase))
            return null;
        var key = Settings.FirstOrDefault(key => node.Config.Texts(key).Any(text => text.Contains(column, StringComparison.OrdinalIgnoreCase)));
        return key is null ? null : $"'{column}' is what '{key}' names{(node.Config.Find(key) is { Line: > 0 } setting ? $" ({setting.File}:{setting.Line})" : "")}, and the model returns no such column.";
    }

    [GeneratedRegex("column \"(?<name>[^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex Column();

    private static string OfSyntax(Node node, string compiled)
    {
        var what = node.IsTest ? "A test" : "A model";
        return compiled.Length == 0 ? $"{what} is one SELECT, and nothing is left of this one once its template is run."
            : compiled.Contains(';', StringComparison.Ordinal) ? $"{what} is one SELECT without a semicolon at its end."
            : "Look at the mark and just before it: a comma or bracket too many or too few, an expression left empty, or a reserved word used as a name (write it \"so\").";
    }
}
