using System.Text;
using System.Text.Json;

namespace Weir.Land.Contracts.Reading;

/// <summary>One JSON file of the project, and where in it something stands. What is wrong with it is noted, so that all mistakes come at once.</summary>
/// <param name="name">Its path in the project, with <c>/</c>.</param>
/// <param name="bytes">Its content.</param>
/// <param name="mistakes">Receives what is wrong, each as <c>file:line:column: what</c>.</param>
internal sealed class SourceFile(string name, ReadOnlyMemory<byte> bytes, List<string> mistakes)
{
    private const int MaxDepth = 64;

    public string Name => name;

    /// <summary>Reads it; null: it is not JSON.</summary>
    public SourceValue? Parse()
    {
        var text = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        var start = bytes.Length - text.Length;
        var reader = new Utf8JsonReader(text.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var value = Read(ref reader, text, start);
            reader.Read(); // throws if anything follows
            return value;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            var json = e as JsonException;
            mistakes.Add($"{name}:{(json?.LineNumber ?? 0) + 1}:{(json?.BytePositionInLine ?? 0) + 1}: is not JSON (RFC 8259, UTF-8, at most {MaxDepth} levels)");
            return null;
        }
    }

    public void Mistake(int offset, string what) => mistakes.Add($"{PlaceOf(offset)}: {what}");

    /// <summary>File, line and column, as editors take it.</summary>
    public string PlaceOf(int offset)
    {
        var before = bytes.Span[..offset];
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return $"{name}:{line}:{column}";
    }

    private SourceValue Read(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text, int start)
    {
        var (begin, kind) = ((int)reader.TokenStartIndex, reader.TokenType);
        List<SourceMember> members = [];
        List<SourceValue> items = [];
        if (kind == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (member, offset) = (reader.GetString()!, start + (int)reader.TokenStartIndex);
                if (members.Exists(m => m.Name == member)) Mistake(offset, $"'{member}' stands twice in one object; keep one");
                reader.Read();
                members.Add(new SourceMember(member, offset, Read(ref reader, text, start)));
            }
        }
        else if (kind == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Read(ref reader, text, start));
        }
        return new SourceValue(this, start + begin, kind, text[begin..(int)reader.BytesConsumed], members, items);
    }
}
