using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Land.Fast.Reading;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>Reads a round's ranges one after the other and evaluates their events, some thousand at a time, on several threads.</summary>
internal sealed class BatchReader(IReadOnlyDictionary<string, SourceDefinition> sources, EvaluatorOptions options, int threads, EventBlocks blocks)
{
    private const int EventsPerBatch = EventBlock.Capacity;
    private const long BytesPerBatch = 8 << 20;
    private const long LeastShare = 8 << 20;

    private readonly Dictionary<string, Paths[]> paths = new(StringComparer.Ordinal);

    /// <param name="plan">What to read, in the order in which it is decided.</param>
    /// <param name="budget">Bytes of events for all together.</param>
    /// <param name="begun">Receives each range before its first batch.</param>
    public async IAsyncEnumerable<Batch> ReadAsync(
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

    private async IAsyncEnumerable<Batch> ReadAsync(RangeReader range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var events = new List<Arrival>();
        long bytes = 0;
        await foreach (var frame in range.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < frame.Events.Count; i++)
            {
                events.Add(new Arrival(range.Stream, frame, i));
                bytes += frame.Events[i].Length;
                if (events.Count < EventsPerBatch && bytes < BytesPerBatch) continue;
                yield return Evaluate(range, events);
                (events, bytes) = ([], 0);
            }
        }
        if (events.Count > 0) yield return Evaluate(range, events);
    }

    private Batch Evaluate(RangeReader range, List<Arrival> events)
    {
        var each = PathsOf(range.Stream.Source);
        var part = (events.Count + each.Length - 1) / each.Length;
        var batch = new Batch(range, events, new Verdict?[events.Count], [.. each.Select(_ => blocks.Rent())], part);
        try
        {
            Parallel.For(0, each.Length, thread => each[thread].Evaluate(batch, thread));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // told as it is: it carries a code
        }
        return batch;
    }

    private Paths[] PathsOf(string source)
    {
        if (!paths.TryGetValue(source, out var each))
            paths[source] = each = [.. Enumerable.Range(0, threads).Select(_ => new Paths(sources[source], options))];
        return each;
    }

    /// <summary>The two paths of a source; they serve one thread.</summary>
    private sealed class Paths(SourceDefinition source, EvaluatorOptions options)
    {
        private readonly Evaluator plain = new(source, options);
        private readonly FastReader? fast = options.FastPath && FastReader.Serves(source) ? new(source, options) : null;

        /// <summary>Judges one thread's part of a batch.</summary>
        public void Evaluate(Batch batch, int thread)
        {
            var (from, to) = (Math.Min(thread * batch.Part, batch.Events.Count), Math.Min((thread + 1) * batch.Part, batch.Events.Count));
            var (block, stream) = (batch.Blocks[thread], batch.Range.Stream.Id);
            block.Begin(to - from);
            for (var i = from; i < to; i++)
            {
                var (frame, index) = (batch.Events[i].Frame, batch.Events[i].Index);
                // What masking and erasure look at is the plain path's row.
                if (plain.KeepsAll && fast?.TryRead(frame, index, stream, block, i - from) == true) continue;
                batch.Verdicts[i] = frame.Dropped is { } reason ? new Verdict.Dropped(reason) : plain.Evaluate(frame, index, stream);
            }
        }
    }
}

/// <summary>A stream that has something to land.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="From">The ledger's position.</param>
/// <param name="Head">The head when landing began.</param>
internal sealed record PlannedRange(Events.IEventStream Stream, long From, long Head);
