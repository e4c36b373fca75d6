using Weir.Lake;
using Weir.Storage;

namespace Weir.Tests.Lake.S3;

/// <summary>Another disk, whose files look older: a server's own times cannot be changed.</summary>
internal sealed class AgedDisk(ILakeDisk disk, TimeSpan older) : ILakeDisk
{
    public IReadOnlyList<StoredFile> ListWritten(string folder, bool below) => [.. disk.ListWritten(folder, below).Select(f => f with { Written = f.Written - older })];
    public void RemoveLeftovers(string folder, DateTime before) => disk.RemoveLeftovers(folder, before + older);

    public bool IsLocal => disk.IsLocal;
    public FileStream? TryOpenRead(string path) => disk.TryOpenRead(path);
    public long? LengthOf(string path) => disk.LengthOf(path);
    public IReadOnlyList<string> ListFolders(string folder) => disk.ListFolders(folder);
    public IDisposable Hold(IReadOnlyCollection<StoredFile> files) => disk.Hold(files);
    public void Fetch(IReadOnlyCollection<StoredFile> files) => disk.Fetch(files);
    public bool SetStorageClass(string path, string storageClass) => disk.SetStorageClass(path, storageClass);
    public IDiskFile Create(string path) => disk.Create(path);
    public IDiskFile OpenAppend(string path) => disk.OpenAppend(path);
    public FileStream OpenRead(string path) => disk.OpenRead(path);
    public bool Exists(string path) => disk.Exists(path);
    public IReadOnlyList<string> List(string folder, string pattern = "*") => disk.List(folder, pattern);
    public void CreateFolder(string path) => disk.CreateFolder(path);
    public bool TryLink(string path, string newPath) => disk.TryLink(path, newPath);
    public void Replace(string path, string newPath) => disk.Replace(path, newPath);
    public void Delete(string path) => disk.Delete(path);
    public void SyncFile(string path) => disk.SyncFile(path);
    public void SyncFolder(string path) => disk.SyncFolder(path);
}
