using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>Reads a round's ranges one after the other; their events are evaluated some thousand at a time, several of these at once.</summary>
internal sealed class BatchReader(IReadOnlyDictionary<string, SourceDefinition> sources, EvaluatorOptions options, int threads, EventBlocks blocks)
{
    private const int EventsPerBatch = EventBlock.Capacity;
    private const long BytesPerBatch = 8 << 20;
    private const long LeastShare = 8 << 20;

    private readonly Dictionary<string, ConcurrentBag<TwoPaths>> paths = new(StringComparer.Ordinal);

    /// <param name="plan">What to read, in the order in which it is decided.</param>
    /// <param name="budget">Bytes of events for all together.</param>
    /// <param name="begun">Receives each range before its first batch.</param>
    public IAsyncEnumerable<Batch> ReadAsync(IReadOnlyList<PlannedRange> plan, long budget, List<RangeReader> begun, CancellationToken cancellationToken) =>
        EvaluateAsync(ReadRangesAsync(plan, budget, begun, cancellationToken));

    private async IAsyncEnumerable<Batch> ReadRangesAsync(
        IReadOnlyList<PlannedRange> plan, long budget, List<RangeReader> begun, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < plan.Count && budget > 0; i++)
        {
            var share = Math.Min(budget, Math.Max(LeastShare, budget / (plan.Count - i)));
            var range = new RangeReader(plan[i].Stream, plan[i].From, plan[i].Head, share);
            begun.Add(range);
            await foreach (var batch in ReadAsync(range, cancellationToken)) yield return batch;
            budget -= range.Cost;
        }
    }

    /// <summary>What was read waits here while it is evaluated, in its order.</summary>
    private async IAsyncEnumerable<Batch> EvaluateAsync(IAsyncEnumerable<Batch> read)
    {
        var ahead = new Queue<Task<Batch>>();
        try
        {
            await foreach (var batch in read)
            {
                var each = PathsOf(batch.Range.Stream.Source);
                ahead.Enqueue(Task.Run(() => Evaluate(batch, each)));
                if (ahead.Count > threads) yield return await ahead.Dequeue();
            }
            while (ahead.TryDequeue(out var next)) yield return await next;
        }
        finally
        {
            // Nobody wants them any more; they must be done with their blocks.
            foreach (var unwanted in ahead) await ((Task)unwanted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async IAsyncEnumerable<Batch> ReadAsync(RangeReader range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = new List<Arrival>(EventsPerBatch);
        long bytes = 0;
        await foreach (var frame in range.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < frame.Events.Count; i++)
            {
                events.Add(new Arrival(range.Stream, frame, i));
                bytes += frame.Events[i].Length;
                if (events.Count < EventsPerBatch && bytes < BytesPerBatch) continue;
                yield return Of(range, events);
                (events, bytes) = (new List<Arrival>(EventsPerBatch), 0);
            }
        }
        if (events.Count > 0) yield return Of(range, events);
    }

    private Batch Of(RangeReader range, List<Arrival> events) => new(range, events, new Verdict?[events.Count], blocks.Rent());

    private static Batch Evaluate(Batch batch, ConcurrentBag<TwoPaths> each)
    {
        each.TryTake(out var own);
        var (block, stream) = (batch.Block, batch.Range.Stream.Id);
        block.Begin();
        for (var i = 0; i < batch.Events.Count; i++) batch.Verdicts[i] = own!.Judge(batch.Events[i].Frame, batch.Events[i].Index, stream, block, i);
        each.Add(own!);
        return batch;
    }

    private ConcurrentBag<TwoPaths> PathsOf(string source)
    {
        if (!paths.TryGetValue(source, out var each)) paths[source] = each = [.. Enumerable.Range(0, threads + 1).Select(_ => new TwoPaths(sources[source], options))];
        return each;
    }
}

/// <summary>A stream that has something to land.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="From">The ledger's position.</param>
/// <param name="Head">The head when landing began.</param>
internal sealed record PlannedRange(Events.IEventStream Stream, long From, long Head);
