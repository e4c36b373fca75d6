namespace Weir.Events;

/// <summary>Stands for a stream that cannot be read: whoever lands or counts it is told why, and the other streams go on.</summary>
/// <param name="id">Its birth id, or what stands for it.</param>
/// <param name="source">Its source.</param>
/// <param name="why">Why.</param>
public abstract class UnreadableStream(string id, string source, WeirException why) : IEventStream
{
    /// <inheritdoc/>
    public string Id => id;

    /// <inheritdoc/>
    public string Source => source;

    /// <inheritdoc/>
    public virtual bool KeepsHours => true;

    /// <inheritdoc/>
    public long ReadHead() => throw Why();

    /// <inheritdoc/>
    public long ReadFirst() => throw Why();

    /// <inheritdoc/>
    public IReadOnlyList<ReceivedHour> ReadReceived() => throw Why();

    /// <inheritdoc/>
    public IAsyncEnumerable<Frame> ReadAsync(long from, CancellationToken cancellationToken) => throw Why();

    /// <summary>A new one each time: one that is thrown again would bear the stack of before.</summary>
    private WeirException Why() => new(why.Code, why.Message, why);
}
