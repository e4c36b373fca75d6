using Weir.Events;
using Weir.Journal;
using Weir.Lake;
using Weir.Storage;

namespace Weir.Land.Retaining;

/// <summary>Where something is kept, and for how long.</summary>
/// <param name="DataFolder">The data folder.</param>
/// <param name="Lake">Its lake.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Disk">Its disk.</param>
/// <param name="Received">Where its bytes as received lie.</param>
/// <param name="Rules">What is kept for how long.</param>
/// <param name="Time">The clock.</param>
public sealed record RetentionScope(
    string DataFolder, LakeStore Lake, KeyStore Keys, IDisk Disk, IReadOnlyList<IReceivedBytes> Received, RetentionRules Rules, TimeProvider Time)
{
    /// <summary>Where DuckDB may write beyond its memory limit.</summary>
    internal string TemporaryFolder => Path.Combine(DataFolder, "run", "retention");
}
