using System.Collections.Immutable;
using System.Text.Json;

namespace Weir.DuckDb.Gate;

/// <summary>
/// Walks the whole serialised tree, every object of it, and refuses what is not known to be harmless. Nothing is skipped: a subquery in a LIMIT, in a window's frame
/// or in an argument is met like any other. A stack of its own instead of recursion: a person's text must not be able to exhaust the thread's.
/// </summary>
internal sealed class TreeCheck(Names names)
{
    private readonly Stack<(JsonElement Node, ImmutableHashSet<string> Ctes)> waiting = new();

    public void Check(JsonElement root)
    {
        Push(root, ImmutableHashSet.Create<string>(StringComparer.Ordinal));
        while (waiting.TryPop(out var next))
        {
            if (next.Node.ValueKind == JsonValueKind.Array)
                foreach (var item in next.Node.EnumerateArray()) Push(item, next.Ctes);
            else
                CheckObject(next.Node, next.Ctes);
        }
    }

    private void CheckObject(JsonElement node, ImmutableHashSet<string> ctes)
    {
        var kind = Text(node, "type");
        if (node.TryGetProperty("class", out var expression))
        {
            CheckExpression(node, expression.GetString() ?? "");
        }
        else if (kind.EndsWith(Kinds.TypeInfo, StringComparison.Ordinal))
        {
            if (kind == "UNBOUND_TYPE_INFO") names.CheckType(Text(node, "name"));
        }
        else if (kind.Length > 0)
        {
            if (!Kinds.Others.Contains(kind)) throw Refusals.Unknown($"a part of kind {kind}");
            if (kind == "BASE_TABLE") CheckTable(node, ctes);
            if (kind == "SHOW_REF") CheckShow(node);
            if (kind == "TABLE_FUNCTION")
            {
                PushTableFunction(node, ctes);
                return;
            }
        }

        var inner = PushCtes(node, ctes);
        // The right side of a recursive CTE sees it; the left does not, and there the name is a table's.
        var recursive = kind == "RECURSIVE_CTE_NODE" ? Ascii.Lower(Text(node, "cte_name")) : null;
        foreach (var property in node.EnumerateObject())
        {
            if (property.Name == "cte_map") continue;
            Push(property.Value, recursive is not null && property.Name == "right" ? inner.Add(recursive).Add($"recurring.{recursive}") : inner);
        }
    }

    private static void CheckExpression(JsonElement node, string kind)
    {
        if (!Kinds.Expressions.Contains(kind)) throw Refusals.Unknown($"an expression of kind {kind}");
        if (kind == "PARAMETER") throw Refusals.Parameter(Text(node, "identifier"));
        if (kind is "FUNCTION" or "WINDOW") Functions.Check(Text(node, "function_name"));
    }

    private void CheckTable(JsonElement node, ImmutableHashSet<string> ctes)
    {
        var (catalog, schema, table) = (Text(node, "catalog_name"), Text(node, "schema_name"), Text(node, "table_name"));
        var isCte = catalog.Length == 0 && (schema.Length == 0 ? ctes.Contains(Ascii.Lower(table)) : Ascii.Lower(schema) == "recurring" && ctes.Contains($"recurring.{Ascii.Lower(table)}"));
        if (!isCte) names.CheckTable(catalog, schema, table);
    }

    /// <summary>SHOW and DESCRIBE of a query or table come with it as a child; of the rest, those that list tables.</summary>
    private static void CheckShow(JsonElement node)
    {
        var what = Text(node, "table_name").Trim('"');
        if (what is not ("" or "tables" or "schemas" or "databases" or "__show_tables_expanded")) throw Refusals.EngineTable($"show {what}");
    }

    private void PushTableFunction(JsonElement node, ImmutableHashSet<string> ctes)
    {
        foreach (var property in node.EnumerateObject())
        {
            if (property.Name != "function" || Text(property.Value, "class") != "FUNCTION")
            {
                Push(property.Value, ctes);
                continue;
            }
            Functions.CheckTable(Text(property.Value, "function_name"));
            foreach (var part in property.Value.EnumerateObject()) Push(part.Value, ctes);
        }
    }

    /// <summary>A CTE sees those before it; the query below sees all.</summary>
    private ImmutableHashSet<string> PushCtes(JsonElement node, ImmutableHashSet<string> ctes)
    {
        if (!node.TryGetProperty("cte_map", out var map)) return ctes;
        foreach (var entry in map.GetProperty("map").EnumerateArray())
        {
            var name = Text(entry, "key");
            if (name.IndexOfAny(['.', '/', '\\', ':', '*']) >= 0) throw Refusals.File(name); // where a name could be taken for a file's, no scope is worth the risk
            Push(entry.GetProperty("value"), ctes);
            ctes = ctes.Add(Ascii.Lower(name));
        }
        return ctes;
    }

    private void Push(JsonElement node, ImmutableHashSet<string> ctes)
    {
        if (node.ValueKind is JsonValueKind.Object or JsonValueKind.Array) waiting.Push((node, ctes));
    }

    private static string Text(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
