using System.Text.Json;
using Weir.Events;
using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>What one commit will hold: ranges of several streams, decided event by event, not committed yet.</summary>
internal sealed class Round(
    IReadOnlyDictionary<string, SourceDefinition> sources, DedupeIndex index, Staging staging, Sealers sealers) : IDisposable
{
    private readonly HashSet<FrameMemory> held = [];
    private IReadOnlyList<RangeReader> ranges = [];
    private readonly Dictionary<string, RangeTally> tallies = new(StringComparer.Ordinal);

    public Claims Claims { get; } = new(index);

    /// <summary>The streams that could not be read on, and the ordinals where they wait.</summary>
    public IEnumerable<RangeReader> Faulty => ranges.Where(r => r.Fault is not null);

    public IReadOnlyList<StreamRange> Ranges => [.. ranges.Where(r => r.To > r.From).Select(r => new StreamRange(r.Stream.Id, r.From, r.To))];

    /// <summary>What was read, in bytes of events.</summary>
    public long Bytes => ranges.Sum(r => r.Cost);

    public IReadOnlyList<RangeTally> Tallies => [.. tallies.Values];

    /// <summary>Decides what is read, one event after the other in order of positions.</summary>
    public async Task DecideAsync(ReadAhead read, Action<int> decided)
    {
        ranges = read.Ranges;
        var decider = new Decider(Claims, index.Sources, staging, sealers);
        await foreach (var batch in read.All)
        {
            Decide(batch, decider);
            decided(batch.Events.Count);
        }
    }

    /// <summary>Reads what was received of each range. The ranges of which that cannot be read, and why; if there is one, this round must not be committed.</summary>
    public IReadOnlyList<(RangeReader Range, WeirException Fault)> FindUncounted() =>
    [
        .. from range in ranges
           where range.To > range.From
           let fault = tallies[range.Stream.Id].ReadReceived(range.From, range.To)
           where fault is not null
           select (range, fault),
    ];

    /// <summary>The ledger's rows: one per range and stretch of one receive hour. Throws if they do not account for everything that <see cref="FindUncounted"/> read as received.</summary>
    public IReadOnlyList<LedgerRow> LedgerRows()
    {
        var rows = new List<LedgerRow>();
        foreach (var range in ranges.Where(r => r.To > r.From))
        {
            var tally = tallies[range.Stream.Id];
            tally.Verify(range.From, range.To);
            for (var i = 0; i < tally.Parts.Count; i++)
            {
                var part = tally.Parts[i];
                var to = i + 1 < tally.Parts.Count ? tally.Parts[i + 1].From : range.To;
                var counts = part.Tally;
                rows.Add(new LedgerRow(
                    range.Stream.Id, range.Stream.Source, part.From, to, part.Hour, "land",
                    to - part.From, counts.Landed, counts.Duplicate, counts.Quarantined, counts.Dropped, counts.WithoutTime,
                    JsonSerializer.Serialize(counts.DropReasons), counts.Duplicates.ToString(), counts.DroppedPositions.ToString(), JsonSerializer.Serialize(counts.Reasons)));
            }
        }
        return rows;
    }

    /// <summary>After its rows were written or thrown away: what was read may be forgotten.</summary>
    public void Dispose()
    {
        foreach (var memory in held) memory.Return();
    }

    private void Decide(Batch batch, Decider decider)
    {
        var stream = batch.Range.Stream;
        if (!tallies.TryGetValue(stream.Id, out var tally)) tallies[stream.Id] = tally = new RangeTally(stream);
        var source = sources[stream.Source];
        FrameMemory? last = null;
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var arrival = batch.Events[i];
            if (arrival.Frame.Memory is { } memory && !ReferenceEquals(memory, last)) held.Add(last = memory);
            decider.Decide(batch, i, source, tally.At(arrival.Frame.ReceivedAt, arrival.Position));
        }
        staging.Done(batch);
    }
}
