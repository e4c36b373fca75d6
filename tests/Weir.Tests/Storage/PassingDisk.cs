using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>The machine's disk; a test's own changes what it is about.</summary>
public abstract class PassingDisk : IDisk
{
    public virtual IDiskFile Create(string path) => LocalDisk.Instance.Create(path);
    public virtual IDiskFile OpenAppend(string path) => LocalDisk.Instance.OpenAppend(path);
    public virtual FileStream OpenRead(string path) => LocalDisk.Instance.OpenRead(path);
    public virtual bool Exists(string path) => LocalDisk.Instance.Exists(path);
    public virtual IReadOnlyList<string> List(string folder, string pattern = "*") => LocalDisk.Instance.List(folder, pattern);
    public virtual void CreateFolder(string path) => LocalDisk.Instance.CreateFolder(path);
    public virtual bool TryLink(string path, string newPath) => LocalDisk.Instance.TryLink(path, newPath);
    public virtual void Replace(string path, string newPath) => LocalDisk.Instance.Replace(path, newPath);
    public virtual void Delete(string path) => LocalDisk.Instance.Delete(path);
    public virtual void SyncFile(string path) => LocalDisk.Instance.SyncFile(path);
    public virtual void SyncFolder(string path) => LocalDisk.Instance.SyncFolder(path);
}
