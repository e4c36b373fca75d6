using System.Globalization;
using Weir.Identifiers;

namespace Weir.Lake.S3;

/// <summary>
/// Data files of the lake on this machine, each under its own path, with what it must be in a <c>.sum</c> beside it, whose time says when it was last read. Files never change; a process reads each once, before it
/// first uses it, to see that the disk kept it well. Several processes share a cache. It holds at most so many bytes: the files that were not read for longest go, never one that is held here, or was read a short while ago by anybody.
/// </summary>
internal sealed class ReadCache(S3Options options, Func<string, Func<Stream>, (long Length, uint Checksum)?> get)
{
    private const string Sum = ".sum", Partial = ".tmp";
    private const int FetchedAtOnce = 8, AddedUncounted = 50;
    private readonly Dictionary<string, Entry> entries = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long added; // bytes, since all were last counted

    /// <summary>Puts files under their paths, and keeps them there while the result is held.</summary>
    /// <param name="files">The files.</param>
    /// <param name="keep">Whether they are to stay a while after that, too.</param>
    public IDisposable Hold(IReadOnlyCollection<StoredFile> files, bool keep)
    {
        var held = new Held(this, [.. files.DistinctBy(f => f.Path).Select(f => (Take(f.Path), f))], keep ? null : options.KeepRead);
        try
        {
            List<(Entry Entry, StoredFile File)> missing;
            using (Alone())
            {
                held.Stamp(); // from here on no process takes those that are there
                missing = [.. held.Files.Where(f => !IsThere(f.Entry, f.File.Path))];
                if (missing.Count > 0) MakeRoom(missing.Where(f => !File.Exists(f.File.Path)).Sum(f => f.File.Length));
            }
            Parallel.ForEach(missing, new ParallelOptions { MaxDegreeOfParallelism = FetchedAtOnce }, f =>
            {
                if (Fetch(f.Entry, f.File)) held.Own(f.File.Path);
            });
            return held;
        }
        catch (Exception e)
        {
            held.Dispose();
            if (e is AggregateException all) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(all.InnerExceptions[0]);
            throw;
        }
    }

    /// <summary>A file that was written here, and uploaded, is in the cache as well; the first to go.</summary>
    public void Add(string path, long length, uint checksum)
    {
        WriteSum(path, length, checksum);
        File.SetLastWriteTimeUtc(path + Sum, Now - options.KeepRead);
        if (Interlocked.Add(ref added, length) * AddedUncounted < options.CacheBytes) return; // to count all takes longer than to write one
        using var alone = Alone();
        MakeRoom(0);
    }

    /// <summary>The file is gone.</summary>
    public void Drop(string path)
    {
        lock (gate) entries.Remove(path);
        if (!Directory.Exists(Path.GetDirectoryName(path))) return;
        File.Delete(path + Sum);
        File.Delete(path);
    }

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime; // the clock that stamps files

