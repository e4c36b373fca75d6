namespace Weir.Events;

/// <summary>
/// A durable, ordered, replayable sequence of events of one source: a journal's stream, one loaded file, or a partition of a topic. Land reads it by ordinal.
/// </summary>
public interface IEventStream
{
    /// <summary>The birth id: a lower-case UUID for a journal stream, <c>file/&lt;sha256&gt;</c> for a file, <c>&lt;topic id&gt;/&lt;partition&gt;</c> on Kafka. Never reused.</summary>
    string Id { get; }

    /// <summary>The source this stream belongs to.</summary>
    string Source { get; }

    /// <summary>The ordinal after the last durable event: what has been received, counted by whoever appended it. Read anew at each call.</summary>
    long ReadHead();

    /// <summary>The first ordinal that can still be read: those before it were removed after landing. Read anew at each call.</summary>
    long ReadFirst() => 0;

    /// <summary>Its name for people: a topic with its partition; otherwise its id.</summary>
    string Name => Id;

    /// <summary>
    /// Whether the stream knows in which hour each of its events was received for as long as it lives. If not (a topic of Kafka, whose brokers keep a count but forget messages), that is known of what
    /// has not landed yet, and of the rest from the ledger alone; how many were received is the head.
    /// </summary>
    bool KeepsHours => true;

    /// <summary>What was received in each hour up to the head, in order, without a gap, as counted by whoever appended it.</summary>
    IReadOnlyList<ReceivedHour> ReadReceived();

    /// <summary>The same for the ordinals <c>[from, to)</c> at least, <paramref name="to"/> at most the head. Damage elsewhere need not show.</summary>
    IReadOnlyList<ReceivedHour> ReadReceived(long from, long to) => ReadReceived();

    /// <summary>
    /// The frames from an ordinal up to the head as it is when the call begins, in order, without a gap; the first frame is cut so that it
    /// begins exactly at <paramref name="from"/>.
    /// </summary>
    /// <exception cref="WeirException">Corruption, or an ordinal that this stream no longer or not yet holds.</exception>
    IAsyncEnumerable<Frame> ReadAsync(long from, CancellationToken cancellationToken);
}

/// <summary>Consecutive events of a stream that were received in the same hour.</summary>
/// <param name="Hour">The hour's beginning, UTC.</param>
/// <param name="FirstOrdinal">The first of them.</param>
/// <param name="Count">How many.</param>
public readonly record struct ReceivedHour(DateTime Hour, long FirstOrdinal, long Count);
