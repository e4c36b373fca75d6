using System.Text.Json;

namespace Weir.Collect.Splitting;

/// <summary>Bodies of the Segment HTTP API.</summary>
internal static class SegmentSplitter
{
    /// <summary><c>{"batch":[…],"writeKey":…,"sentAt":…,"context":{…}}</c>.</summary>
    public static SplitBody SplitBatch(ReadOnlyMemory<byte> body)
    {
        var text = Json.WithoutMark(body);
        var events = new List<ReadOnlyMemory<byte>>();
        ReadOnlyMemory<byte> sentAt = default, context = default;
        string? writeKey = null;
        var hasBatch = false;
        try
        {
            var reader = new Utf8JsonReader(text.Span, Json.AnyDepth);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return SplitBody.Whole(body);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("batch"u8) && reader.Read() && reader.TokenType == JsonTokenType.StartArray)
                {
                    hasBatch = true;
                    Json.AddElements(ref reader, text, events);
                }
                else if (Is(ref reader, "writeKey"u8)) writeKey = ReadKey(ref reader) ?? writeKey;
                else if (Is(ref reader, "sentAt"u8)) sentAt = ReadNext(ref reader, text);
                else if (Is(ref reader, "context"u8)) context = ReadNext(ref reader, text);
                else reader.Skip();
            }
            reader.Read(); // throws if anything follows
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return SplitBody.Whole(body, writeKey);
        }
        // What all events of a batch depend on must be readable, or the whole batch is set aside as it came.
        if (!hasBatch || !Json.FitsEnvelope(sentAt.Span) || !Json.FitsEnvelope(context.Span)) return SplitBody.Whole(body, writeKey);
        return new(events) { WriteKey = writeKey, SentAt = sentAt, Context = context };
    }

    /// <summary>One message; the write key may be among its members, and stays there.</summary>
    public static SplitBody SplitMessage(ReadOnlyMemory<byte> body)
    {
        var text = Json.WithoutMark(body);
        string? writeKey = null;
        try
        {
            var reader = new Utf8JsonReader(text.Span, Json.AnyDepth);
            if (!reader.Read()) return SplitBody.Whole(body);
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.StartObject)
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (Is(ref reader, "writeKey"u8)) writeKey = ReadKey(ref reader) ?? writeKey;
                    else reader.Skip();
                }
            else reader.Skip();
            var message = text[start..(int)reader.BytesConsumed];
            reader.Read(); // throws if anything follows
            return new([message]) { WriteKey = writeKey };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return SplitBody.Whole(body, writeKey);
        }
    }

    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name);

    private static string? ReadKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static ReadOnlyMemory<byte> ReadNext(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        reader.Read();
        return Json.Slice(ref reader, text);
    }
}
