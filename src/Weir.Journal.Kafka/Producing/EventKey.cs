using System.Buffers;
using System.Text.Json;
using Weir.Events;

namespace Weir.Journal.Kafka.Producing;

/// <summary>The key of an event's message: its id as sent, so that its copies meet in one partition; without one, the event itself.</summary>
internal static class EventKey
{
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = 1024 };

    /// <param name="dialect">The event's dialect.</param>
    /// <param name="text">The event.</param>
    /// <param name="declared">The members that a source declares as its id; none: the dialect's own.</param>
    public static byte[] Of(string dialect, ReadOnlyMemory<byte> text, IReadOnlyList<string> declared)
    {
        try
        {
            if (declared.Count > 0) return Declared(text.Span, declared) ?? text.ToArray();
            return NameOf(dialect) is { } name && Find(text.Span, name) is { Length: > 0 } id ? id : text.ToArray();
        }
        catch (JsonException)
        {
            return text.ToArray(); // it will be quarantined, wherever it lies
        }
    }

    private static string? NameOf(string dialect) => dialect switch
    {
        Dialects.Weir => "event_id",
        Dialects.Segment => "messageId",
        Dialects.PostHog => "uuid",
        Dialects.Snowplow => "eid",
        _ => null,
    };

    private static byte[]? Find(ReadOnlySpan<byte> text, string name)
    {
        var reader = new Utf8JsonReader(text, AnyDepth);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            if (!isIt)
            {
                reader.Skip();
                continue;
            }
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) return null;
            return Canonical(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan.ToArray());
        }
        return null;
    }

    /// <summary>A UUID's letters may be sent either way.</summary>
    private static byte[] Canonical(byte[] id)
    {
        if (id.Length == 36 && System.Buffers.Text.Utf8Parser.TryParse(id, out Guid _, out var used) && used == id.Length)
            for (var i = 0; i < id.Length; i++)
                if (id[i] is >= (byte)'A' and <= (byte)'F') id[i] |= 0x20;
        return id;
    }

    private static byte[]? Declared(ReadOnlySpan<byte> text, IReadOnlyList<string> names)
    {
        var key = new ArrayBufferWriter<byte>();
        foreach (var name in names)
        {
            if (Find(text, name) is not { } part) return null;
            key.Write(part);
            key.Write("\n"u8);
        }
        return key.WrittenSpan.ToArray();
    }
}
