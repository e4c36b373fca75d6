using Confluent.Kafka;
using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>Makes frames of a partition's messages: consecutive ones that share dialect, envelope and time are one; what lies between them is a gap.</summary>
internal sealed class FrameMaker(IMessageForm form)
{
    private const int GapAtOnce = 1000;
    private static readonly DateTime Latest = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>When a message was received: its own timestamp, the broker's or the producer's as the topic has it.</summary>
    public static DateTimeOffset ReceivedAt(Message<byte[], byte[]> message)
    {
        var time = message.Timestamp.Type == TimestampType.NotAvailable ? 0 : message.Timestamp.UnixTimestampMs;
        return new DateTimeOffset(DateTime.UnixEpoch.AddMilliseconds(Math.Clamp(time, 0, (Latest - DateTime.UnixEpoch).TotalMilliseconds)));
    }

    /// <summary>Frames from an ordinal on, and the ordinal after them.</summary>
    public IEnumerable<Frame> Of(long from, IReadOnlyList<ConsumeResult<byte[], byte[]>> messages)
    {
        for (var i = 0; i < messages.Count;)
        {
            var first = messages[i];
            foreach (var gap in Gap(from, first.Offset.Value, ReceivedAt(first.Message), DropReasons.NoMessage)) yield return gap;
            var (dialect, envelope, dropped, time) = (form.DialectOf(first.Message), form.EnvelopeOf(first), form.DroppedAs(first.Message), first.Message.Timestamp.UnixTimestampMs);
            var events = new List<ReadOnlyMemory<byte>> { first.Message.Value };
            for (i++; i < messages.Count; i++)
            {
                var next = messages[i];
                if (next.Offset.Value != first.Offset.Value + events.Count || next.Message.Timestamp.UnixTimestampMs != time || dropped is not null) break;
                if (form.DialectOf(next.Message) != dialect || form.DroppedAs(next.Message) is not null || !form.EnvelopeOf(next).Equals(envelope)) break;
                events.Add(next.Message.Value);
            }
            from = first.Offset.Value + events.Count;
            yield return dropped is null
                ? new Frame(first.Offset.Value, ReceivedAt(first.Message), dialect, envelope, events)
                : new Frame(first.Offset.Value, ReceivedAt(first.Message), dialect, "{}"u8.ToArray(), new ReadOnlyMemory<byte>[1], null, dropped);
        }
    }

    /// <summary>Offsets without an event.</summary>
    public static IEnumerable<Frame> Gap(long from, long to, DateTimeOffset at, string reason)
    {
        for (; from < to; from += GapAtOnce)
            yield return new Frame(from, at, Dialects.Weir, "{}"u8.ToArray(), new ReadOnlyMemory<byte>[(int)Math.Min(GapAtOnce, to - from)], null, reason);
    }
}
