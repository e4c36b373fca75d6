using System.Collections.Frozen;

namespace Weir.DuckDb.Gate;

/// <summary>The kinds of nodes of DuckDB's serialised SELECT that a query may have. A kind that is not here is refused, because nobody has looked at what it can reach.</summary>
internal static class Kinds
{
    public const string TypeInfo = "_TYPE_INFO";

    public static readonly FrozenSet<string> Expressions = FrozenSet.Create(StringComparer.Ordinal,
        "BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "DEFAULT", "FUNCTION", "LAMBDA", "LAMBDA_REF",
        "OPERATOR", "PARAMETER", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "WINDOW");

    public static readonly FrozenSet<string> Others = FrozenSet.Create(StringComparer.Ordinal,
        "SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE",
        "BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EXPRESSION_LIST", "EMPTY", "PIVOT", "SHOW_REF",
        "ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER",
        "ORDER_DEFAULT", "ASCENDING", "DESCENDING");
}
