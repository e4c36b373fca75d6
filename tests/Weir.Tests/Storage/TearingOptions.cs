namespace Weir.Tests.Storage;

/// <summary>How a <see cref="TearingDisk"/> treats its users.</summary>
public sealed record TearingOptions
{
    /// <summary>Syncs do nothing: what relies on them must then be seen to fail.</summary>
    public bool IgnoreSync { get; init; }

    /// <summary>The share of operations that fail without a crash (disk full, input/output error).</summary>
    public double FaultRate { get; init; }

    /// <summary>The share of operations before which the thread lets others go first.</summary>
    public double DelayRate { get; init; }
}
