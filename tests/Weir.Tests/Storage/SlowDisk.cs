using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>The machine's disk, whose syncs of files wait while a test holds them.</summary>
public sealed class SlowDisk : IDisk, IDisposable
{
    private readonly LocalDisk real = LocalDisk.Instance;
    private readonly ManualResetEventSlim open = new(true);
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int syncs;

    public int Syncs => syncs;

    /// <summary>Completes when a sync waits.</summary>
    public Task Reached => reached.Task;

    public void Hold() => open.Reset();

    public void Release() => open.Set();

    public IDiskFile Create(string path) => new SlowFile(this, real.Create(path));
    public IDiskFile OpenAppend(string path) => new SlowFile(this, real.OpenAppend(path));
    public FileStream OpenRead(string path) => real.OpenRead(path);
    public bool Exists(string path) => real.Exists(path);
    public IReadOnlyList<string> List(string folder, string pattern = "*") => real.List(folder, pattern);
    public void CreateFolder(string path) => real.CreateFolder(path);
    public bool TryLink(string path, string newPath) => real.TryLink(path, newPath);
    public void Replace(string path, string newPath) => real.Replace(path, newPath);
    public void Delete(string path) => real.Delete(path);
    public void SyncFile(string path) => real.SyncFile(path);
    public void SyncFolder(string path) => real.SyncFolder(path);
    public void Dispose() => open.Dispose();

    private sealed class SlowFile(SlowDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;
        public void Append(ReadOnlySpan<byte> bytes) => file.Append(bytes);
        public void Truncate(long length) => file.Truncate(length);
        public void Dispose() => file.Dispose();

        public void Sync()
        {
            if (!disk.open.IsSet) disk.reached.TrySetResult();
            disk.open.Wait();
            Interlocked.Increment(ref disk.syncs);
            file.Sync();
        }
    }
}
