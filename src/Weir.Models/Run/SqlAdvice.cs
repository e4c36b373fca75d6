using Weir.DuckDb;
using Weir.Models.Project;

namespace Weir.Models.Run;

/// <summary>What to do about a SQL error, a line of its own; nothing where DuckDB says it itself.</summary>
internal static class SqlAdvice
{
    public static string Of(DuckDBException wrong, Node node, string compiled)
    {
        var advice = wrong.ErrorType switch
        {
            DuckDBErrorType.Parser or DuckDBErrorType.Syntax => OfSyntax(node, compiled.Trim()),
            DuckDBErrorType.Catalog when wrong.Message.Contains("Function", StringComparison.Ordinal) => "Look for a misspelt function, or one that DuckDB has under another name; a macro of the project is called in {{ }}.",
            DuckDBErrorType.Catalog => "Read other models with {{ ref('…') }} and raw tables with {{ source('…', '…') }}: then the build makes them first.",
            DuckDBErrorType.Binder when wrong.Message.Contains("GROUP BY", StringComparison.Ordinal) => "",
            DuckDBErrorType.Binder => "Compare the names and types with the columns of what it reads.",
            DuckDBErrorType.Conversion => "Find the value, or use try_cast(…) to make it null.",
            DuckDBErrorType.OutOfMemory => "Aggregate earlier, or give the warehouse more memory.",
            _ => "Run the compiled SQL by hand with `weir query` to look closer.",
        };
        return advice.Length == 0 ? "" : "\n  " + advice;
    }

    private static string OfSyntax(Node node, string compiled)
    {
        var what = node.IsTest ? "A test" : "A model";
        return compiled.Length == 0 ? $"{what} is one SELECT, and nothing is left of this one once its template is run."
            : compiled.Contains(';', StringComparison.Ordinal) ? $"{what} is one SELECT without a semicolon at its end."
            : "Look at the mark and just before it: a comma or bracket too many or too few, an expression left empty, or a reserved word used as a name (write it \"so\").";
    }
}
