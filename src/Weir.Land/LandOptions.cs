using Weir.Land.Retaining;
using Weir.Leases;

namespace Weir.Land;

/// <summary>Where and how to land.</summary>
/// <param name="DataFolder">The data folder, absolute.</param>
public sealed record LandOptions(string DataFolder)
{
    /// <summary>How many bytes of events one commit may take in; a frame is never cut for it.</summary>
    public long RoundBytes { get; init; } = 128L << 20;

    /// <summary>How much memory DuckDB may use for the rows of a round before it writes to disk; a DuckDB size, for example <c>512MB</c>.</summary>
    public string StagingMemory { get; init; } = "512MB";

    /// <summary>How many bytes of memory ids may take before they are written to runs on disk.</summary>
    public long DedupeMemoryBytes { get; init; } = 256L << 20;

    /// <summary>How long the lander's lease holds without being renewed: after that another may take over from one that hangs.</summary>
    public TimeSpan LeaseDuration { get; init; } = Lease.DefaultDuration;

    /// <summary>How many threads evaluate events. The result does not depend on it.</summary>
    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 4);

    /// <summary>Whether the fast path reads what it surely can; otherwise the plain path reads all, to the same result.</summary>
    public bool FastPath { get; init; } = true;

    /// <summary>How long what landed is kept.</summary>
    public RetentionRules Retention { get; init; } = new(new Retention());

    /// <summary>What the project says of events.</summary>
    public EventRules Rules { get; init; } = EventRules.None;
}
