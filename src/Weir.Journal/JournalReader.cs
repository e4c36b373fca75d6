using Weir.Events;
using Weir.Storage;

namespace Weir.Journal;

/// <summary>Opens a journal for reading, beside its writer or without one.</summary>
public static class JournalReader
{
    /// <summary>
    /// Every stream, by source, once. They see what is appended later, but not streams born later; who reads on keeps a
    /// <see cref="JournalStreams"/>.
    /// </summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="keys">The keys, of the folder <c>keys</c> in the data folder.</param>
    /// <exception cref="WeirException">WEIR2006, WEIR2008.</exception>
    public static IReadOnlyList<IEventStream> OpenAll(string folder, IDisk disk, KeyStore keys) => new JournalStreams(folder, disk, keys).Open();
}
