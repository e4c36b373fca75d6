using Weir.Journal.Format;
using Weir.Journal.Reading;
using Weir.Journal.Recovery;
using Weir.Leases;
using Weir.Journal.Writing;
using Weir.Storage;

namespace Weir.Journal;

/// <summary>
/// The journal's one writer in a data folder. An append completes when its events are on the disk and not before; all that waits shares one
/// sync. Safe for any number of callers.
/// </summary>
public sealed class JournalWriter : IJournalAppender, IAsyncDisposable
{
    private readonly JournalOptions options;
    private readonly IDisk disk;
    private readonly TimeProvider time;
    private readonly KeyStore keys;
    private readonly Lease lease;
    private readonly Admission admission;
    private readonly Dictionary<string, StreamAppender> appenders = [];
    private readonly Dictionary<string, WeirException> refused = [];
    private readonly Lock gate = new();
    private bool closed;

    private JournalWriter(JournalOptions options, IDisk disk, TimeProvider time, Lease lease)
    {
        (this.options, this.disk, this.time, this.lease) = (options, disk, time, lease);
        keys = new(disk, Layout.Keys(options.Folder));
        admission = new(options, disk, time);
    }

    /// <summary>The lease under which a data folder's journal is written.</summary>
    public const string LeaseName = "collect";

    /// <summary>The most bytes one append may take, its envelope and 4 bytes an event included.</summary>
    public const int MaxBatchBytes = FrameHeader.MaxBodyLength;

    /// <summary>What opening found damaged: to be told to a person. The streams go on behind it; reading stops before it.</summary>
    public IReadOnlyList<JournalCorruption> Damage { get; private set; } = [];

    /// <summary>Sources whose stream cannot be told (<c>stream.json</c> is damaged), and why: their appends are refused, the others go on.</summary>
    public IReadOnlyDictionary<string, WeirException> Refused => refused;

    /// <summary>Whether the last append was refused because the disk budget is reached.</summary>
    public bool IsFull => admission.Full;

    /// <summary>Cancelled once another writer has taken over: this one acknowledges nothing any more.</summary>
    public CancellationToken LeaseLost => lease.Lost;

    /// <summary>Takes the journal's lease, recovers every stream, and opens them for appending.</summary>
    /// <exception cref="WeirException">WEIR2001: another process has it. WEIR2003: the disk failed.
    /// WEIR2006, WEIR2008: the last segment's key is gone, its format unknown.</exception>
    public static async Task<JournalWriter> OpenAsync(JournalOptions options, IDisk disk, TimeProvider time)
    {
        var writer = New(options, disk, time, await TakeAsync(options, disk));
        try
        {
            foreach (var stream in StreamLocation.All(options.Folder, disk, writer.keys, writer.refused.Add))
            {
                var position = await writer.RecoverAsync(stream);
                var dropped = DroppedRanges.Read(stream);
                writer.Damage = [.. writer.Damage, .. position.Damage.Where(d => dropped.Covering(d.FromOrdinal, d.ToOrdinal) is null)];
                writer.Start(stream, position);
            }
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    private static JournalWriter New(JournalOptions options, IDisk disk, TimeProvider time, Lease held)
    {
        try
        {
            return new JournalWriter(options, disk, time, held);
        }
        catch
        {
            held.Dispose(); // else nobody could open the journal while this process lives
            throw;
        }
    }

    /// <summary>Appends a batch to a source's stream, which is born if there is none; completes once it is durable.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="dialect">One of <see cref="Weir.Events.Dialects"/>.</param>
    /// <param name="envelopeJson">See <see cref="Weir.Events.Frame.Envelope"/>.</param>
    /// <param name="events">At least one. Copied before this method returns.</param>
    /// <param name="cancellationToken">Ends the waiting; the batch may still become durable.</param>
    /// <exception cref="WeirException">Nothing of the batch was acknowledged: WEIR2002 the budget is reached, WEIR2003 the disk failed,
    /// WEIR2004 closed, WEIR2005 it cannot be told which stream is the source's, WEIR2009 too much waits, WEIR2010 the batch is too large. All but the last pass by themselves.</exception>
    public Task<AppendResult> AppendAsync(
        string source, string dialect, ReadOnlyMemory<byte> envelopeJson, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken)
    {
        if (!Layout.IsSource(source)) throw new ArgumentException($"'{source}' is no source's name.", nameof(source));
        if (events.Count == 0) throw new ArgumentException("A batch has at least one event.", nameof(events));
        var length = FrameBody.Measure(dialect, envelopeJson, events);
        try
        {
            if (length > MaxBatchBytes) throw JournalErrors.TooLarge(length, MaxBatchBytes);
            return EnqueueAsync(source, (int)length, dialect, envelopeJson, events).WaitAsync(cancellationToken);
        }
        catch (WeirException e)
        {
            return Task.FromException<AppendResult>(e);
        }
    }

    Task IJournalAppender.AppendAsync(string source, string dialect, ReadOnlyMemory<byte> envelopeJson, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken cancellationToken) =>
        AppendAsync(source, dialect, envelopeJson, events, cancellationToken);

    /// <summary>Writes what waits, closes every segment, and gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (closed) return;
            closed = true;
        }
        try
        {
            await Task.WhenAll(appenders.Values.Select(a => a.DisposeAsync().AsTask()));
        }
        finally
        {
            lease.Dispose();
        }
    }

