using System.Text.Json;
using System.Threading.Channels;
using Weir.Lake;
using Weir.Land.Dedupe;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>What one commit will hold: ranges of several streams, decided event by event, not committed yet.</summary>
internal sealed class Round(
    IReadOnlyDictionary<string, SourceDefinition> sources, BatchReader batches, DedupeIndex index, Staging staging, Sealers sealers)
{
    private readonly List<RangeReader> ranges = [];
    private readonly Dictionary<string, RangeTally> tallies = new(StringComparer.Ordinal);

    public Claims Claims { get; } = new(index);

    /// <summary>The streams that could not be read on, and the ordinals where they wait.</summary>
    public IEnumerable<RangeReader> Faulty => ranges.Where(r => r.Fault is not null);

    public IReadOnlyList<StreamRange> Ranges => [.. ranges.Where(r => r.To > r.From).Select(r => new StreamRange(r.Stream.Id, r.From, r.To))];

    /// <summary>What was read, in bytes of events.</summary>
    public long Bytes => ranges.Sum(r => r.Cost);

    public IReadOnlyList<RangeTally> Tallies => [.. tallies.Values];

    /// <summary>Decides everything the plan and the budget allow. Reading and evaluating run ahead of deciding, which is one thread in order of positions.</summary>
    public async Task DecideAsync(IReadOnlyList<PlannedRange> plan, long budget, Action<int> decided, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<Batch>(2);
        var reading = ReadAheadAsync(plan, budget, queue.Writer, stop.Token);
        try
        {
            var decider = new Decider(Claims, index.Sources, staging, sealers);
            await foreach (var batch in queue.Reader.ReadAllAsync(stop.Token))
            {
                Decide(batch, decider);
                decided(batch.Events.Count);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading; // it reports through the queue
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

    private void Decide(Batch batch, Decider decider)
    {
        var stream = batch.Range.Stream;
        if (!tallies.TryGetValue(stream.Id, out var tally)) tallies[stream.Id] = tally = new RangeTally(stream);
        var source = sources[stream.Source];
        for (var i = 0; i < batch.Events.Count; i++)
        {
            var arrival = batch.Events[i];
            decider.Decide(batch, i, source, tally.At(arrival.Frame.ReceivedAt, arrival.Position));
        }
        staging.Done(batch);
    }

    private async Task ReadAheadAsync(IReadOnlyList<PlannedRange> plan, long budget, ChannelWriter<Batch> queue, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Yield();
            await foreach (var batch in batches.ReadAsync(plan, budget, ranges, cancellationToken)) await queue.WriteAsync(batch, cancellationToken);
            queue.Complete();
        }
#pragma warning disable CA1031 // whatever it is, the reader of the queue throws it
        catch (Exception e)
#pragma warning restore CA1031
        {
            queue.Complete(e);
        }
    }
}
