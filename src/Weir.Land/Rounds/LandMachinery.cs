using Weir.Journal;
using Weir.Lake;
using Weir.Leases;
using Weir.Sources;

namespace Weir.Land.Rounds;

/// <summary>What outlives a call of the lander.</summary>
internal sealed record LandMachinery(
    LandOptions Options, LakeStore Lake, IReadOnlyDictionary<string, SourceDefinition> Sources, KeyStore Keys, IndexKeeper Keeper, Staging Staging, Lease Lease)
{
    public Removals Removals { get; } = new(Lake);
}
