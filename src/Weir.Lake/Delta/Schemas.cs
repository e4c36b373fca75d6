using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Lake.Delta;

/// <summary>A table's columns as Delta's schema JSON, and back.</summary>
internal static class Schemas
{
    /// <summary>The configuration entry that holds an entity's key, comma-separated; empty for an entity without one.</summary>
    public const string KeySetting = "weir.key";

    public static string Write(TableDefinition definition)
    {
        var fields = definition.Columns.Select(c => (JsonNode)new JsonObject
        {
            ["name"] = c.Name, ["type"] = DeltaType(c), ["nullable"] = true, ["metadata"] = new JsonObject(),
        });
        return new JsonObject { ["type"] = "struct", ["fields"] = new JsonArray([.. fields]) }.ToJsonString();
    }

    public static IReadOnlyDictionary<string, string?> Settings(TableDefinition definition) =>
        definition.Key is { } key ? new Dictionary<string, string?> { [KeySetting] = string.Join(",", key) } : new Dictionary<string, string?>();

    public static TableDefinition Read(string table, Metadata metadata)
    {
        using var schema = JsonDocument.Parse(metadata.SchemaString);
        var columns = schema.RootElement.GetProperty("fields").EnumerateArray()
            .Select(f => new LakeColumn(f.GetProperty("name").GetString()!, SqlType(table, f.GetProperty("name").GetString()!, f.GetProperty("type")))).ToList();
        var key = metadata.Configuration.TryGetValue(KeySetting, out var text) && text is not null ? text.Split(',', StringSplitOptions.RemoveEmptyEntries) : null;
        return new TableDefinition(table, columns, metadata.PartitionColumns, key);
    }

    private static string DeltaType(LakeColumn column) => column.SqlType.ToUpperInvariant() switch
    {
        "VARCHAR" => "string",
        "INTEGER" => "integer",
        "BIGINT" => "long",
        "DOUBLE" => "double",
        "BOOLEAN" => "boolean",
        "DATE" => "date",
        "TIMESTAMP WITH TIME ZONE" or "TIMESTAMPTZ" => "timestamp",
        "BLOB" => "binary",
        var t when t.StartsWith("DECIMAL(", StringComparison.Ordinal) => t.ToLowerInvariant().Replace(" ", ""),
        _ => throw new ArgumentException($"The column '{column.Name}' has the type {column.SqlType}, which the lake does not store.", nameof(column)),
    };

    private static string SqlType(string table, string column, JsonElement type) => (type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
    {
        "string" => "VARCHAR",
        "integer" => "INTEGER",
        "long" => "BIGINT",
        "double" => "DOUBLE",
        "boolean" => "BOOLEAN",
        "date" => "DATE",
        "timestamp" => "TIMESTAMP WITH TIME ZONE",
        "binary" => "BLOB",
        { } t when t.StartsWith("decimal(", StringComparison.Ordinal) => t.ToUpperInvariant(),
        _ => throw new WeirException(LakeErrors.SchemaConflict,
            $"The lake's table '{table}' has a column '{column}' of the Delta type {type.GetRawText()}, which Weir does not write: another program changed the table. Undo that there."),
    };
}
