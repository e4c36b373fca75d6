using System.Text;
using Confluent.Kafka;
using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>Messages of Weir's collectors: the frame's metadata are in their headers. One without them is somebody's event of Weir's own dialect.</summary>
internal sealed class OwnForm : IMessageForm
{
    private static readonly byte[] Nothing = "{}"u8.ToArray();
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        [Dialects.Weir] = Dialects.Weir, [Dialects.Segment] = Dialects.Segment, [Dialects.PostHog] = Dialects.PostHog,
        [Dialects.Snowplow] = Dialects.Snowplow, [Dialects.SnowplowQuery] = Dialects.SnowplowQuery, [Dialects.Ga4] = Dialects.Ga4,
    };

    private byte[] last = Nothing;

    public string DialectOf(Message<byte[], byte[]> message)
    {
        if (!message.Headers.TryGetLastBytes(MessageHeaders.Dialect, out var name)) return Dialects.Weir;
        var text = Encoding.UTF8.GetString(name);
        return Known.GetValueOrDefault(text, text);
    }

    public ReadOnlyMemory<byte> EnvelopeOf(ConsumeResult<byte[], byte[]> message)
    {
        var found = message.Message.Headers.TryGetLastBytes(MessageHeaders.Envelope, out var bytes) ? bytes : Nothing;
        // Those of one request are mostly side by side: what is the same is one object, and read once.
        return found.AsSpan().SequenceEqual(last) ? last : last = found;
    }

    public string? DroppedAs(Message<byte[], byte[]> message) => null;
}
