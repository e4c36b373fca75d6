using Weir.Leases;

namespace Weir.Land.Replay;

/// <summary>Where and how to replay.</summary>
/// <param name="DataFolder">The data folder, absolute.</param>
public sealed record ReplayOptions(string DataFolder)
{
    /// <summary>How many bytes of events one commit may take in.</summary>
    public long RoundBytes { get; init; } = 32L << 20;

    /// <summary>How much memory DuckDB may use for the rows of a round before it writes to disk; a DuckDB size.</summary>
    public string StagingMemory { get; init; } = "512MB";

    /// <summary>How long the lease holds without being renewed.</summary>
    public TimeSpan LeaseDuration { get; init; } = Lease.DefaultDuration;

    /// <summary>Whether only to tell what would be done.</summary>
    public bool Plan { get; init; }

    /// <summary>What the project says of events now.</summary>
    public EventRules Rules { get; init; } = EventRules.None;
}
