using Weir.Storage;
using Weir.Tests.Storage;

namespace Weir.Tests.Land.Tap;

/// <summary>A disk that, when told so, refuses to make names durable.</summary>
internal sealed class UnsyncedDisk : PassingDisk
{
    public bool Refuses { get; set; }

    public override void SyncFolder(string path)
    {
        if (Refuses) throw new IOException("Not synced.");
        base.SyncFolder(path);
    }
}
