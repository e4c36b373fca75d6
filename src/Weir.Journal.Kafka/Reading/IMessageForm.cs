using Confluent.Kafka;
using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>How a topic's messages are frames.</summary>
internal interface IMessageForm
{
    /// <summary>The dialect in which a message's value is to be read.</summary>
    string DialectOf(Message<byte[], byte[]> message);

    /// <summary>What holds for it beside its value: see <see cref="Frame.Envelope"/>.</summary>
    ReadOnlyMemory<byte> EnvelopeOf(ConsumeResult<byte[], byte[]> message);

    /// <summary>Why it is no event; null: it is one.</summary>
    string? DroppedAs(Message<byte[], byte[]> message);
}
