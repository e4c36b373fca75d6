using Weir.Storage;

namespace Weir.Tests.Land.Replay;

/// <summary>A disk below which something happens once, when a replay has written its files and is about to commit.</summary>
internal sealed class MeanwhileDisk(Action happens) : IDisk
{
    private readonly IDisk inner = LocalDisk.Instance;
    private Action? meanwhile = happens;

    public void SyncFile(string path)
    {
        inner.SyncFile(path);
        if (!path.Contains("replay-", StringComparison.Ordinal)) return;
        Interlocked.Exchange(ref meanwhile, null)?.Invoke();
    }

    public IDiskFile Create(string path) => inner.Create(path);
    public IDiskFile OpenAppend(string path) => inner.OpenAppend(path);
    public FileStream OpenRead(string path) => inner.OpenRead(path);
    public bool Exists(string path) => inner.Exists(path);
    public IReadOnlyList<string> List(string folder, string pattern = "*") => inner.List(folder, pattern);
    public void CreateFolder(string path) => inner.CreateFolder(path);
    public bool TryLink(string path, string newPath) => inner.TryLink(path, newPath);
    public void Replace(string path, string newPath) => inner.Replace(path, newPath);
    public void Delete(string path) => inner.Delete(path);
    public void SyncFolder(string path) => inner.SyncFolder(path);
}
