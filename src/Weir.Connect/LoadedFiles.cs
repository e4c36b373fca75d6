using Weir.Connect.Files;
using Weir.Events;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Connect;

/// <summary>
/// The loaded files of a data folder as streams, for those who read them again and again: a stream that was given out is given out again, and only manifests that
/// changed are parsed. Safe for several threads.
/// </summary>
public sealed class LoadedFiles
{
    private readonly Lock gate = new();
    private readonly ManifestStore store;
    private readonly RawParts raw;
    private Dictionary<(string Source, string Stream), LoadedFile> known = [];

    /// <summary>Opens the loaded files of a data folder, beside whoever takes files into it.</summary>
    /// <param name="dataFolder">The data folder; what was taken lies in <c>raw/files</c> below it.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="keys">The keys raw copies are encrypted with.</param>
    public LoadedFiles(string dataFolder, IDisk disk, KeyStore keys)
    {
        store = ManifestStore.Of(dataFolder, disk);
        raw = new RawParts(disk, keys, store);
    }

    internal LoadedFiles(ManifestStore store, RawParts raw) => (this.store, this.raw) = (store, raw);

    /// <summary>
    /// Every loaded file that has records, by source and hash. One whose manifest is damaged is among them, and each reading of it fails with WEIR4011: only it waits.
    /// </summary>
    public IReadOnlyList<IEventStream> Open()
    {
        lock (gate)
        {
            var files = new Dictionary<(string Source, string Stream), LoadedFile>();
            foreach (var name in store.List())
                if (HasRecords(name)) files.Add(name, known.GetValueOrDefault(name) ?? new LoadedFile(name.Source, name.Stream, store, raw));
            known = files;
            return [.. files.Values];
        }
    }

    private bool HasRecords((string Source, string Stream) name)
    {
        try
        {
            return store.Find(name.Source, name.Stream) is { Head: > 0 };
        }
        catch (Exception e) when (e is WeirException or IOException)
        {
            return true; // whoever reads it is told
        }
    }
}
