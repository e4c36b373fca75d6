using System.Buffers;
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>
/// Messages of others: the value is the event, in a declared dialect. Key and headers are kept in the event's context, under <c>kafka</c>; those that are no text in base 64.
/// </summary>
internal sealed class ForeignForm(SourceTopic topic) : IMessageForm
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ArrayBufferWriter<byte> buffer = new();
    private byte[] last = [];

    public string DialectOf(Message<byte[], byte[]> message) => topic.Dialect;

    public ReadOnlyMemory<byte> EnvelopeOf(ConsumeResult<byte[], byte[]> message)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("topic", $"{message.Topic}/{message.Partition.Value}");
            json.WriteStartObject("context");
            json.WriteStartObject("kafka");
            json.WriteString("topic", message.Topic);
            json.WriteNumber("partition", message.Partition.Value);
            if (message.Message.Key is { Length: > 0 } key) json.WriteString("key", Text(key));
            if (message.Message.Headers is { Count: > 0 } headers)
            {
                json.WriteStartObject("headers");
                // Of a name that is there more often the last counts, as Kafka's own clients have it.
                foreach (var header in headers.GroupBy(h => h.Key, StringComparer.Ordinal)) json.WriteString(Text(Encoding.UTF8.GetBytes(header.Key)), header.Last().GetValueBytes() is { } value ? Text(value) : "");
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.SequenceEqual(last) ? last : last = buffer.WrittenSpan.ToArray();
    }

    /// <summary>A message without a value says of its key that it is gone, and nothing else.</summary>
    public string? DroppedAs(Message<byte[], byte[]> message) => message.Value is null ? DropReasons.Tombstone : null;

    private static string Text(byte[] bytes)
    {
        try
        {
            if (!bytes.AsSpan().ContainsAnyInRange((byte)0, (byte)8)) return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Not a text.
        }
        return $"base64:{Convert.ToBase64String(bytes)}";
    }
}
