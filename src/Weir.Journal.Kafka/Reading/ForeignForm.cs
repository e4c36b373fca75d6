using System.Buffers;
using System.Text;
using System.Text.Json;
using Weir.Events;
using Weir.Journal.Kafka.Reading.Native;

namespace Weir.Journal.Kafka.Reading;

/// <summary>
/// Messages of others: the value is the event, in a declared dialect. Key and headers are kept in the event's context, under <c>kafka</c>; those that are no text in base 64.
/// </summary>
internal sealed class ForeignForm(SourceTopic topic) : IMessageForm
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ArrayBufferWriter<byte> buffer = new();
    private byte[] last = [];

    /// <summary>A message without a value says of its key that it is gone, and nothing else.</summary>
    public MessageSense SenseOf(KafkaMessage message) => new(topic.Dialect, EnvelopeOf(message), message.HasValue ? null : DropReasons.Tombstone);

    private byte[] EnvelopeOf(KafkaMessage message)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("topic", $"{topic.Name}/{message.Partition}");
            json.WriteStartObject("context");
            json.WriteStartObject("kafka");
            json.WriteString("topic", topic.Name);
            json.WriteNumber("partition", message.Partition);
            if (message.Key.Length > 0) json.WriteString("key", Text(message.Key));
            WriteHeaders(json, message.Headers);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.SequenceEqual(last) ? last : last = buffer.WrittenSpan.ToArray();
    }

    private static void WriteHeaders(Utf8JsonWriter json, MessageHeaderList headers)
    {
        // Of a name that is there more often the last counts, as Kafka's own clients have it.
        var said = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; headers.TryGet(i, out var name, out var value, out _); i++) said[Text(name)] = Text(value);
        if (said.Count == 0) return;
        json.WriteStartObject("headers");
        foreach (var (name, value) in said) json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (!bytes.ContainsAnyInRange((byte)0, (byte)8)) return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Not a text.
        }
        return $"base64:{Convert.ToBase64String(bytes)}";
    }
}
