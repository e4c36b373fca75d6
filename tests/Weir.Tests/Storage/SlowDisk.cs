using Weir.Storage;

namespace Weir.Tests.Storage;

/// <summary>The machine's disk, whose syncs of files wait while a test holds them.</summary>
public sealed class SlowDisk : PassingDisk, IDisposable
{
    private readonly ManualResetEventSlim open = new(true);
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int syncs;

    public int Syncs => syncs;

    /// <summary>Completes when a sync waits.</summary>
    public Task Reached => reached.Task;

    public void Hold() => open.Reset();

    public void Release() => open.Set();

    public override IDiskFile Create(string path) => new SlowFile(this, base.Create(path));
    public override IDiskFile OpenAppend(string path) => new SlowFile(this, base.OpenAppend(path));
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
