using System.Buffers.Binary;
using System.Text;

namespace Weir.Journal.Format;

/// <summary>A frame's plain body: dialect, envelope, then the events, each with its length before it.</summary>
internal static class FrameBody
{
    public static long Measure(string dialect, ReadOnlyMemory<byte> envelope, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var length = 1L + Encoding.UTF8.GetByteCount(dialect) + 4 + envelope.Length;
        for (var i = 0; i < events.Count; i++) length += 4L + events[i].Length;
        return length;
    }

    public static void Write(Span<byte> to, string dialect, ReadOnlyMemory<byte> envelope, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var dialectLength = Encoding.UTF8.GetBytes(dialect, to[1..]);
        to[0] = checked((byte)dialectLength);
        to = WriteBlock(to[(1 + dialectLength)..], envelope.Span);
        for (var i = 0; i < events.Count; i++) to = WriteBlock(to, events[i].Span);
    }

    /// <summary>Takes a body apart into slices of it; false if its lengths do not add up.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> body, int count, out string dialect, out ReadOnlyMemory<byte> envelope, out ReadOnlyMemory<byte>[] events)
    {
        (dialect, envelope, events) = ("", default, []);
        if (body.IsEmpty || body.Length < 1 + body.Span[0]) return false;
        dialect = Encoding.UTF8.GetString(body.Span.Slice(1, body.Span[0]));
        body = body[(1 + body.Span[0])..];
        if (!TryReadBlock(ref body, out envelope) || count > body.Length / 4) return false;
        events = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
            if (!TryReadBlock(ref body, out events[i])) return false;
        return body.IsEmpty;
    }

    private static Span<byte> WriteBlock(Span<byte> to, ReadOnlySpan<byte> block)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, block.Length);
        block.CopyTo(to[4..]);
        return to[(4 + block.Length)..];
    }

    private static bool TryReadBlock(ref ReadOnlyMemory<byte> from, out ReadOnlyMemory<byte> block)
    {
        block = default;
        if (from.Length < 4) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(from.Span);
        if (length < 0 || length > from.Length - 4) return false;
        block = from.Slice(4, length);
        from = from[(4 + length)..];
        return true;
    }
}
