using System.Threading.Channels;
using Weir.Land.Erasure;

namespace Weir.Land.Rounds;

/// <summary>
/// Reads and evaluates what a round will decide, some batches before they are decided: while the round before is written and committed, too. Whoever has it may throw it away: nothing was decided.
/// </summary>
internal sealed class ReadAhead : IAsyncDisposable
{
    private const int Batches = 12;
    private readonly IReadOnlyList<PlannedRange> plan;
    private readonly Tombstones erased;
    private readonly Channel<Batch> queue = Channel.CreateBounded<Batch>(Batches);
    private readonly List<RangeReader> ranges = [];
    private readonly CancellationTokenSource stop;
    private readonly Task reading;

    /// <param name="reader">Reads.</param>
    /// <param name="plan">What, in the order in which it is decided.</param>
    /// <param name="budget">Bytes of events for all together.</param>
    /// <param name="erased">Those whose events the reader drops.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public ReadAhead(BatchReader reader, IReadOnlyList<PlannedRange> plan, long budget, Tombstones erased, CancellationToken cancellationToken)
    {
        (this.plan, this.erased) = (plan, erased);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        reading = Task.Run(() => RunAsync(reader, budget), CancellationToken.None);
    }

    /// <summary>The batches in their order; it throws what reading threw.</summary>
    public IAsyncEnumerable<Batch> All => queue.Reader.ReadAllAsync(stop.Token);

    /// <summary>The ranges that were begun; they are all when <see cref="All"/> has ended.</summary>
    public IReadOnlyList<RangeReader> Ranges => ranges;

    /// <summary>Whether it reads what a round with this plan would, as that would.</summary>
    public bool Serves(IReadOnlyList<PlannedRange> wanted, Tombstones now) => erased.AreThose(now) && plan.SequenceEqual(wanted);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await reading; // it reports through the queue
        stop.Dispose();
    }

    private async Task RunAsync(BatchReader reader, long budget)
    {
        try
        {
            await foreach (var batch in reader.ReadAsync(plan, budget, ranges, stop.Token)) await queue.Writer.WriteAsync(batch, stop.Token);
            queue.Writer.Complete();
        }
#pragma warning disable CA1031 // whatever it is, the reader of the queue throws it
        catch (Exception e)
#pragma warning restore CA1031
        {
            queue.Writer.Complete(e);
        }
    }
}
