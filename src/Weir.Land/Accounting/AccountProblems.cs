using Weir.Events;
using Weir.Land.Rounds;

namespace Weir.Land.Accounting;

/// <summary>Finds what does not add up, and says it in sentences.</summary>
internal sealed class AccountProblems(IReadOnlyDictionary<string, long> positions, IReadOnlyList<IEventStream> streams, IReadOnlyDictionary<string, string> unreadable)
{
    public IEnumerable<string> Find(LedgerSums ledger)
    {
        foreach (var row in ledger.Unbalanced)
            yield return $"The ledger's row of stream '{row.Stream}' ({row.Source}) for positions {row.From} to {row.To - 1} says {row.Expected} received, but {row.Actual} have a fate.";
        foreach (var row in ledger.Discontinuous)
            yield return row.From > row.Expected
                ? $"The ledger has no row for positions {row.Expected} to {row.From - 1} of stream '{row.Stream}' ({row.Source})."
                : $"The ledger has positions {row.From} to {Math.Min(row.To, row.Expected) - 1} of stream '{row.Stream}' ({row.Source}) twice.";
        foreach (var problem in Ends(ledger)) yield return problem;
        var landed = ledger.LandedHours.ToLookup(h => h.Stream, StringComparer.Ordinal);
        foreach (var stream in streams.OrderBy(s => s.Id, StringComparer.Ordinal))
            foreach (var problem in Compare(stream, landed[stream.Id])) yield return problem;
    }

    private IEnumerable<string> Ends(LedgerSums ledger)
    {
        var known = streams.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (stream, position) in positions.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (ledger.EndOf(stream) is var end && end != position)
                yield return $"The ledger says that stream '{stream}' has landed up to position {position}, but its rows end at {end}.";
            if (!known.Contains(stream))
                yield return $"The ledger has landed stream '{stream}' up to position {position}, but there is no such stream: what it received cannot be counted. Restore its folder.";
        }
    }

    private IEnumerable<string> Compare(IEventStream stream, IEnumerable<LandedHour> landed)
    {
        if (unreadable.TryGetValue(stream.Id, out var why))
        {
            yield return $"What stream '{stream.Id}' ({stream.Source}) received cannot be read: {why}";
            yield break;
        }
        var head = stream.ReadHead();
        var position = positions.GetValueOrDefault(stream.Id);
        if (position > head)
            yield return $"The ledger has landed stream '{stream.Id}' ({stream.Source}) up to position {position}, but the stream ends at {head}.";
        if (!stream.KeepsHours) yield break;
        var received = stream.ReadReceived();
        if (received.Sum(h => h.Count) is var counted && counted < head)
            yield return $"Stream '{stream.Id}' ({stream.Source}) ends at {head}, but counted {counted} as received.";
        var expected = HourStretches.Within(received, 0, position).GroupBy(h => h.Hour).ToDictionary(h => h.Key, h => h.Sum(p => p.Count));
        var actual = landed.GroupBy(h => h.Hour).ToDictionary(h => h.Key, h => h.Sum(p => p.Received));
        foreach (var hour in expected.Keys.Union(actual.Keys).Order())
            if (expected.GetValueOrDefault(hour) is var e && actual.GetValueOrDefault(hour) is var a && e != a)
                yield return $"Of stream '{stream.Id}' ({stream.Source}), {e} landed events were received in the hour {hour:yyyy-MM-dd HH}:00 UTC, but the ledger has {a}.";
    }
}
