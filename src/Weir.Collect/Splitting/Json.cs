using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Weir.Collect.Splitting;

/// <summary>Finding JSON values in a body without changing a byte of them.</summary>
internal static class Json
{
    /// <summary>Depth costs a bit a level, and the body is bounded: one deeply nested event must not spoil its batch. Land has the limit.</summary>
    public static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>The body without a byte order mark.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) =>
        body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    /// <summary>The value at which the reader stands, to its end.</summary>
    public static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    /// <summary>The elements of an array, which <see cref="IsOneValue"/> found whole.</summary>
    /// <exception cref="WeirException">WEIR3002: too many.</exception>
    public static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> array)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(array.Span, AnyDepth);
        reader.Read();
        AddElements(ref reader, array, events);
        return events;
    }

    /// <summary>The elements of the array at which the reader stands.</summary>
    /// <exception cref="WeirException">WEIR3002: too many.</exception>
    public static void AddElements(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, List<ReadOnlyMemory<byte>> events)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (events.Count == SplitBody.MaxEvents) throw CollectErrors.TooManyEvents(SplitBody.MaxEvents);
            events.Add(Slice(ref reader, body));
        }
    }

    /// <summary>Whether these bytes are one JSON value and nothing else; <paramref name="value"/> is it without the white space around.</summary>
    public static bool IsOneValue(ReadOnlyMemory<byte> bytes, out ReadOnlyMemory<byte> value)
    {
        value = default;
        try
        {
            var reader = new Utf8JsonReader(bytes.Span, AnyDepth);
            if (!reader.Read()) return false;
            value = Slice(ref reader, bytes);
            return !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A text somewhere in an object, by the names on the way; null: there is none, or the bytes are not JSON up to it.</summary>
    public static string? FindText(ReadOnlySpan<byte> json, params ReadOnlySpan<string> path)
    {
        try
        {
            var reader = new Utf8JsonReader(json, AnyDepth);
            var found = 0;
            while (reader.Read() && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.PropertyName)
            {
                if (reader.TokenType == JsonTokenType.StartObject) continue;
                var isNext = reader.ValueTextEquals(path[found]);
                if (!isNext) reader.Skip();
                else if (++found == path.Length) return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // What is wrong with it is said when it lands.
        }
        return null;
    }

    /// <summary>An object of members as they stand.</summary>
    public static ReadOnlyMemory<byte> Object(IReadOnlyList<ReadOnlyMemory<byte>> members)
    {
        var buffer = new ArrayBufferWriter<byte>(members.Sum(m => m.Length + 1) + 2);
        for (var i = 0; i < members.Count; i++)
        {
            buffer.Write(i == 0 ? "{"u8 : ","u8);
            buffer.Write(members[i].Span);
        }
        buffer.Write("}"u8);
        return buffer.WrittenMemory;
    }

    /// <summary>Whether a value can stand in the envelope, which every event of the batch depends on: UTF-8, and not deep.</summary>
    public static bool FitsEnvelope(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return true; // there is none
        if (!Utf8.IsValid(value)) return false;
        try
        {
            var reader = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = 32 });
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
