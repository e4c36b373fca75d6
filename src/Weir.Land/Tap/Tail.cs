using Weir.Events;
using Weir.Land.Evaluate;
using Weir.Land.Rounds;
using Weir.Sources;

namespace Weir.Land.Tap;

/// <summary>Who is told what a <see cref="Tail"/> reads.</summary>
internal interface ITailListener
{
    void Arrived(TapEvent arrived);

    /// <summary>Events of a source that nobody will be shown.</summary>
    void Skipped(string source, long events);

    void Failed(string source, string sentence);
}

/// <summary>
/// Follows all streams from their heads on, durable events only, and evaluates each as landing does. What it cannot read, or is too far behind to read, it skips: it shows what happens, and
/// is no proof of it. For one thread.
/// </summary>
internal sealed class Tail(Func<IReadOnlyList<IEventStream>> openStreams, IReadOnlyList<SourceDefinition> sources, TapOptions options, TimeProvider time)
{
    private static readonly TimeSpan Reopen = TimeSpan.FromMilliseconds(500);
    private readonly Dictionary<string, SourceDefinition> declared = sources.ToDictionary(s => s.Name, StringComparer.Ordinal);
    private readonly Dictionary<string, Evaluator> evaluators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> positions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> told = new(StringComparer.Ordinal); // what is wrong with a stream
    private IReadOnlyList<IEventStream> streams = [];
    private IReadOnlyDictionary<string, long> landed = new Dictionary<string, long>();
    private long opened;

    /// <summary>From now on: what was received before is not shown.</summary>
    /// <param name="landedBefore">The ledger's positions, read before.</param>
    public void Begin(IReadOnlyDictionary<string, long> landedBefore)
    {
        landed = landedBefore;
        Open();
        foreach (var stream in streams) positions[stream.Id] = HeadOf(stream) ?? 0;
    }

    /// <summary>How far each stream has been read: of those that are not known, as far as they had landed before.</summary>
    public IReadOnlyDictionary<string, long> Positions()
    {
        var all = new Dictionary<string, long>(landed, StringComparer.Ordinal);
        foreach (var (stream, position) in positions) all[stream] = position;
        return all;
    }

    /// <summary>Reads what has come since the last time.</summary>
    public async Task ReadAsync(ITailListener listener, CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(opened) >= Reopen) Open();
        foreach (var stream in streams)
        {
            var before = positions.GetValueOrDefault(stream.Id);
            try
            {
                await ReadAsync(stream, listener, cancellationToken);
            }
            catch (Exception e) when (LandErrors.IsOfFiles(e))
            {
                Fail(stream, LandErrors.CannotRead(stream, e), listener);
                SkipTo(stream, Math.Max(positions.GetValueOrDefault(stream.Id, before), HeadOf(stream) ?? 0), listener);
            }
        }
    }

    private async Task ReadAsync(IEventStream stream, ITailListener listener, CancellationToken cancellationToken)
    {
        var head = stream.ReadHead();
        var from = positions.GetValueOrDefault(stream.Id);
        if (head <= from) return;
        if (!declared.TryGetValue(stream.Source, out var source))
        {
            positions[stream.Id] = head; // landing says what is to be done about it
            return;
        }
        if (head - from > options.MostBehind) SkipTo(stream, from = head - (options.MostBehind / 2), listener);
        if (!evaluators.TryGetValue(stream.Source, out var evaluator)) evaluators[stream.Source] = evaluator = new Evaluator(source, new EvaluatorOptions { Rules = options.Rules });
        await foreach (var frame in stream.ReadAsync(from, cancellationToken))
        {
            for (var i = 0; i < frame.Events.Count && frame.Dropped is null; i++) listener.Arrived(new TapEvent(frame, i, stream, source, evaluator.Evaluate(frame, i, stream.Id)));
            positions[stream.Id] = frame.NextOrdinal;
            told.Remove(stream.Id);
            if (frame.NextOrdinal >= head) return;
        }
    }

    private void SkipTo(IEventStream stream, long position, ITailListener listener)
    {
        var skipped = position - positions.GetValueOrDefault(stream.Id);
        positions[stream.Id] = position;
        if (skipped > 0) listener.Skipped(stream.Source, skipped);
    }

    /// <summary>What stays wrong is told once. Events that landed and were removed before they were read are only skipped.</summary>
    private void Fail(IEventStream stream, WeirException error, ITailListener listener)
    {
        const string NotHeld = "WEIR2007";
        if (error.Code == NotHeld || (told.TryGetValue(stream.Id, out var known) && known == error.Message)) return;
        told[stream.Id] = error.Message;
        listener.Failed(stream.Source, WeirException.Sentence(error));
    }

    private void Open()
    {
        streams = openStreams();
        opened = time.GetTimestamp();
    }

    private static long? HeadOf(IEventStream stream)
    {
        try
        {
            return stream.ReadHead();
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return null;
        }
    }
}
