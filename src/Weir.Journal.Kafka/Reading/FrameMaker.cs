using Weir.Events;
using Weir.Journal.Kafka.Reading.Native;

namespace Weir.Journal.Kafka.Reading;

/// <summary>
/// Makes frames of a partition's messages: consecutive ones that share dialect, envelope and time are one; what lies between them is a gap. For one reading of a stream: its frames share memory.
/// </summary>
internal sealed class FrameMaker(IMessageForm form)
{
    private const int GapAtOnce = 1000, MostTogether = 4 << 20;
    private static readonly byte[] Nothing = "{}"u8.ToArray();
    private FrameMemory? memory;
    private Memory<byte> room;
    private (long Offset, MessageSense Sense) known = (-1, default);

    /// <summary>Frames from an ordinal on, of all that a reader has; when one is given its messages are left behind.</summary>
    public IEnumerable<Frame> Of(long from, PartitionReader messages)
    {
        while (messages.Count > 0)
        {
            foreach (var gap in Gap(from, messages[0].Offset, messages[0].ReceivedAt, DropReasons.NoMessage)) yield return gap;
            var frame = Take(messages);
            from = frame.NextOrdinal;
            yield return frame;
        }
    }

    /// <summary>Offsets without an event.</summary>
    public static IEnumerable<Frame> Gap(long from, long to, DateTimeOffset at, string reason)
    {
        for (; from < to; from += GapAtOnce) yield return new Frame(from, at, Dialects.Weir, Nothing, new ReadOnlyMemory<byte>[(int)Math.Min(GapAtOnce, to - from)], null, reason);
    }

    private Frame Take(PartitionReader messages)
    {
        var (first, time, sense) = (messages[0].Offset, messages[0].ReceivedAt, SenseOf(messages[0]));
        if (sense.Dropped is not null)
        {
            messages.Leave(1);
            return new Frame(first, time, sense.Dialect, Nothing, new ReadOnlyMemory<byte>[1], null, sense.Dropped);
        }
        MakeRoom(messages);
        var events = new List<ReadOnlyMemory<byte>> { Copy(messages[0].Value) };
        for (var i = 1; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Offset != first + i || message.Value.Length > room.Length || message.ReceivedAt != time || SenseOf(message) != sense) break;
            events.Add(Copy(message.Value));
        }
        messages.Leave(events.Count);
        return new Frame(first, time, sense.Dialect, sense.Envelope, events) { Memory = memory };
    }

    /// <summary>Asked for once each: it may be costly.</summary>
    private MessageSense SenseOf(KafkaMessage message)
    {
        if (known.Offset != message.Offset) known = (message.Offset, form.SenseOf(message));
        return known.Sense;
    }

    /// <summary>For the first message at least; mostly for all that are there.</summary>
    private void MakeRoom(PartitionReader messages)
    {
        var length = messages[0].Value.Length;
        if (room.Length >= Math.Max(1, length)) return;
        for (var i = 1; i < messages.Count && length + messages[i].Value.Length <= MostTogether; i++) length += messages[i].Value.Length;
        memory = length < FrameMemory.LeastLength ? null : FrameMemory.Rent(length);
        room = memory?.First(length) ?? new byte[length];
    }

    private ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> value)
    {
        value.CopyTo(room.Span);
        var copy = room[..value.Length];
        room = room[value.Length..];
        return copy;
    }
}
