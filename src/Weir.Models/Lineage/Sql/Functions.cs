using System.Text.RegularExpressions;
using Weir.DuckDb;

namespace Weir.Models.Lineage.Sql;

/// <summary>What must be known of functions by their names.</summary>
internal sealed class Functions
{
    private static readonly HashSet<string> TakeLambdas = new(StringComparer.OrdinalIgnoreCase)
    {
        "apply", "array_apply", "array_filter", "array_reduce", "array_transform", "filter", "list_apply", "list_filter", "list_reduce", "list_transform", "reduce",
    };

    /// <summary>Table functions whose text says what they read.</summary>
    private static readonly HashSet<string> RunText = new(StringComparer.OrdinalIgnoreCase) { "json_execute_serialized_sql", "query", "query_table" };

    private readonly HashSet<string> aggregates;
    private readonly HashSet<string> opaque;

    /// <param name="warehouse">Its macros may read tables that a query does not name.</param>
    public Functions(DuckDBConnection warehouse)
    {
        aggregates = [.. warehouse.Query("select distinct function_name from duckdb_functions() where function_type = 'aggregate'", row => row.GetString(0))];
        var macros = warehouse.Query("select function_name, macro_definition from duckdb_functions() where function_type in ('macro', 'table_macro') and not internal", row => (Name: row.GetString(0), Sql: row.GetString(1)));
        opaque = new HashSet<string>(
            macros.Where(macro => Mentions(macro.Sql, "select") || macros.Any(other => other.Name != macro.Name && Mentions(macro.Sql, other.Name))).Select(macro => macro.Name), StringComparer.OrdinalIgnoreCase);
    }

    public static bool TakesLambdas(string name) => TakeLambdas.Contains(name);

    public bool IsAggregate(string name) => aggregates.Contains(name);

    /// <summary>Why the arguments are not all that a function reads; null when they are.</summary>
    public string? Hides(string name) =>
        opaque.Contains(name) ? $"the macro {name} may read tables" : RunText.Contains(name) ? $"{name}() reads what its text says" : null;

    private static bool Mentions(string sql, string word) => Regex.IsMatch(sql, $@"\b{Regex.Escape(word)}\b", RegexOptions.IgnoreCase);
}
