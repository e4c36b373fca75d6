using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weir.Land.Fast.Contracts;

/// <summary>A value of a contract as the plain path writes it into an event.</summary>
internal sealed class WrittenValue
{
    private static readonly JsonWriterOptions Lean = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly Utf8Name text;
    private readonly JsonTokenType kind;

    public WrittenValue(JsonNode? value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Lean))
        {
            if (value is null) writer.WriteNullValue();
            else value.WriteTo(writer);
        }
        var bytes = stream.ToArray();
        kind = value?.GetValueKind() switch
        {
            null => JsonTokenType.Null,
            JsonValueKind.String => JsonTokenType.String,
            JsonValueKind.Number => JsonTokenType.Number,
            JsonValueKind.True => JsonTokenType.True,
            JsonValueKind.False => JsonTokenType.False,
            JsonValueKind.Object => JsonTokenType.StartObject,
            _ => JsonTokenType.StartArray,
        };
        text = new Utf8Name(bytes);
    }

    public void Put(EventTree tree, int at)
    {
        var isString = kind == JsonTokenType.String;
        tree.Set(at, kind, isString ? text.Bytes[1..^1] : text.Bytes);
        tree[at].IsEscaped = isString && text.Bytes.Contains((byte)'\\');
    }
}
