using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Sources;

namespace Weir.Land.Privacy;

/// <summary>Masks JSON text that was checked, as deep as it goes. First what is personal in it is collected, then it is written again without that. One instance serves one thread.</summary>
internal sealed class PayloadMask(PersonalData personal, Secrets secrets)
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = int.MaxValue };
    private static readonly JsonWriterOptions Lean = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = int.MaxValue };
    private readonly ArrayBufferWriter<byte> buffer = new();
    private bool isChanged;

    /// <summary>Notes what is personal in it.</summary>
    public void Collect(string json, Place place) => Walk(json, place, null);

    /// <summary>The text without what is personal, here or elsewhere in the event; the same instance if nothing is.</summary>
    public string Mask(string json, Place place)
    {
        buffer.ResetWrittenCount();
        isChanged = false;
        using (var writer = new Utf8JsonWriter(buffer, Lean)) Walk(json, place, writer);
        return isChanged ? Encoding.UTF8.GetString(buffer.WrittenSpan) : json;
    }

    private void Walk(string json, Place place, Utf8JsonWriter? to)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), Deep);
        reader.Read();
        Value(ref reader, place, to);
    }

    private void Value(ref Utf8JsonReader reader, Place place, Utf8JsonWriter? to)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: Object(ref reader, place, to); break;
            case JsonTokenType.StartArray: Array(ref reader, place, to); break;
            case JsonTokenType.Null: to?.WriteNullValue(); break;
            default: Scalar(ref reader, place.Kind, to); break;
        }
    }

    private void Object(ref Utf8JsonReader reader, Place place, Utf8JsonWriter? to)
    {
        to?.WriteStartObject();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var member = place.Member(name);
            reader.Read();
            if (to is not null && personal.Drops(member.Kind))
            {
                reader.Skip();
                isChanged = true;
                continue;
            }
            to?.WritePropertyName(Clean(name));
            Value(ref reader, member, to);
        }
        to?.WriteEndObject();
    }

    private void Array(ref Utf8JsonReader reader, Place place, Utf8JsonWriter? to)
    {
        to?.WriteStartArray();
        var element = place.Element();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (to is null || !personal.Drops(element.Kind)) Value(ref reader, element, to);
            else
            {
                reader.Skip();
                isChanged = true;
            }
        }
        to?.WriteEndArray();
    }

    private void Scalar(ref Utf8JsonReader reader, PersonalKind? kind, Utf8JsonWriter? to)
    {
        var isText = reader.TokenType == JsonTokenType.String;
        var text = isText ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);
        if (to is null)
        {
            if (kind is { } known && reader.TokenType is JsonTokenType.String or JsonTokenType.Number) secrets.Add(text, known);
            else if (isText) AddressQuery.Collect(text, secrets);
            return;
        }
        var clean = kind == PersonalKind.None ? text : personal.Touches(kind) && text.Length > 0 ? Changed(personal.Replace(kind!.Value, text)!) : Clean(text);
        if (isText || clean != text) to.WriteStringValue(clean);
        else to.WriteRawValue(text, skipInputValidation: true);
    }

    private string Clean(string text)
    {
        var clean = secrets.Clean(text);
        return ReferenceEquals(clean, text) ? text : Changed(clean);
    }

    private string Changed(string text)
    {
        isChanged = true;
        return text;
    }
}