    private Entry Take(string path)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(path, out var entry)) entries[path] = entry = new Entry();
            entry.Holders++;
            return entry;
        }
    }

    private static bool IsThere(Entry entry, string path)
    {
        lock (entry)
        {
            if (entry.IsGood && !File.Exists(path)) entry.IsGood = false; // another process made room
            return entry.IsGood;
        }
    }

    /// <returns>Whether it was fetched, and not there already.</returns>
    private bool Fetch(Entry entry, StoredFile file)
    {
        lock (entry)
        {
            if (entry.IsGood) return false;
            var isThere = IsKeptWell(file);
            if (!isThere) Download(file);
            entry.IsGood = true;
            return !isThere;
        }
    }

    private static bool IsKeptWell(StoredFile file)
    {
        try
        {
            var parts = File.ReadAllText(file.Path + Sum).Split(' ');
            if (parts is not [var length, var sum] || long.Parse(length, CultureInfo.InvariantCulture) != file.Length) return false;
            using var stream = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return stream.Length == file.Length && Checksum(stream).ToString("x8", CultureInfo.InvariantCulture) == sum;
        }
        catch (Exception e) when (e is IOException or FormatException)
        {
            return false;
        }
    }

    private void Download(StoredFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        var partial = $"{file.Path}.{Guid.NewGuid():n}{Partial}";
        try
        {
            var got = get(file.Path, () => new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None));
            if (got is not var (length, checksum)) throw new FileNotFoundException($"The lake {options.Url} has no file '{Path.GetRelativePath(options.Folder, file.Path)}' (any more).", file.Path);
            if (length != file.Length) throw S3Errors.OfDamage(options, Path.GetRelativePath(options.Folder, file.Path), $"has {length} bytes, but the lake's log says {file.Length}");
            WriteSum(file.Path, length, checksum);
            File.Move(partial, file.Path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void WriteSum(string path, long length, uint checksum)
    {
        var partial = $"{path}.{Guid.NewGuid():n}{Partial}";
        File.WriteAllText(partial, string.Create(CultureInfo.InvariantCulture, $"{length} {checksum:x8}"));
        File.Move(partial, path + Sum, overwrite: true);
    }

    internal static uint Checksum(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var checksum = 0u;
        for (int read; (read = stream.Read(buffer)) > 0;) checksum = Crc32C.Append(checksum, buffer.AsSpan(0, read));
        return checksum;
    }

    /// <summary>Deletes what was not read for longest until so many bytes more have their place.</summary>
    private void MakeRoom(long more)
    {
        Interlocked.Exchange(ref added, 0);
        var files = new DirectoryInfo(options.Folder).EnumerateFiles("*.parquet*", SearchOption.AllDirectories).Where(f => !f.Name.EndsWith(Sum, StringComparison.Ordinal)).ToList();
        var over = files.Sum(LengthOf) + more - options.CacheBytes;
        if (over <= 0) return;
        var free = Now - options.KeepRead;
        foreach (var (file, read) in files.Select(f => (f, Read: LastRead(f))).Where(f => f.Read <= free).OrderBy(f => f.Read))
        {
            lock (gate)
            {
                if (entries.TryGetValue(file.FullName, out var entry) && entry.Holders > 0) continue;
                entries.Remove(file.FullName);
                over -= LengthOf(file);
                File.Delete(file.FullName + Sum);
                File.Delete(file.FullName);
            }
            if (over <= 0) return;
        }
        if (more > 0) throw S3Errors.OfCache(options, more, over + options.CacheBytes - more);
    }

    private static long LengthOf(FileInfo file) => file.Exists ? file.Length : 0;

    /// <summary>What has no sum is being written, or was left by a process that died.</summary>
    private static DateTime LastRead(FileInfo file)
    {
        var stamp = File.GetLastWriteTimeUtc(file.FullName + Sum);
        return stamp.Year > 1601 ? stamp : file.LastWriteTimeUtc;
    }

    /// <summary>One process at a time counts and makes room.</summary>
    private FileStream Alone()
    {
        Directory.CreateDirectory(options.Folder);
        for (var attempt = 0; ; attempt++)
        {
            try { return new FileStream(Path.Combine(options.Folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
            catch (IOException) when (attempt < 1_000) { Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System).GetAwaiter().GetResult(); }
        }
    }

    private sealed class Entry
    {
        public int Holders { get; set; }
        public bool IsGood { get; set; }
    }

    private sealed class Held(ReadCache cache, IReadOnlyList<(Entry Entry, StoredFile File)> files, TimeSpan? onlyWhileHeld) : IDisposable
    {
        private readonly Dictionary<string, DateTime> own = new(StringComparer.Ordinal); // what nobody else had read a short while ago
        private bool isReleased;

        public IReadOnlyList<(Entry Entry, StoredFile File)> Files => files;

        /// <summary>Says to all processes that the files are being read.</summary>
        public void Stamp()
        {
            var now = Now;
            foreach (var (_, file) in files)
            {
                var before = File.GetLastWriteTimeUtc(file.Path + Sum);
                if (before.Year <= 1601) continue; // not there
                File.SetLastWriteTimeUtc(file.Path + Sum, now);
                if (own.ContainsKey(file.Path) || before <= now - onlyWhileHeld) own[file.Path] = File.GetLastWriteTimeUtc(file.Path + Sum);
            }
        }

        /// <summary>A file that was fetched for this holder.</summary>
        public void Own(string path)
        {
            lock (own) own[path] = File.GetLastWriteTimeUtc(path + Sum);
        }

        public void Dispose()
        {
            if (isReleased) return;
            isReleased = true;
            lock (cache.gate)
                foreach (var (entry, file) in files)
                    if (--entry.Holders == 0 && onlyWhileHeld is { } before && own.TryGetValue(file.Path, out var mine) && File.GetLastWriteTimeUtc(file.Path + Sum) == mine)
                        File.SetLastWriteTimeUtc(file.Path + Sum, Now - before);
        }
    }
}
