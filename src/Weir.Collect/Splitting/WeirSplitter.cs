namespace Weir.Collect.Splitting;

/// <summary>Bodies of <c>/v1/events</c>: a JSON array, one object, or lines (NDJSON).</summary>
internal static class WeirSplitter
{
    /// <param name="body">The body.</param>
    /// <param name="lines">Whether the content type says that it is lines.</param>
    public static SplitBody Split(ReadOnlyMemory<byte> body, bool lines)
    {
        var text = Json.WithoutMark(body);
        if (lines) return new(Lines(text));
        if (Json.IsOneValue(text, out var value))
            return value.Span[0] == (byte)'[' ? new(Json.Elements(value)) : new([value]);
        // Not one value: lines, if any of them is an object by itself; a broken text of one object has no such line.
        var parts = Lines(text);
        return parts.Count > 1 && parts.Any(IsObject) ? new(parts) : SplitBody.Whole(body);
    }

    private static bool IsObject(ReadOnlyMemory<byte> line) => Json.IsOneValue(line, out var value) && value.Span[0] == (byte)'{';

    /// <summary>Every line without its end, empty ones too: each is an event. The end of the last line does not begin another.</summary>
    private static List<ReadOnlyMemory<byte>> Lines(ReadOnlyMemory<byte> text)
    {
        var events = new List<ReadOnlyMemory<byte>>();
        while (!text.IsEmpty)
        {
            if (events.Count == SplitBody.MaxEvents) throw CollectErrors.TooManyEvents(SplitBody.MaxEvents);
            var end = text.Span.IndexOf((byte)'\n');
            var line = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            events.Add(line.Span.EndsWith("\r"u8) ? line[..^1] : line);
        }
        return events;
    }
}
