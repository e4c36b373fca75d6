using System.Runtime.CompilerServices;
using Weir.Events;

namespace Weir.Tests.Kafka;

/// <summary>A stream after whose first reading something else happens, before what was read is committed.</summary>
internal sealed class OnceBetween(IEventStream stream, Func<Task> between, Action? reading = null) : IEventStream
{
    private bool done;

    public string Id => stream.Id;
    public string Source => stream.Source;
    public bool KeepsHours => stream.KeepsHours;
    public long ReadHead() => stream.ReadHead();
    public long ReadFirst() => stream.ReadFirst();
    public IReadOnlyList<ReceivedHour> ReadReceived() => stream.ReadReceived();
    public IReadOnlyList<ReceivedHour> ReadReceived(long from, long to) => stream.ReadReceived(from, to);

    public async IAsyncEnumerable<Frame> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        reading?.Invoke();
        await foreach (var frame in stream.ReadAsync(from, cancellationToken))
        {
            if (!done)
            {
                done = true;
                await between();
            }
            yield return frame;
        }
    }
}

internal static class StreamExtensions
{
    /// <summary>The code of the error with which a stream's head cannot be read.</summary>
    public static string ReadHeadFails(this IEventStream stream) => Should.Throw<WeirException>(() => stream.ReadHead()).Code;
}
