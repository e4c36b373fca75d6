using System.Text.Json;

namespace Weir.Land.Evaluate;

/// <summary>What Debezium says of a changed row beside the row. It goes with it under the names that Debezium's own unwrapping gives: <c>__op</c>, <c>__deleted</c>, <c>__table</c>, <c>__ts_ms</c>.</summary>
internal sealed class DebeziumChange
{
    private readonly string operation, table;
    private readonly JsonElement envelope;
    private readonly JsonElement? at;

    private DebeziumChange(JsonElement envelope, string operation, string table, JsonElement? at) =>
        (this.envelope, this.operation, this.table, this.at) = (envelope, operation, table, at);

    /// <summary>The row as it is now, or, if it was deleted, as it was.</summary>
    public static (JsonElement Row, DebeziumChange Change) Read(JsonElement message)
    {
        var envelope = message.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object ? payload : message;
        var row = envelope.TryGetProperty("after", out var after) && after.ValueKind == JsonValueKind.Object ? after : envelope.TryGetProperty("before", out var before) ? before : default;
        var source = envelope.TryGetProperty("source", out var s) && s.ValueKind == JsonValueKind.Object ? s : default;
        var at = source.ValueKind == JsonValueKind.Object && source.TryGetProperty("ts_ms", out var changed) && changed.ValueKind == JsonValueKind.Number ? changed
            : envelope.TryGetProperty("ts_ms", out var told) && told.ValueKind == JsonValueKind.Number ? told : (JsonElement?)null;
        return (row, new DebeziumChange(envelope, Text(envelope, "op"), source.ValueKind == JsonValueKind.Object ? Text(source, "table") : "", at));
    }

    /// <summary>What a path finds outside of the row: <c>source.lsn</c>, <c>op</c>.</summary>
    public bool TryFind(string path, out JsonElement found)
    {
        found = envelope;
        foreach (var part in path.Split('.'))
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(part, out found)) return false;
        return true;
    }

    /// <param name="json">Writes the event or row.</param>
    /// <param name="written">The names that it has.</param>
    /// <param name="isEvent">An event has a name and a time: <c>orders created</c>, when the row was changed.</param>
    public void Write(Utf8JsonWriter json, HashSet<string> written, bool isEvent)
    {
        if (isEvent && written.Add("event") && table.Length > 0) json.WriteString("event", $"{table} {Verb}");
        if (at is { } time)
        {
            if (isEvent && written.Add("timestamp")) Raw(json, "timestamp", time);
            if (written.Add("__ts_ms")) Raw(json, "__ts_ms", time);
        }
        if (written.Add("__op")) json.WriteString("__op", operation);
        if (written.Add("__table")) json.WriteString("__table", table);
        if (written.Add("__deleted")) json.WriteBoolean("__deleted", operation == "d");
    }

    private string Verb => operation switch { "c" => "created", "u" => "updated", "d" => "deleted", "r" => "read", _ => "changed" };

    private static void Raw(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
