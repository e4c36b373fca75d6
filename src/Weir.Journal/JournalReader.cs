using Weir.Events;
using Weir.Journal.Reading;
using Weir.Journal.Recovery;
using Weir.Storage;

namespace Weir.Journal;

/// <summary>Opens a journal for reading, beside its writer or without one.</summary>
public static class JournalReader
{
    /// <summary>
    /// Every stream, by source. Keep the streams: they remember where frames lie. They see what is appended later; streams born later
    /// appear at the next call.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="keys">The keys, of the folder <c>keys</c> in the data folder.</param>
    /// <exception cref="WeirException">WEIR2006, WEIR2008.</exception>
    public static IReadOnlyList<IEventStream> OpenAll(string folder, IDisk disk, KeyStore keys)
    {
        var streams = StreamLocation.All(folder, disk, keys);
        JournalRecovery.RecoverIfUnownedAsync(folder, streams).GetAwaiter().GetResult();
        return [.. streams.Select(s => new JournalStream(s))];
    }
}
