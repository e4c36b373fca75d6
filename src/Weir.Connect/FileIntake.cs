using Weir.Connect.Files;
using Weir.Events;
using Weir.Journal;
using Weir.Sources;
using Weir.Storage;

namespace Weir.Connect;

/// <summary>
/// Takes files in, each content once: copies them to raw, encrypted, counts their records, and then says so in a manifest, which is what received means. A file that
/// grew goes on as the same stream. Several processes may offer files to one data folder; they take turns.
/// </summary>
public sealed class FileIntake
{
    private readonly IDisk disk;
    private readonly FileIntakeOptions options;
    private readonly ManifestStore store;
    private readonly RawParts raw;
    private readonly FileTaker taker;
    private readonly IntakeLock turn;
    private readonly Stillness stillness;
    private readonly TimeProvider time;
    private readonly Dictionary<string, IntakeList> lists = new(StringComparer.Ordinal);

    /// <summary>Opens the intake of a data folder.</summary>
    /// <param name="dataFolder">The data folder; what is taken lies in <c>raw/files</c> below it.</param>
    /// <param name="disk">The file system.</param>
    /// <param name="keys">The keys raw copies are encrypted with.</param>
    /// <param name="time">The clock that stamps what is received.</param>
    /// <param name="options">Settings; null: the usual ones.</param>
    public FileIntake(string dataFolder, IDisk disk, KeyStore keys, TimeProvider time, FileIntakeOptions? options = null)
    {
        (this.disk, this.time, this.options) = (disk, time, options ?? new FileIntakeOptions());
        store = ManifestStore.Of(dataFolder, disk);
        raw = new RawParts(disk, keys, store);
        taker = new FileTaker(disk, keys, store, raw);
        turn = new IntakeLock(disk, Path.Combine(dataFolder, "run"), time);
        stillness = new Stillness(this.options.StillFor, time);
    }

    /// <summary>Takes a file, or what is new of it. Whatever the outcome, offering it again is safe.</summary>
    /// <exception cref="WeirException">WEIR4001 to WEIR4004, WEIR4007, WEIR4008, WEIR4012: it cannot be taken; nothing of it was.</exception>
    public async Task<IntakeResult> TakeAsync(SourceDefinition source, string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(Path.GetFullPath(path));
        if (!file.Exists) throw ConnectErrors.NotFound(file.FullName);
        if (!stillness.IsStill(file)) return new IntakeResult(file.FullName, IntakeOutcome.NotStill, "", 0);
        using var mine = await turn.EnterAsync(cancellationToken).ConfigureAwait(false);
        var list = ListOf(source.Name);
        list.Refresh();
        try
        {
            return await TakeInTurnAsync(source, file, list, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw ConnectErrors.Unreadable(file.FullName, e);
        }
        catch (IOException e)
        {
            throw ConnectErrors.NotTaken(file.FullName, e);
        }
    }

    /// <summary>Every stream of the data folder, once; who reads on keeps a <see cref="LoadedFiles"/>.</summary>
    public IReadOnlyList<IEventStream> OpenAll() => new LoadedFiles(disk, store, raw).Open();

    private async Task<IntakeResult> TakeInTurnAsync(SourceDefinition source, FileInfo file, IntakeList list, CancellationToken cancellationToken)
    {
        var path = file.FullName;
        var seen = list.Find(path);
        var known = seen is null ? null : store.Find(source.Name, seen.Stream);
        if (known is not null) store.MakeDurable(known);
        if (options.StillFor > TimeSpan.Zero && known is not null && (seen!.Length, seen.Modified) == (file.Length, file.LastWriteTimeUtc))
        {
            if (known.Holds(seen.Sha256)) return new IntakeResult(path, IntakeOutcome.SameAs, known.Stream, 0, known.FileName);
            if (seen.Outcome == IntakeOutcome.Changed) return new IntakeResult(path, IntakeOutcome.Changed, known.Stream, 0);
        }

        var digest = await Digest.ReadAsync(disk, path, known?.Parts[^1].Length ?? 0, null, cancellationToken).ConfigureAwait(false);
        if (HasChanged(file)) return new IntakeResult(path, IntakeOutcome.NotStill, "", 0);
        IntakeResult Note(IntakeOutcome outcome, string stream, string? sameAs = null)
        {
            list.Add(new IntakeEntry(time.GetUtcNow(), path, outcome, stream, digest.Sha256, file.Length, file.LastWriteTimeUtc));
            return new IntakeResult(path, outcome, stream, 0, sameAs);
        }

        if (FindContent(source.Name, digest.Sha256, known, list) is { } same)
        {
            store.MakeDurable(same);
            return Note(IntakeOutcome.SameAs, same.Stream, same.FileName);
        }
        // Nothing was received of a file that had no records yet: there is nothing to continue.
        if (known is { Head: 0 }) known = null;
        if (known is not null && digest.Prefix != known.Parts[^1].Sha256) return Note(IntakeOutcome.Changed, known.Stream);

        var taking = await taker.PrepareAsync(source, file, known, digest, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (taking.Outcome == IntakeOutcome.NotStill) return new IntakeResult(path, IntakeOutcome.NotStill, "", 0);
        if (taking.Manifest is not { } manifest) return Note(IntakeOutcome.Changed, known!.Stream);
        Note(taking.Outcome, manifest.Stream);
        store.Save(manifest);
        return new IntakeResult(path, taking.Outcome, manifest.Stream, manifest.Parts[^1].Records);
    }

    /// <summary>The stream that received exactly this content, or the same and more.</summary>
    private FileManifest? FindContent(string source, string sha256, FileManifest? known, IntakeList list)
    {
        if (known?.Holds(sha256) == true) return known;
        if (store.Find(source, ManifestStore.StreamOf(sha256)) is { } first) return first;
        return list.StreamOf(sha256) is { } stream && store.Find(source, stream) is { } later && later.Holds(sha256) ? later : null;
    }

    private IntakeList ListOf(string source)
    {
        lock (lists)
        {
            if (!lists.TryGetValue(source, out var list))
            {
                disk.CreateFolder(store.FolderOf(source));
                lists[source] = list = new IntakeList(disk, store.FolderOf(source));
            }
            return list;
        }
    }

    private static bool HasChanged(FileInfo file)
    {
        var now = new FileInfo(file.FullName);
        return !now.Exists || (now.Length, now.LastWriteTimeUtc) != (file.Length, file.LastWriteTimeUtc);
    }
}
