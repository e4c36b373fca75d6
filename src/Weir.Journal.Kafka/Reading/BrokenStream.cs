using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>A stream that cannot be read, and why: whoever lands or counts it tells that, and the others go on.</summary>
internal sealed class BrokenStream(string id, string source, WeirException why) : IEventStream
{
    public string Id => id;

    public string Source => source;

    public bool KeepsHours => false;

    public long ReadHead() => throw Again();

    public long ReadFirst() => throw Again();

    public IReadOnlyList<ReceivedHour> ReadReceived() => throw Again();

    public IAsyncEnumerable<Frame> ReadAsync(long from, CancellationToken cancellationToken) => throw Again();

    private WeirException Again() => new(why.Code, why.Message, why);
}
