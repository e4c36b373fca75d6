using Weir.Leases;

namespace Weir.Journal;

/// <summary>Where the journal lies and how much it may hold.</summary>
/// <param name="Folder">The data folder (<c>--data</c>); the journal is in <c>journal/</c>, the keys in <c>keys/</c>, the lease in <c>run/</c>.</param>
public sealed record JournalOptions(string Folder)
{
    /// <summary>Bytes that segments not yet landed and moved may take together; beyond it appends are refused with WEIR2002.</summary>
    public long DiskBudget { get; init; } = 10L << 30;

    /// <summary>A segment is closed once it has this many bytes, or when its hour is over.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>How long the writer's lease holds without being renewed: after that another may take over from one that hangs.</summary>
    public TimeSpan LeaseDuration { get; init; } = Lease.DefaultDuration;

    /// <summary>Bytes that may wait for the disk, over all streams; beyond it appends are refused with WEIR2009.</summary>
    public long QueueBytes { get; init; } = 256L << 20;
}
