using System.Text;
using System.Text.Json;

namespace Weir.Land.Evaluate;

/// <summary>A JSON value that was checked: its text as sent, and its kind (Undefined: the member is absent or null).</summary>
internal readonly record struct JsonValue(ReadOnlyMemory<byte> Text, JsonTokenType Kind)
{
    public bool IsAbsent => Kind is JsonTokenType.None or JsonTokenType.Null;

    /// <summary>A string without quotes and escapes.</summary>
    public string GetString()
    {
        var reader = new Utf8JsonReader(Text.Span);
        reader.Read();
        return reader.GetString()!;
    }

    /// <summary>The text as sent.</summary>
    public string GetText() => Encoding.UTF8.GetString(Text.Span);
}

/// <summary>One member: its name, its name as sent (with quotes), its value.</summary>
internal readonly record struct JsonMember(string Name, ReadOnlyMemory<byte> NameText, JsonValue Value);

/// <summary>The members of one JSON object that was checked, in the order sent; what they hold is left as text.</summary>
internal sealed class JsonMembers(string path, ReadOnlyMemory<byte> text, IReadOnlyList<JsonMember> all)
{
    /// <summary>An object without members.</summary>
    public static JsonMembers None { get; } = new("$", "{}"u8.ToArray(), []);

    public string Path => path;

    public ReadOnlyMemory<byte> Text => text;

    public IReadOnlyList<JsonMember> All => all;

    /// <summary>A member's value; absent if there is none.</summary>
    public JsonValue this[string name]
    {
        get
        {
            foreach (var member in all)
                if (member.Name == name) return member.Value;
            return default;
        }
    }

    /// <summary>Reads an object's members.</summary>
    public static JsonMembers Read(ReadOnlyMemory<byte> text, string path)
    {
        var members = new List<JsonMember>();
        var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            // The token itself is without quotes; what was consumed ends with the colon.
            var nameText = text.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + 2);
            reader.Read();
            var (start, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            members.Add(new JsonMember(name, nameText, new JsonValue(text[start..(int)reader.BytesConsumed], kind)));
        }
        return new JsonMembers(path, text, members);
    }
}
