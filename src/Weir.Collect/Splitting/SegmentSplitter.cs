using System.Text.Json;

namespace Weir.Collect.Splitting;

/// <summary>Bodies of the Segment HTTP API that are one message.</summary>
internal static class SegmentSplitter
{
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
                    if (reader.ValueTextEquals("writeKey"u8)) writeKey = ReadKey(ref reader) ?? writeKey;
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

    private static string? ReadKey(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }
}
