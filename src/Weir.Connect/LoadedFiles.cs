using Weir.Connect.Files;
using Weir.Events;
using Weir.Journal;
using Weir.Storage;

namespace Weir.Connect;

/// <summary>
/// The loaded files of a data folder as streams, for those who read them again and again: a stream that was given out is given out again, and only manifests that
/// changed are parsed. Safe for several threads.
/// </summary>
public sealed class LoadedFiles : IReceivedBytes
{
    /// <summary>What is copied has its manifest within hours, however large it is.</summary>
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly IDisk disk;
    private readonly ManifestStore store;
    private readonly RawParts raw;
    private Dictionary<(string Source, string Stream), LoadedFile> known = [];

    /// <summary>Opens the loaded files of a data folder, beside whoever takes files into it.</summary>
    /// <param name="dataFolder">The data folder; what was taken lies in <c>raw/files</c> below it.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="keys">The keys raw copies are encrypted with.</param>
    public LoadedFiles(string dataFolder, IDisk disk, KeyStore keys)
    {
        (this.disk, store) = (disk, ManifestStore.Of(dataFolder, disk));
        raw = new RawParts(disk, keys, store);
    }

    internal LoadedFiles(IDisk disk, ManifestStore store, RawParts raw) => (this.disk, this.store, this.raw) = (disk, store, raw);

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

    /// <inheritdoc/>
    public IReadOnlySet<DateOnly>? FindKeyDays(string source, IReadOnlySet<string> leaving)
    {
        var days = new HashSet<DateOnly>();
        var header = new byte[RawFormat.HeaderBytes];
        foreach (var path in store.ListCopies(source).Where(p => !leaving.Contains(p)))
        {
            using var file = disk.OpenRead(path);
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || RawFormat.ReadDay(header) is not { } day) return null;
            days.Add(day);
        }
        return days;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> FindLeftovers(string source, DateTimeOffset before)
    {
        var manifests = store.List().Where(s => s.Source == source).Select(s => store.Find(source, s.Stream)).OfType<FileManifest>().ToList();
        // A file without records is no stream, and nothing is accounted of it.
        var received = manifests.Where(m => m.Head > 0).SelectMany(m => m.Parts).Select(p => store.RawPath(source, p.Sha256)).ToHashSet(StringComparer.Ordinal);
        var now = TimeProvider.System.GetUtcNow(); // files have the machine's time
        return [.. store.ListCopies(source).Where(p => !received.Contains(p) && new DateTimeOffset(File.GetLastWriteTimeUtc(p)) is var at && at < before && at < now - LeftoverAge)];
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
