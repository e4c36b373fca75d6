using System.Collections.Immutable;
using Weir.Events;
using Weir.Journal.Reading;
using Weir.Journal.Recovery;
using Weir.Storage;

namespace Weir.Journal;

/// <summary>
/// A journal's streams for those who read it again and again, beside its writer or without one: a stream that was given out is given out
/// again, with what it remembers of its segments. Safe for several threads.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="disk">The file system.</param>
/// <param name="keys">The keys, of the folder <c>keys</c> in the data folder.</param>
public sealed class JournalStreams(string folder, IDisk disk, KeyStore keys) : IReceivedBytes
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, JournalStream> known = new(StringComparer.Ordinal); // by source

    /// <summary>Every stream there is now, by source. A journal that was begun anew, with another birth id, is another stream.</summary>
    /// <remarks>One whose <c>stream.json</c> is damaged is among them, and each reading of it fails with WEIR2005: only it waits.</remarks>
    /// <exception cref="WeirException">WEIR2005, WEIR2006, WEIR2008.</exception>
    public IReadOnlyList<IEventStream> Open()
    {
        lock (gate)
        {
            var unknown = new List<IEventStream>();
            var locations = StreamLocation.All(folder, disk, keys, (source, why) => unknown.Add(new UnknownStream(Layout.Stream(folder, source), source, why, disk)));
            JournalRecovery.RecoverIfUnownedAsync(folder, locations, IsKnown).GetAwaiter().GetResult();
            var streams = locations.Select(l => IsKnown(l) ? known[l.Source] : new JournalStream(l)).ToList();
            known.Clear(); // a stream whose folder is gone is forgotten
            foreach (var stream in streams) known.Add(stream.Source, stream);
            return [.. streams.Concat(unknown).OrderBy(s => s.Source, StringComparer.Ordinal)];
        }
    }

    /// <inheritdoc/>
    public IReadOnlySet<DateOnly>? FindKeyDays(string source, IReadOnlySet<string> leaving)
    {
        return Open().FirstOrDefault(s => s.Source == source) switch
        {
            null => ImmutableHashSet<DateOnly>.Empty,
            JournalStream journal => JournalRaw.FindKeyDays(journal, leaving),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FindLeftovers(string source, DateTimeOffset before) =>
        Open().FirstOrDefault(s => s.Source == source) is JournalStream journal ? JournalRaw.FindLeftovers(journal) : [];

    private bool IsKnown(StreamLocation location) => known.TryGetValue(location.Source, out var stream) && stream.Location.Id == location.Id;
}
