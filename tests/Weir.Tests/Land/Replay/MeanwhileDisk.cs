using Weir.Tests.Storage;

namespace Weir.Tests.Land.Replay;

/// <summary>A disk below which something happens once, when a replay has written its files and is about to commit.</summary>
internal sealed class MeanwhileDisk(Action happens) : PassingDisk
{
    private Action? meanwhile = happens;

    public override void SyncFile(string path)
    {
        base.SyncFile(path);
        if (!path.Contains("replay-", StringComparison.Ordinal)) return;
        Interlocked.Exchange(ref meanwhile, null)?.Invoke();
    }
}
