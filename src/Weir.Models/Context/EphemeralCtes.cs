using System.Text.RegularExpressions;
using Weir.Models.Project;

namespace Weir.Models.Context;

/// <summary>Puts ephemeral models in front of the SQL that reads them, as CTEs named as dbt names them.</summary>
internal static partial class EphemeralCtes
{
    public static string NameOf(Node node) => "__dbt__cte__" + node.Name;

    /// <param name="ctes">Names and SQL, each after those it reads.</param>
    public static string Prepend(string sql, IReadOnlyList<(string Name, string Sql)> ctes)
    {
        if (ctes.Count == 0)
            return sql;
        // The spaces are dbt's.
        var list = string.Join(", ", ctes.Select(cte => $" {cte.Name} as (\n{cte.Sql}\n)"));
        var rest = sql.TrimStart();
        var with = With().Match(sql);
        return with.Success
            ? $"{sql[..with.Length]} {list},{sql[with.Length..]}"
            : $"{sql[..^rest.Length]}with{list} {rest}";
    }

    /// <summary>A leading <c>with</c> or <c>with recursive</c>, after comments.</summary>
    [GeneratedRegex(@"\A(\s|--[^\n]*(\n|\z)|/\*.*?\*/)*with(\s+recursive)?\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex With();
}
