namespace Weir.Identity;

/// <summary>The error codes of identity; each has a page in <c>docs/errors/</c>.</summary>
internal static class IdentityErrors
{
    /// <summary>A rule names a table that the lake has not.</summary>
    public static WeirException NoTable(EvidenceRule rule, IEnumerable<string> tables) => new("WEIR7110",
        $"The rules of identity read ids from '{rule.Table}', and the lake has no such table; it has {string.Join(", ", tables.Order(StringComparer.Ordinal))}. Correct 'from' in identity/rules.yml, or declare the entity in weir.yml.");

    /// <summary>DuckDB cannot read an id or a time as a rule says.</summary>
    public static WeirException NotReadable(EvidenceRule rule, Exception error) => new("WEIR7111",
        $"The ids of lake.{rule.View} cannot be read as the rules of identity say: {error.Message.Split('\n')[0]} Correct the columns and expressions of '{rule.Table}' in identity/rules.yml; until then everything stays as it was.", error);

    /// <summary>A line of the splits is none.</summary>
    public static WeirException BadSplit(string file, int line, string text, string why) => new("WEIR7112",
        $"{file}, line {line}: '{text}' is no split: {why}. A line is two ids, written KIND=VALUE or as the keys that 'weir identity explain' shows, then when and why: left,right,at,reason. Nothing was changed.");

    /// <summary>Nobody is known by an id.</summary>
    public static WeirException Unknown(string id) => new("WEIR7113",
        $"No customer is known by '{id}'. Give KIND=VALUE, such as user=4711, or a customer's id; what landed since the last build is read by: weir identity run");

    /// <summary>There is nothing to split.</summary>
    public static WeirException NotOne(string left, string right) => new("WEIR7114",
        $"'{left}' and '{right}' are not one customer, so there is nothing to split, and nothing was changed. What belongs to each: weir identity explain {left}");

    /// <summary>A weak id is several people's.</summary>
    public static WeirException Shared(string id, int customers) => new("WEIR7115",
        $"'{id}' was used by {customers} customers, so it does not say who is meant, and nothing was changed. Whose it was, and when: weir identity explain {id}. Give an id of the one person.");
}
