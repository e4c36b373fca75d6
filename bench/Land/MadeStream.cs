using System.Buffers.Binary;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using Weir.Events;
using Weir.Identifiers;

namespace Weir.Bench.Land;

/// <summary>A stream of millions of events that are made as they are read: from some texts, with ids and times of their own; 15% of them are copies of earlier ones.</summary>
/// <param name="texts">Events whose id and time are overwritten.</param>
/// <param name="events">How many.</param>
internal sealed class MadeStream(IReadOnlyList<byte[]> texts, long events) : IEventStream
{
    private const int PerFrame = 500, Window = 100_000, Hours = 48;
    /// <summary>An event of some 150 bytes.</summary>
    public static readonly IReadOnlyList<byte[]> SmallTexts =
        [.. Enumerable.Range(0, 100).Select(i => Encoding.ASCII.GetBytes($$"""{"event_id":"00000000-0000-0000-0000-000000000000","event":"Page Viewed","timestamp":"2026-03-01T00:00:00.000Z","user_id":"u{{i}}"}"""))];

    private static readonly DateTimeOffset Received = new(2026, 3, 3, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTime First = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly (int Id, int Time)[] places = [.. texts.Select(t => (After(t, "\"event_id\":\""u8), After(t, "\"timestamp\":\""u8)))];

    public string Id => "00000000-0000-4000-8000-000000000001";

    public string Source => "web";

    public long ReadHead() => events;

    public IReadOnlyList<ReceivedHour> ReadReceived() => [new(Received.UtcDateTime, 0, events)];

    /// <summary>How many of them are no copies.</summary>
    public long Originals()
    {
        var count = 0L;
        for (var i = 0L; i < events; i++)
            if (Original(i) == i) count++;
        return count;
    }

    public async IAsyncEnumerable<Frame> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var at = from / PerFrame * PerFrame; at < events; at += PerFrame)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var made = new ReadOnlyMemory<byte>[(int)Math.Min(PerFrame, events - at)];
            for (var i = 0; i < made.Length; i++) made[i] = EventOf(Original(at + i));
            yield return new Frame(at, Received, Dialects.Weir, "{}"u8.ToArray(), made).From(from);
            await Task.CompletedTask;
        }
    }

    /// <summary>Of which event this one is a copy; its own number: of none.</summary>
    public static long Original(long number)
    {
        for (; number > Window && Hash(number) % 100 < 15; number -= 1 + (long)(Hash(~number) % Window)) { }
        return number;
    }

    /// <summary>The event of a number; of one that is no copy's, for each has its own id.</summary>
    public byte[] EventOf(long number)
    {
        var which = (int)(Hash(number + 1_000_000_007) % (ulong)texts.Count);
        var bytes = texts[which].AsSpan().ToArray();
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(id, Hash(number));
        BinaryPrimitives.WriteInt64LittleEndian(id[8..], number);
        Utf8Formatter.TryFormat(new Guid(id), bytes.AsSpan(places[which].Id), out _);
        // Over the hours from first to last, as a backlog has it, and some of any hour.
        var hour = Hash(number * 3) % 20 == 0 ? (long)(Hash(number * 5) % Hours) : number * Hours / events;
        var time = First.AddMilliseconds(hour * 3_600_000 + (long)(Hash(number * 7) % 3_600_000));
        Encoding.ASCII.GetBytes(time.ToString("yyyy-MM-ddTHH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture), bytes.AsSpan(places[which].Time));
        return bytes;
    }

    private static ulong Hash(long number) => Mixing.Mix(unchecked((ulong)number));

    private static int After(byte[] text, ReadOnlySpan<byte> name) => text.AsSpan().IndexOf(name) + name.Length;
}
