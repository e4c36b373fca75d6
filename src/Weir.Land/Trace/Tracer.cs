using Weir.Events;
using Weir.Lake;
using Weir.Land.Rounds;
using Weir.Land.Tap;
using Weir.Sources;

namespace Weir.Land.Trace;

/// <summary>
/// Tells the way of every copy of an event: those that landed or are in quarantine from the lake's files, and all whose bytes are kept from the streams. It reads only, and holds in memory
/// no more than what it finds; how long it takes depends on how much is kept.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="sources">Every declared source.</param>
/// <param name="rules">What the project says of events.</param>
public sealed class Tracer(LakeStore lake, IReadOnlyList<SourceDefinition> sources, EventRules rules)
{
    private const double LakesShare = 0.3;

    /// <summary>Looks for all copies.</summary>
    /// <param name="request">What to look for.</param>
    /// <param name="openStreams">Gives every stream there is. Called before the ledger is read: what was received later is not looked for.</param>
    /// <param name="progress">Told how far it is, from 0 to 1, and where.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="WeirException">WEIR6001–6003, 6011: the lake cannot be read.</exception>
    public Task<TraceResult> RunAsync(TraceRequest request, Func<IReadOnlyList<IEventStream>> openStreams, Action<double, string> progress, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        var ids = request.IdsBySource(sources);
        var problems = new List<string>();
        // The streams first: what they hold is decided later, or not yet, but never forgotten.
        var streams = openStreams().Where(s => ids.ContainsKey(s.Source)).ToList();
        var found = new Dictionary<(string, long), TracedCopy>();
        foreach (var (stream, number) in streams.Select((s, i) => (s, i)))
        {
            try
            {
                var search = new StreamSearch(sources.First(s => s.Name == stream.Source), rules, ids[stream.Source]);
                await foreach (var copy in search.FindAsync(stream, part => progress((1 - LakesShare) * (number + part) / streams.Count, $"reading {stream.Source}"), cancellationToken))
                    found[(copy.Stream, copy.Position)] = copy;
            }
            catch (Exception e) when (LandErrors.IsOfFiles(e))
            {
                problems.Add(WeirException.Sentence(LandErrors.CannotRead(stream, e)));
            }
        }
        var snapshot = lake.ReadSnapshot();
        lake.MakeDurable();
        try
        {
            return Complete(request, ids, streams, found, snapshot, problems, part => progress(1 - LakesShare + (LakesShare * part), "reading the lake"), cancellationToken);
        }
        catch (DuckDb.DuckDBException) when (lake.FindGone(snapshot) is { } gone)
        {
            throw gone;
        }
    }, cancellationToken);

    private TraceResult Complete(
        TraceRequest request, IReadOnlyDictionary<string, Guid> ids, IReadOnlyList<IEventStream> streams, Dictionary<(string, long), TracedCopy> found, Snapshot snapshot, List<string> problems,
        Action<double> progress, CancellationToken cancellationToken)
    {
        using var search = new LakeSearch();
        var rows = search.FindLanded(snapshot, ids, request.Source, part => progress(0.7 * part), cancellationToken)
            .Concat(search.FindQuarantined(snapshot, ids, request.Source, part => progress(0.7 + (0.3 * part)), cancellationToken));
        foreach (var row in rows)
            found[(row.Stream, row.Position)] = row with { Request = found.GetValueOrDefault((row.Stream, row.Position))?.Request };

        LakeViews.Create(search.Connection, snapshot.Only(LakeTables.Ledger));
        var decisions = new DecisionReader(search.Connection, lake, snapshot);
        using var fates = new FateReader();
        fates.See(lake, snapshot, -1);
        var copies = found.Values.Select(c => Decide(c, decisions, fates, snapshot)).OrderBy(c => c.ReceivedAt).ThenBy(c => c.Stream, StringComparer.Ordinal).ThenBy(c => c.Position).ToList();
        var unknown = streams.Sum(s => FirstOf(s) is var first and > 0 ? decisions.CountDuplicates(s.Id, first) : 0);
        return new TraceResult([.. copies.Select(c => c.Fate.Kind == Fate.Duplicate ? c with { Of = OriginalOf(c, copies) } : c)], unknown, problems);
    }

    private static TracedCopy Decide(TracedCopy copy, DecisionReader decisions, FateReader fates, Snapshot snapshot)
    {
        if (copy.Position >= snapshot.Positions.GetValueOrDefault(copy.Stream)) return copy;
        var fate = copy.Row is null ? fates.Read(copy.Stream, [copy.Position])[0] : copy.Fate;
        return copy with { Fate = fate, Decision = decisions.Find(copy.Stream, copy.Position) };
    }

    /// <summary>The landed copy whose hour the client's stamp is in; of copies without a stamp, or of sources that take an id once and for all, the last one that landed before.</summary>
    private static TracedCopy? OriginalOf(TracedCopy duplicate, IEnumerable<TracedCopy> copies)
    {
        var landed = copies.Where(c => c.Fate.Kind == Fate.Landed && c.Source == duplicate.Source).ToList();
        return landed.FirstOrDefault(c => HourOf(c) == HourOf(duplicate)) ?? landed.LastOrDefault(c => c.ReceivedAt <= duplicate.ReceivedAt) ?? landed.FirstOrDefault();
    }

    private static long? HourOf(TracedCopy copy) => copy.ClientTime?.Ticks / TimeSpan.TicksPerHour;

    private static long FirstOf(IEventStream stream)
    {
        try
        {
            return stream.ReadFirst();
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e))
        {
            return 0; // told already
        }
    }
}
