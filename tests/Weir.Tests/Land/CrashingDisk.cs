using Weir.Storage;

namespace Weir.Tests.Land;

/// <summary>A disk whose n-th changing operation, and all after it, fail: what a killed process would have done is done, the rest is not.</summary>
public sealed class CrashingDisk(IDisk inner, int failAt) : IDisk
{
    private int operations;

    public int Operations => operations;

    public bool Crashed => operations >= failAt;

    public sealed class CrashException() : IOException("The test pulled the plug.");

    private void Step()
    {
        if (Interlocked.Increment(ref operations) >= failAt) throw new CrashException();
    }

    public IDiskFile Create(string path) { Step(); return new CrashingFile(this, inner.Create(path)); }
    public IDiskFile OpenAppend(string path) { Step(); return new CrashingFile(this, inner.OpenAppend(path)); }
    public FileStream OpenRead(string path) => inner.OpenRead(path);
    public bool Exists(string path) => inner.Exists(path);
    public IReadOnlyList<string> List(string folder, string pattern = "*") => inner.List(folder, pattern);
    public void CreateFolder(string path) { Step(); inner.CreateFolder(path); }
    public bool TryLink(string path, string newPath) { Step(); return inner.TryLink(path, newPath); }
    public void Replace(string path, string newPath) { Step(); inner.Replace(path, newPath); }
    public void Delete(string path) { Step(); inner.Delete(path); }
    public void SyncFile(string path) { Step(); inner.SyncFile(path); }
    public void SyncFolder(string path) { Step(); inner.SyncFolder(path); }

    private sealed class CrashingFile(CrashingDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;
        public void Append(ReadOnlySpan<byte> bytes) { disk.Step(); file.Append(bytes); }
        public void Sync() { disk.Step(); file.Sync(); }
        public void Truncate(long length) { disk.Step(); file.Truncate(length); }
        public void Dispose() => file.Dispose();
    }
}
