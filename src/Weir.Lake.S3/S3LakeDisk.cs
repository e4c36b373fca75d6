using System.Collections.Concurrent;
using System.IO.Enumeration;
using Weir.Storage;

namespace Weir.Lake.S3;

/// <summary>
/// A lake on an object store: each path below the folder is an object's key, and what is put is durable when it is answered. Names that end in <c>.tmp</c> are files of the folder only; a data file is written there by
/// DuckDB and uploaded by <see cref="SyncFile"/>; what SQL reads is fetched into the read cache, which is that same folder. Several threads, processes and machines may use one lake.
/// </summary>
public sealed class S3LakeDisk : ILakeDisk, IDisposable
{
    private static readonly TimeSpan SurelyThere = TimeSpan.FromMinutes(5); // nobody's vacuum takes a file so young

    private readonly S3Options options;
    private readonly ObjectStore store;
    private readonly ReadCache cache;
    private readonly ConcurrentDictionary<string, DateTimeOffset> uploaded = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private bool knowsConditions;

    /// <summary>Opens the lake's place; nothing is asked of the server yet.</summary>
    public S3LakeDisk(S3Options options)
    {
        this.options = options with { Folder = Path.GetFullPath(options.Folder) };
        store = new ObjectStore(this.options);
        cache = new ReadCache(this.options, (path, open) => store.Get(KeyOf(path), open));
    }

    /// <inheritdoc/>
    public bool IsLocal => false;

    /// <summary>Where it is, for people.</summary>
    public string Url => options.Url;

    /// <summary>Asks the server whether the lake can be read and written, and whether it keeps one writer from overwriting another.</summary>
    /// <exception cref="WeirException">WEIR6020–6023, 6026: it cannot.</exception>
    public void Check()
    {
        store.List(PrefixOf(options.Folder), below: false);
        lock (gate) knowsConditions = false;
        RequireConditions();
    }

    /// <inheritdoc/>
    public IDiskFile Create(string path)
    {
        LocalDisk.Instance.CreateFolder(Path.GetDirectoryName(path)!);
        return LocalDisk.Instance.Create(path);
    }

    /// <summary>Nothing can be appended to an object.</summary>
    public IDiskFile OpenAppend(string path) => throw new NotSupportedException($"'{path}' is an object of {options.Url}: nothing can be appended to it.");

    /// <inheritdoc/>
    public FileStream OpenRead(string path) => TryOpenRead(path) ?? throw new FileNotFoundException($"The lake {options.Url} has no object '{KeyOf(path)}'.", path);

    /// <inheritdoc/>
    public FileStream? TryOpenRead(string path)
    {
        if (IsTemporary(path)) return File.Exists(path) ? LocalDisk.Instance.OpenRead(path) : null;
        var folder = Path.Combine(options.Folder, ".reading");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{Guid.NewGuid():n}.tmp");
        try
        {
            return store.Get(KeyOf(path), () => new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None)) is null ? null
                : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
        finally
        {
            File.Delete(file); // who has it open reads on
        }
    }

    /// <inheritdoc/>
    public bool Exists(string path) => IsTemporary(path) ? File.Exists(path)
        : (uploaded.TryGetValue(path, out var at) && Now - at < SurelyThere) || store.LengthOf(KeyOf(path)) is not null;

