using System.Runtime.CompilerServices;
using System.Text;
using Weir.Events;

namespace Weir.Tests.Land.Landing;

/// <summary>A stream in memory. It counts what it received itself, as a journal does, and fails on demand. It may be appended to while it is read.</summary>
public sealed class MemoryEventStream(string id, string source) : IEventStream
{
    private readonly List<Frame> frames = [];

    public string Id => id;
    public string Source => source;
    public long Head { get; private set; }

    /// <summary>Reading fails when it comes to this ordinal.</summary>
    public long? CorruptAt { get; set; }

    /// <summary>Reading fails as when the system denies it.</summary>
    public bool Unreadable { get; set; }

    /// <summary>What reading frames fails with.</summary>
    public Exception? ReadFault { get; set; }

    /// <summary>What reading the counts fails with.</summary>
    public Exception? ReceivedFault { get; set; }

    /// <summary>What the n-th reading of the head, from 1 on, fails with.</summary>
    public Func<int, Exception?> HeadFault { get; set; } = _ => null;

    private int headReads;

    /// <summary>Added to the first hour's count: a counter that is wrong.</summary>
    public long Miscount { get; set; }

    /// <summary>Happens once, when a lander has decided and is about to commit: it then asks what was received.</summary>
    public Action? BeforeCommit { get; set; }

    public MemoryEventStream Append(DateTimeOffset receivedAt, params IEnumerable<string> events) => Append(receivedAt, "{}", Dialects.Weir, events);

    public MemoryEventStream Append(DateTimeOffset receivedAt, string envelope, string dialect, IEnumerable<string> events) =>
        Append(receivedAt, envelope, dialect, [.. events.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e))]);

    public MemoryEventStream Append(DateTimeOffset receivedAt, string envelope, string dialect, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        lock (frames)
        {
            frames.Add(new Frame(Head, receivedAt, dialect, Encoding.UTF8.GetBytes(envelope), events));
            Head += frames[^1].Events.Count;
            return this;
        }
    }

    /// <summary>The same stream, which has lost everything from an ordinal on.</summary>
    public void LoseFrom(int frame)
    {
        frames.RemoveRange(frame, frames.Count - frame);
        Head = frames.Count == 0 ? 0 : frames[^1].NextOrdinal;
    }

    public long ReadHead() => HeadFault(++headReads) is { } fault ? throw fault : Head;

    public IReadOnlyList<ReceivedHour> ReadReceived()
    {
        var meanwhile = BeforeCommit;
        BeforeCommit = null;
        meanwhile?.Invoke();
        if (ReceivedFault is { } fault) throw fault;
        var hours = new List<ReceivedHour>();
        foreach (var frame in frames)
        {
            var utc = frame.ReceivedAt.UtcDateTime;
            var hour = new DateTime(utc.Year, utc.Month, utc.Day, utc.Hour, 0, 0, DateTimeKind.Utc);
            if (hours.Count > 0 && hours[^1].Hour == hour) hours[^1] = hours[^1] with { Count = hours[^1].Count + frame.Events.Count };
            else hours.Add(new ReceivedHour(hour, frame.FirstOrdinal, frame.Events.Count));
        }
        if (hours.Count > 0) hours[0] = hours[0] with { Count = hours[0].Count + Miscount };
        return hours;
    }

    public async IAsyncEnumerable<Frame> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (ReadFault is { } fault) throw fault;
        if (Unreadable) throw new IOException("Input/output error.");
        List<Frame> there;
        lock (frames) there = [.. frames.Where(f => f.NextOrdinal > from)];
        foreach (var frame in there)
        {
            if (CorruptAt is { } at && at < frame.NextOrdinal) throw new WeirException("WEIR2005", $"Stream {id} is damaged at {at}.");
            yield return frame.From(from);
        }
    }
}
