using System.Text.Json.Nodes;

namespace Weir.Models.Materialize.Changes;

/// <summary>
/// A view each of whose rows comes from one row of its one input: columns, expressions and a condition, nothing that looks at other rows. The changes of its
/// input, seen through it, are its own changes.
/// </summary>
/// <param name="Input">The input as the view names it: schema and table.</param>
internal sealed record RowWise(string Schema, string Table, JsonObject Statement)
{
    private const string Changed = "weir_input";

    /// <summary>Null when the SQL is anything else.</summary>
    public static RowWise? Of(string sql, Warehouse warehouse)
    {
        var parsed = JsonNode.Parse(warehouse.Query("select json_serialize_sql(?::varchar, skip_null := false)::varchar", row => row.GetString(0), sql).Single())!.AsObject();
        if (parsed["statements"] is not JsonArray { Count: 1 } statements || statements[0]!["node"] is not JsonObject node || Text(node, "type") != "SELECT_NODE")
            return null;
        if (node["from_table"] is not JsonObject from || Text(from, "type") != "BASE_TABLE" || from["sample"] is not null || from["at_clause"] is not null)
            return null;
        var plain = Empty(node["modifiers"]) && Empty(node["cte_map"]?["map"]) && Empty(node["group_expressions"]) && Empty(node["group_sets"])
            && node["having"] is null && node["qualify"] is null && node["sample"] is null && Text(node, "aggregate_handling") == "STANDARD_HANDLING";
        return plain && !LooksFurther(node["select_list"], warehouse.Aggregates) && !LooksFurther(node["where_clause"], warehouse.Aggregates)
            ? new RowWise(Text(from, "schema_name"), Text(from, "table_name"), parsed)
            : null;
    }

    /// <summary>The view over other rows of its input.</summary>
    public string Over(string rows, Warehouse warehouse)
    {
        var copy = Statement.DeepClone().AsObject();
        var from = copy["statements"]![0]!["node"]!["from_table"]!.AsObject();
        if (Text(from, "alias").Length == 0)
            from["alias"] = Table;
        (from["catalog_name"], from["schema_name"], from["table_name"]) = ("", "", Changed);
        return $"with {Changed} as ({rows}) {warehouse.Query("select json_deserialize_sql(?::json)", row => row.GetString(0), copy.ToJsonString()).Single()}";
    }

    private static bool LooksFurther(JsonNode? node, IReadOnlySet<string> aggregates) => node switch
    {
        JsonObject map => Text(map, "class") is "WINDOW" or "SUBQUERY"
            || (Text(map, "class") == "FUNCTION" && aggregates.Contains(Text(map, "function_name")))
            || map.Any(pair => LooksFurther(pair.Value, aggregates)),
        JsonArray list => list.Any(item => LooksFurther(item, aggregates)),
        _ => false,
    };

    private static bool Empty(JsonNode? node) => node is null or JsonArray { Count: 0 };

    private static string Text(JsonObject map, string key) => map[key] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
