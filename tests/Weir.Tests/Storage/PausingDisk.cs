using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>A disk whose user is paused before its n-th change, as a stopped process is, until it is let go on.</summary>
public sealed class PausingDisk(int pauseAt) : IDisk
{
    private readonly LocalDisk inner = LocalDisk.Instance;
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim goOn = new();
    private int changes;

    /// <summary>Completes when the user is paused.</summary>
    public Task Reached => reached.Task;

    public void GoOn() => goOn.Set();

    public IDiskFile Create(string path)
    {
        Pause();
        return new PausingFile(this, inner.Create(path));
    }

    public IDiskFile OpenAppend(string path)
    {
        Pause();
        return new PausingFile(this, inner.OpenAppend(path));
    }

    public FileStream OpenRead(string path) => inner.OpenRead(path);

    public bool Exists(string path) => inner.Exists(path);

    public IReadOnlyList<string> List(string folder, string pattern = "*") => inner.List(folder, pattern);

    public void CreateFolder(string path)
    {
        Pause();
        inner.CreateFolder(path);
    }

    public bool TryLink(string path, string newPath)
    {
        Pause();
        return inner.TryLink(path, newPath);
    }

    public void Replace(string path, string newPath)
    {
        Pause();
        inner.Replace(path, newPath);
    }

    public void Delete(string path)
    {
        Pause();
        inner.Delete(path);
    }

    public void SyncFile(string path)
    {
        Pause();
        inner.SyncFile(path);
    }

    public void SyncFolder(string path)
    {
        Pause();
        inner.SyncFolder(path);
    }

    private void Pause()
    {
        if (Interlocked.Increment(ref changes) != pauseAt) return;
        reached.SetResult();
        goOn.Wait();
    }

    private sealed class PausingFile(PausingDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            disk.Pause();
            file.Append(bytes);
        }

        public void Sync()
        {
            disk.Pause();
            file.Sync();
        }

        public void Truncate(long length)
        {
            disk.Pause();
            file.Truncate(length);
        }

        public void Dispose() => file.Dispose();
    }
}
