using System.Text.Json;
using System.Text.RegularExpressions;

namespace Weir.Models.Lineage.Sql;

/// <summary>For which columns <c>*</c>, <c>t.*</c>, <c>* LIKE '…'</c> and <c>COLUMNS(…)</c> stand.</summary>
internal static class StarColumns
{
    /// <summary>The table of a star, or all of FROM; null when its name is no table's.</summary>
    public static Shape? Source(JsonElement star, NameScope scope) =>
        star.Text("relation_name") is { Length: > 0 } name ? scope.StarOf([name]) : scope.From.AsShape();

    /// <summary>Without those of EXCLUDE.</summary>
    public static IEnumerable<Column> Kept(JsonElement star, Shape source)
    {
        var out_ = star.Texts("exclude_list").Concat(star.Parts("qualified_exclude_list").Select(name => name.Text("column"))).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return source.Columns.Where(column => column.Name is null || !out_.Contains(column.Name));
    }

    /// <summary><c>* LIKE '…'</c>.</summary>
    public static bool IsPattern(JsonElement item) =>
        item.Text("class") == "FUNCTION" && item.Flag("is_operator") && item.Parts("children").FirstOrDefault() is { ValueKind: JsonValueKind.Object } first && first.Text("class") == "STAR" && !first.Flag("columns");

    /// <summary>The COLUMNS(…) in an expression, or the star before LIKE; null when there is none.</summary>
    public static JsonElement? Find(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.Object && IsPattern(part))
            return part.Parts("children").First();
        if (part.ValueKind == JsonValueKind.Object && part.Text("class") == "STAR" && part.Flag("columns"))
            return part;
        if (part.ValueKind == JsonValueKind.Object && part.Text("class") == "SUBQUERY")
            return null;
        var inner = part.ValueKind switch
        {
            JsonValueKind.Array => part.EnumerateArray().Select(Find),
            JsonValueKind.Object => part.EnumerateObject().Select(property => Find(property.Value)),
            _ => [],
        };
        return inner.FirstOrDefault(found => found is not null);
    }

    /// <summary>Those that it stands for; null when only running it would tell.</summary>
    public static IReadOnlyList<Column>? Chosen(JsonElement item, JsonElement star, Shape source)
    {
        var all = Kept(star, source).ToList();
        if (IsPattern(item))
            return Like(item) is { } like ? all.FindAll(column => column.Name is not null && like(column.Name)) : null;
        if (star.Part("expr") is not { } expression)
            return all;
        if (expression.Constant() is { } pattern)
            return all.FindAll(column => column.Name is not null && Regex.IsMatch(column.Name, pattern));
        if (expression.Text("function_name") != "list_value" || expression.Parts("children").Any(name => name.Constant() is null))
            return null;
        return [.. expression.Parts("children").SelectMany(name => all.Where(column => column.Is(name.Constant()!)))];
    }

    private static Predicate<string>? Like(JsonElement item)
    {
        if (item.Parts("children").Last().Constant() is not { } pattern)
            return null;
        var regex = new Regex("^" + Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal) + "$", RegexOptions.Singleline);
        return item.Text("function_name") switch { "~~" => regex.IsMatch, "!~~" => name => !regex.IsMatch(name), _ => null };
    }
}
