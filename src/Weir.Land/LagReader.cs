using Weir.Accounting;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Rounds;

namespace Weir.Land;

/// <summary>Reads how far landing is behind: of each stream how many events wait, and since when the oldest does.</summary>
/// <param name="lake">Where the streams land.</param>
/// <param name="time">The clock.</param>
public sealed class LagReader(LakeStore lake, TimeProvider time)
{
    /// <summary>By source and name.</summary>
    /// <param name="openStreams">Gives the streams. Called before the ledger is asked: what lands meanwhile does not wait.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<StreamLag>> ReadAsync(Func<IReadOnlyList<IEventStream>> openStreams, CancellationToken cancellationToken)
    {
        var streams = await Task.Run(openStreams, cancellationToken);
        var heads = await Task.WhenAll(streams.Select(s => Task.Run(() => HeadOf(s), cancellationToken)));
        var positions = lake.Positions;
        var lags = await Task.WhenAll(streams.Select((s, i) => ReadAsync(s, heads[i], positions.GetValueOrDefault(s.Id), cancellationToken)));
        return [.. lags.OrderBy(l => l.Source, StringComparer.Ordinal).ThenBy(l => l.Name, NaturalOrder.Instance)];
    }

    private async Task<StreamLag> ReadAsync(IEventStream stream, (long Head, string? Problem) head, long position, CancellationToken cancellationToken)
    {
        var lag = new StreamLag(stream.Id, stream.Source, stream.Name, Math.Max(0, head.Head - position), head.Problem is null ? TimeSpan.Zero : null, head.Problem);
        if (head.Problem is not null || lag.Events == 0) return lag;
        try
        {
            await Task.Yield();
            await foreach (var frame in stream.ReadAsync(position, cancellationToken))
                return lag with { Behind = time.GetUtcNow() - frame.ReceivedAt is { Ticks: > 0 } waited ? waited : TimeSpan.Zero };
            return lag;
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return lag with { Behind = null, Problem = WeirException.Sentence(e) };
        }
    }

    private static (long Head, string? Problem) HeadOf(IEventStream stream)
    {
        try
        {
            return (stream.ReadHead(), null);
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return (0, WeirException.Sentence(e));
        }
    }

    /// <summary>The partition 10 after 9.</summary>
    private sealed class NaturalOrder : IComparer<string>
    {
        public static readonly NaturalOrder Instance = new();

        public int Compare(string? x, string? y) => x!.Length == y!.Length || !x.Contains('/', StringComparison.Ordinal) ? string.CompareOrdinal(x, y) : x.Length.CompareTo(y.Length);
    }
}
