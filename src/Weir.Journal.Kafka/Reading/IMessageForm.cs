using Weir.Events;
using Weir.Journal.Kafka.Reading.Native;

namespace Weir.Journal.Kafka.Reading;

/// <summary>How a topic's messages are frames. For one reader, which asks in order of offsets.</summary>
internal interface IMessageForm
{
    /// <summary>What holds for a message beside its value; where it is as for the one before, so is what is given.</summary>
    MessageSense SenseOf(KafkaMessage message);
}

/// <summary>What a frame says of its events.</summary>
/// <param name="Dialect">The dialect in which the value is to be read.</param>
/// <param name="Envelope">See <see cref="Frame.Envelope"/>: the same array is the same envelope.</param>
/// <param name="Dropped">Why it is no event; null: it is one.</param>
internal readonly record struct MessageSense(string Dialect, byte[] Envelope, string? Dropped = null);
