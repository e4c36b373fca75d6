using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Weir.Land.Evaluate;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>Reads a round's ranges one after the other and evaluates their events, some thousand at a time, on several threads.</summary>
internal sealed class BatchReader(IReadOnlyDictionary<string, SourceDefinition> sources, EvaluatorOptions options, int threads)
{
    private const int EventsPerBatch = 4096;
    private const long BytesPerBatch = 8 << 20;
    private const long LeastShare = 8 << 20;

    private readonly Dictionary<string, Evaluator[]> evaluators = new(StringComparer.Ordinal);

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
        var each = EvaluatorsOf(range.Stream.Source);
        var verdicts = new Verdict[events.Count];
        var part = (events.Count + each.Length - 1) / each.Length;
        try
        {
            Parallel.For(0, each.Length, thread =>
            {
                var end = Math.Min(events.Count, (thread + 1) * part);
                for (var i = thread * part; i < end; i++)
                    verdicts[i] = events[i].Frame.Dropped is { } reason ? new Verdict.Dropped(reason) : each[thread].Evaluate(events[i].Frame, events[i].Index, range.Stream.Id);
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]); // told as it is: it carries a code
        }
        return new Batch(range, events, verdicts);
    }

    /// <summary>One evaluator serves one thread.</summary>
    private Evaluator[] EvaluatorsOf(string source)
    {
        if (!evaluators.TryGetValue(source, out var each))
            evaluators[source] = each = [.. Enumerable.Range(0, threads).Select(_ => new Evaluator(sources[source], options))];
        return each;
    }
}

/// <summary>A stream that has something to land.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="From">The ledger's position.</param>
/// <param name="Head">The head when landing began.</param>
internal sealed record PlannedRange(Events.IEventStream Stream, long From, long Head);