    private Task<AppendResult> EnqueueAsync(
        string source, int length, string dialect, ReadOnlyMemory<byte> envelope, IReadOnlyList<ReadOnlyMemory<byte>> events)
    {
        var appender = AppenderOf(source);
        var frameLength = FrameHeader.Length + length + FrameHeader.TagLength;
        admission.Admit(frameLength);
        var batch = new PendingBatch(length, dialect, envelope, events);
        try
        {
            appender.Enqueue(batch);
        }
        catch (InvalidOperationException)
        {
            admission.GivenUp(frameLength);
            throw JournalErrors.Closed();
        }
        return batch.Task;
    }

    private StreamAppender AppenderOf(string source)
    {
        lock (gate)
        {
            if (closed) throw JournalErrors.Closed();
            if (appenders.TryGetValue(source, out var appender)) return appender;
            if (refused.TryGetValue(source, out var why)) throw new WeirException(why.Code, why.Message, why);
            try
            {
                var stream = StreamLocation.Create(options.Folder, source, disk, keys);
                return Start(stream, new(0, HashChain.Start, 0, []));
            }
            catch (IOException e)
            {
                throw JournalErrors.AppendFailed(source, Layout.Stream(options.Folder, source), e);
            }
        }
    }

    private StreamAppender Start(StreamLocation stream, StreamPosition position) =>
        appenders[stream.Source] = new(stream, position, options, admission, time, lease);

    private async Task<StreamPosition> RecoverAsync(StreamLocation stream)
    {
        try
        {
            var position = await new StreamRecovery(stream, lease).RunAsync(CancellationToken.None);
            if (HeadFile.Read(disk, stream.Folder) >= position.NextOrdinal) return position;
            // A power failure took the head back. Nobody may see the journal open without what was acknowledged before it.
            using var head = new HeadFile(disk, stream.Folder, lease.Number);
            head.Rewrite(position.NextOrdinal);
            return position;
        }
        catch (IOException e)
        {
            throw JournalErrors.AppendFailed(stream.Source, stream.Folder, e);
        }
    }

    /// <summary>
    /// A reader that recovers a journal nobody writes has the lease for a moment, and a collector that ends for a little longer: it is tried
    /// again, until it is renewed once more.
    /// </summary>
    private static async Task<Lease> TakeAsync(JournalOptions options, IDisk disk)
    {
        try
        {
            return await Lease.TakeAsync(options.Folder, LeaseName, disk, options.LeaseDuration)
                ?? throw JournalErrors.Locked(options.Folder, LeaseState.Read(options.Folder, LeaseName, disk)?.ToString() ?? "it has the lease");
        }
        catch (IOException e)
        {
            throw JournalErrors.AppendFailed(LeaseName, options.Folder, e);
        }
    }
}
