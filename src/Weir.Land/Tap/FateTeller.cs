using Weir.DuckDb;
using Weir.Lake;
using Weir.Land.Rounds;

namespace Weir.Land.Tap;

/// <summary>What waits for its fate.</summary>
/// <param name="Streams">By stream: its source and the first position that waits.</param>
/// <param name="Read">By stream: how far the tap has read it. What lies before has been shown, or never will be.</param>
internal sealed record FatesDue(IReadOnlyList<(string Stream, string Source, long First)> Streams, IReadOnlyDictionary<string, long> Read);

/// <summary>Who knows what waits, and is told.</summary>
internal interface IFateListener
{
    /// <summary>The positions of a stream that wait, before one.</summary>
    long[] Waiting(string stream, long before);

    void Decided(string stream, string source, long version, long[] positions, IReadOnlyList<Fate> fates);

    void Failed(string source, string sentence);
}

/// <summary>
/// Tells the fates of events that lie in ranges which the ledger has committed, after that commit is durable: until then a crash could take it back. Each time it reads only what was
/// committed since the last. One call at a time.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="version">The ledger's version before anything was shown.</param>
internal sealed class FateTeller(LakeStore lake, long version) : IDisposable
{
    private readonly FateReader reader = new();
    private long seen = version; // all that was committed up to here is told, or was never shown
    private string? failure;

    public void Tell(FatesDue due, IFateListener listener)
    {
        try
        {
            var positions = lake.Positions;
            if (!due.Streams.Any(w => positions.GetValueOrDefault(w.Stream) > w.First)) return;
            var snapshot = lake.ReadSnapshot();
            lake.MakeDurable();
            reader.See(lake, snapshot, seen);
            foreach (var (stream, source, _) in due.Streams)
                if (listener.Waiting(stream, snapshot.Positions.GetValueOrDefault(stream)) is { Length: > 0 } waiting)
                    listener.Decided(stream, source, snapshot.LedgerVersion, waiting, reader.Read(stream, waiting));
            if (snapshot.Positions.All(p => due.Read.GetValueOrDefault(p.Key) >= p.Value)) seen = snapshot.LedgerVersion;
            failure = null;
        }
        catch (Exception e) when (LandErrors.IsOfFiles(e) || e is DuckDBException)
        {
            // Tried again, with a newer state: files of this one may have been vacuumed.
            var sentence = WeirException.Sentence(e);
            if (sentence != failure) listener.Failed("", sentence);
            failure = sentence;
        }
    }

    public void Dispose() => reader.Dispose();
}
