using System.Text;
using System.Text.Json;

namespace Weir.Land.Evaluate;

/// <summary>The elements of a JSON array that was checked; none where it is no array.</summary>
internal static class JsonElements
{
    public static IReadOnlyList<JsonValue> Of(JsonValue array)
    {
        if (array.Kind != JsonTokenType.StartArray) return [];
        var elements = new List<JsonValue>();
        var reader = new Utf8JsonReader(array.Text.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var (start, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            elements.Add(new JsonValue(array.Text[start..(int)reader.BytesConsumed], kind));
        }
        return elements;
    }

    /// <summary>The only object of an array; an object without members if there is none, or several: then nobody can say which is meant.</summary>
    public static JsonMembers OnlyObject(JsonMembers parent, string name) =>
        Of(parent[name]) is [{ Kind: JsonTokenType.StartObject } only] ? JsonMembers.Read(only.Text, $"{parent.Path}.{name}[0]") : JsonMembers.None;

    /// <summary>A member of our own making.</summary>
    public static JsonMember Member(string name, string value) =>
        new(name, Encoding.UTF8.GetBytes($"\"{name}\""), new JsonValue(JsonSerializer.SerializeToUtf8Bytes(value), JsonTokenType.String));
}
