using System.Collections.Concurrent;
using Weir.Storage;

namespace Weir.Tests.Lake;

/// <summary>A disk that remembers in which order things were done to it.</summary>
internal sealed class RecordingDisk(IDisk inner) : IDisk
{
    private readonly ConcurrentQueue<string> done = new();

    /// <summary>What was done: the operation, a space, the path.</summary>
    public IReadOnlyList<string> Done => [.. done];

    /// <summary>What <see cref="TryLink"/> does after it has linked; by default it tells the truth.</summary>
    public Func<bool, bool> AfterLink { get; set; } = linked => linked;

    /// <summary>Called before <see cref="TryLink"/> with the new name.</summary>
    public Action<string> BeforeLink { get; set; } = _ => { };

    /// <summary>Called before <see cref="Replace"/> with the new name.</summary>
    public Action<string> BeforeReplace { get; set; } = _ => { };

    /// <summary>Called before <see cref="SyncFolder"/>.</summary>
    public Action<string> BeforeSyncFolder { get; set; } = _ => { };

    public void Forget() => done.Clear();

    public IDiskFile Create(string path) => new File(this, path, Record("create", path, () => inner.Create(path)));
    public IDiskFile OpenAppend(string path) => inner.OpenAppend(path);
    public FileStream OpenRead(string path) => Record("read", path, () => inner.OpenRead(path));
    public bool Exists(string path) => inner.Exists(path);
    public IReadOnlyList<string> List(string folder, string pattern = "*") => Record("list", folder, () => inner.List(folder, pattern));
    public void CreateFolder(string path) => Record("folder", path, () => { inner.CreateFolder(path); return true; });
    public bool TryLink(string path, string newPath) => AfterLink(Record("link", newPath, () => { BeforeLink(newPath); return inner.TryLink(path, newPath); }));
    public void Replace(string path, string newPath) => Record("replace", newPath, () => { BeforeReplace(newPath); inner.Replace(path, newPath); return true; });
    public void Delete(string path) => inner.Delete(path);
    public void SyncFile(string path) => Record("sync", path, () => { inner.SyncFile(path); return true; });
    public void SyncFolder(string path) => Record("syncfolder", path, () => { BeforeSyncFolder(path); inner.SyncFolder(path); return true; });

    private T Record<T>(string operation, string path, Func<T> work)
    {
        var result = work();
        done.Enqueue($"{operation} {path}");
        return result;
    }

    private sealed class File(RecordingDisk disk, string path, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;
        public void Append(ReadOnlySpan<byte> bytes) => file.Append(bytes);
        public void Sync() { file.Sync(); disk.done.Enqueue($"sync {path}"); }
        public void Truncate(long length) => file.Truncate(length);
        public void Dispose() => file.Dispose();
    }
}
