using Weir.Storage;

namespace Weir.Tests.Land.Tap;

/// <summary>A disk that, when told so, refuses to make names durable.</summary>
internal sealed class UnsyncedDisk : IDisk
{
    private readonly LocalDisk disk = LocalDisk.Instance;

    public bool Refuses { get; set; }

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

    public void SyncFolder(string path)
    {
        if (Refuses) throw new IOException("Not synced.");
        disk.SyncFolder(path);
    }
}
