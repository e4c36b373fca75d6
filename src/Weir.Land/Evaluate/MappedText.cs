using System.Buffers;
using System.Text.Json;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>A message of another's topic as an event of Weir's own dialect, or a row: its members under the names that the source maps them to, and all others under their own.</summary>
internal static class MappedText
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1024 };

    /// <param name="text">A JSON object that was checked.</param>
    /// <param name="topic">The mapping.</param>
    /// <param name="isEvent">Whether it is an event, not a row of an entity.</param>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> text, TopicDefinition topic, bool isEvent)
    {
        using var document = JsonDocument.Parse(text, AnyDepth);
        var (row, change) = topic.Format == MessageFormat.Debezium ? DebeziumChange.Read(document.RootElement) : (document.RootElement, null);
        if (row.ValueKind != JsonValueKind.Object) return "{}"u8.ToArray(); // what is required is missing then
        var written = new HashSet<string>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var buffer = new ArrayBufferWriter<byte>(text.Length + 64);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            foreach (var (name, path) in topic.Fields)
            {
                if (Find(row, path) is not { } value && (change is null || !change.TryFind(path, out value))) continue;
                Write(json, name, value, written);
                taken.Add(path);
            }
            foreach (var (name, value) in topic.Values)
                if (written.Add(name)) json.WriteString(name, value);
            foreach (var member in row.EnumerateObject())
                if (!taken.Contains(member.Name)) Write(json, member.Name, member.Value, written);
            change?.Write(json, written, isEvent);
            json.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement value, HashSet<string> written)
    {
        if (!written.Add(name)) return;
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static JsonElement? Find(JsonElement from, string path)
    {
        foreach (var part in path.Split('.'))
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(part, out from)) return null;
        return from;
    }
}
