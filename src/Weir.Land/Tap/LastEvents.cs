using Weir.Events;
using Weir.Lake;
using Weir.Land.Evaluate;
using Weir.Land.Rounds;
using Weir.Sources;

namespace Weir.Land.Tap;

/// <summary>The newest events that a journal still holds.</summary>
/// <param name="Events">In order of receipt: messages like those of the tap, with the fates that they have now.</param>
/// <param name="Before">True: older ones are kept that were not looked at, for there were too many.</param>
/// <param name="Problems">Streams that cannot be read, a sentence each.</param>
public sealed record LastEvents(IReadOnlyList<TapMessage> Events, bool Before, IReadOnlyList<string> Problems)
{
    /// <summary>As many events of one stream are looked at for those that are wanted.</summary>
    public const long LookBack = 100_000;

    /// <summary>Reads them.</summary>
    /// <param name="streams">Where to look.</param>
    /// <param name="lake">Where their fates are.</param>
    /// <param name="sources">Every declared source.</param>
    /// <param name="rules">What the project says of events.</param>
    /// <param name="filter">Which are wanted.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WeirException">WEIR6001–6003: the ledger cannot be read.</exception>
    public static async Task<LastEvents> ReadAsync(
        IReadOnlyList<IEventStream> streams, LakeStore lake, IReadOnlyList<SourceDefinition> sources, EventRules rules, TapFilter filter, int count, CancellationToken cancellationToken)
    {
        var (found, before, problems) = (new List<TapEvent>(), false, new List<string>());
        foreach (var stream in streams)
        {
            if ((filter.Source is not null && filter.Source != stream.Source) || sources.FirstOrDefault(s => s.Name == stream.Source) is not { } source) continue;
            try
            {
                var (its, isWhole) = await ReadAsync(stream, new Reading(source, rules, filter, count), cancellationToken);
                found.AddRange(its);
                before |= !isWhole;
            }
            catch (Exception e) when (LandErrors.IsOfFiles(e))
            {
                problems.Add(WeirException.Sentence(LandErrors.CannotRead(stream, e)));
            }
        }
        TapEvent[] last = [.. found.OrderBy(e => e.ReceivedAt).ThenBy(e => e.Stream, StringComparer.Ordinal).ThenBy(e => e.Position).TakeLast(count)];
        var fates = FatesOf(last, lake);
        return new LastEvents([.. last.Select(e => new TapMessage(TapMessage.Event, TapJson.Of(e, fates[(e.Stream, e.Position)])))], before, problems);
    }

    /// <summary>From ever further back, until there are enough.</summary>
    private static async Task<(IReadOnlyCollection<TapEvent> Found, bool IsWhole)> ReadAsync(IEventStream stream, Reading wanted, CancellationToken cancellationToken)
    {
        var (first, head) = (stream.ReadFirst(), stream.ReadHead());
        for (long window = Math.Max(1_000, wanted.Count); ; window = Math.Min(LookBack, window * 10))
        {
            var from = Math.Max(first, head - window);
            var found = await ReadAsync(stream, from, head, wanted, cancellationToken);
            if (found.Count == wanted.Count || from == first || window == LookBack) return (found, found.Count == wanted.Count || from == first);
        }
    }

    private static async Task<Queue<TapEvent>> ReadAsync(IEventStream stream, long from, long head, Reading wanted, CancellationToken cancellationToken)
    {
        var found = new Queue<TapEvent>();
        if (from >= head) return found;
        var evaluator = new Evaluator(wanted.Source, new EvaluatorOptions { Rules = wanted.Rules });
        await foreach (var frame in stream.ReadAsync(from, cancellationToken))
        {
            for (var i = 0; i < frame.Events.Count && frame.Dropped is null; i++)
            {
                var arrived = new TapEvent(frame, i, stream, wanted.Source, evaluator.Evaluate(frame, i, stream.Id));
                if (!wanted.Filter.Matches(arrived)) continue;
                if (found.Count == wanted.Count) found.Dequeue();
                found.Enqueue(arrived);
            }
            if (frame.NextOrdinal >= head) break;
        }
        return found;
    }

    /// <summary>Never one that a crash could still take back.</summary>
    private static Dictionary<(string Stream, long Position), Fate> FatesOf(IEnumerable<TapEvent> events, LakeStore lake)
    {
        var snapshot = lake.ReadSnapshot();
        lake.MakeDurable();
        using var reader = new FateReader();
        reader.See(lake, snapshot, -1);
        var fates = new Dictionary<(string, long), Fate>();
        foreach (var stream in events.GroupBy(e => e.Stream))
        {
            var committed = snapshot.Positions.GetValueOrDefault(stream.Key);
            long[] positions = [.. stream.Select(e => e.Position).Where(p => p < committed).Order()];
            foreach (var (position, fate) in positions.Zip(reader.Read(stream.Key, positions))) fates[(stream.Key, position)] = fate;
            foreach (var waiting in stream.Where(e => e.Position >= committed)) fates[(stream.Key, waiting.Position)] = new Fate(Fate.Pending);
        }
        return fates;
    }

    private sealed record Reading(SourceDefinition Source, EventRules Rules, TapFilter Filter, int Count);
}
