using Weir.Tests.Storage;

namespace Weir.Tests.Proof;

/// <summary>What a seed has in store.</summary>
/// <param name="Crashes">How many times the power fails, or the process is killed.</param>
/// <param name="FaultRate">The share of disk operations that fail between crashes.</param>
/// <param name="DelayRate">The share that is late.</param>
/// <param name="KeepRaw">Whether landed segments are kept.</param>
/// <param name="Beside">Whether landing runs beside everything else, or in turn; only then does a seed tell the same story each time.</param>
internal sealed record TearPlan(int Crashes, double FaultRate, double DelayRate, bool KeepRaw, bool Beside)
{
    public static TearPlan Of(Random random)
    {
        var beside = random.Next(3) == 0;
        return new(random.Next(2, 5), random.Next(2) == 0 ? 0 : 0.005 * random.Next(1, 5), beside ? 0.02 : 0, beside || random.Next(4) > 0, beside);
    }

    public TearingOptions Tearing(bool ignoreSync) => new() { IgnoreSync = ignoreSync, DelayRate = DelayRate };
}

/// <summary>What happened, over all seeds.</summary>
internal sealed class TearCounts
{
    public long Seeds, Crashes, PowerFailures, Faults, Appended, Landed, Compactions, Deleted;

    public void Add(TearCounts other)
    {
        Interlocked.Add(ref Seeds, other.Seeds);
        Interlocked.Add(ref Crashes, other.Crashes);
        Interlocked.Add(ref PowerFailures, other.PowerFailures);
        Interlocked.Add(ref Faults, other.Faults);
        Interlocked.Add(ref Appended, other.Appended);
        Interlocked.Add(ref Landed, other.Landed);
        Interlocked.Add(ref Compactions, other.Compactions);
        Interlocked.Add(ref Deleted, other.Deleted);
    }
}