    /// <inheritdoc/>
    public long? LengthOf(string path) => IsTemporary(path) ? (File.Exists(path) ? new FileInfo(path).Length : null) : store.LengthOf(KeyOf(path));

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string folder, string pattern = "*") =>
        [.. ListWritten(folder, below: false).Select(f => f.Path).Where(p => FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(p), ignoreCase: false)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFolders(string folder) => [.. store.List(PrefixOf(folder), below: false).Prefixes.Select(p => PathOf(p.TrimEnd('/'))).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public IReadOnlyList<StoredFile> ListWritten(string folder, bool below) =>
    [
        .. store.List(PrefixOf(folder), below).Objects.Select(o => new StoredFile(PathOf(o.Key), o.Length, o.Written, o.StorageClass)),
        .. Directory.Exists(folder) && !below ? new DirectoryInfo(folder).EnumerateFiles("*.tmp").Select(f => new StoredFile(f.FullName, 0, f.LastWriteTimeUtc)) : [],
    ];

    /// <inheritdoc/>
    public void RemoveLeftovers(string folder, DateTime before) => store.AbortUploads(PrefixOf(folder), before);

    /// <inheritdoc/>
    public void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <inheritdoc/>
    public bool TryLink(string path, string newPath)
    {
        RequireConditions();
        return store.TryPutNew(KeyOf(newPath), path);
    }

    /// <inheritdoc/>
    public void Replace(string path, string newPath)
    {
        store.Put(KeyOf(newPath), File.ReadAllBytes(path));
        File.Delete(path);
    }

    /// <inheritdoc/>
    public void Delete(string path)
    {
        if (!IsTemporary(path))
        {
            uploaded.TryRemove(path, out _);
            store.Delete(KeyOf(path));
        }
        cache.Drop(path);
    }

    /// <inheritdoc/>
    public void SyncFile(string path)
    {
        if (IsTemporary(path)) return; // what becomes of it is put, and durable then
        long length;
        uint checksum;
        using (var file = File.OpenRead(path)) (length, checksum) = (file.Length, ReadCache.Checksum(file));
        store.Put(KeyOf(path), path, checksum);
        Remember(path);
        cache.Add(path, length, checksum);
    }

    /// <summary>A name is durable with what bears it.</summary>
    public void SyncFolder(string path)
    {
    }

    /// <inheritdoc/>
    public IDisposable Hold(IReadOnlyCollection<StoredFile> files) => cache.Hold(files, keep: false);

    /// <inheritdoc/>
    public void Fetch(IReadOnlyCollection<StoredFile> files) => cache.Hold(files, keep: true).Dispose();

    /// <inheritdoc/>
    public bool SetStorageClass(string path, string storageClass) => store.SetStorageClass(KeyOf(path), storageClass);

    /// <inheritdoc/>
    public void Dispose() => store.Dispose();

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static bool IsTemporary(string path) => path.EndsWith(".tmp", StringComparison.Ordinal);

    private void Remember(string path)
    {
        uploaded[path] = Now;
        if (uploaded.Count % 1_000 == 0)
            foreach (var (old, at) in uploaded) if (Now - at >= SurelyThere) uploaded.TryRemove(old, out _);
    }

    /// <summary>A server that overwrites would lose commits without a word, so it is asked once, before the first commit.</summary>
    private void RequireConditions()
    {
        lock (gate)
        {
            if (knowsConditions) return;
            var probe = Path.Combine(options.Folder, $"_probe-{Guid.NewGuid():n}.tmp");
            using (var file = Create(probe)) file.Append("weir"u8);
            var key = KeyOf(Path.ChangeExtension(probe, null));
            try
            {
                store.Put(key, "weir"u8.ToArray());
                if (store.TryPutNew(key, probe)) throw S3Errors.OfIgnoredCondition(options);
            }
            finally
            {
                File.Delete(probe);
                store.Delete(key);
            }
            knowsConditions = true;
        }
    }

    private string KeyOf(string path)
    {
        var relative = Path.GetRelativePath(options.Folder, path).Replace('\\', '/');
        return options.Prefix.Length == 0 ? relative : $"{options.Prefix}/{relative}";
    }

    private string PrefixOf(string folder) => folder == options.Folder ? options.Prefix.Length == 0 ? "" : options.Prefix + "/" : KeyOf(folder) + "/";

    private string PathOf(string key) => Path.Combine(options.Folder, options.Prefix.Length == 0 ? key : key[(options.Prefix.Length + 1)..]);
}
