using System.Text.Json;

namespace Weir.Models.Lineage.Sql;

/// <summary>What DISTINCT, ORDER BY and LIMIT decide rows by. The order counts: a query around may take the first row of it.</summary>
internal sealed class Modifiers(Expressions expressions)
{
    public Origins Read(JsonElement node, Shape shape, NameScope scope) => Origins.All(node.Parts("modifiers").Select(modifier => modifier.Text("type") switch
    {
        "ORDER_MODIFIER" => Origins.All(modifier.Parts("orders").Select(order => Key(order.GetProperty("expression"), shape, scope))),
        "DISTINCT_MODIFIER" => modifier.Parts("distinct_on_targets").Any() ? Origins.All(modifier.Parts("distinct_on_targets").Select(target => Key(target, shape, scope))) : shape.Row(),
        "LIMIT_MODIFIER" or "LIMIT_PERCENT_MODIFIER" => Origins.All(new[] { modifier.Part("limit"), modifier.Part("offset") }.OfType<JsonElement>().Select(limit => expressions.Read(limit, scope))),
        var kind => Origins.Unknown($"a clause of kind {kind} is not known"),
    }));

    /// <summary>A position, ALL, a column of the result, or else an expression over the tables.</summary>
    private Origins Key(JsonElement key, Shape shape, NameScope scope)
    {
        if (key.Position() is { } position && position >= 1 && position <= shape.Columns.Count)
            return shape.Columns[position - 1].Origins;
        if (key.Text("class") == "STAR")
            return shape.Row();
        var names = key.Texts("column_names");
        return names.Count == 1 && shape.Find(names[0]) is { } column ? column : expressions.Read(key, scope);
    }
}
