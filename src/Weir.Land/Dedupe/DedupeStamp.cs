namespace Weir.Land.Dedupe;

/// <summary>Of what the remembered ids are the truth: all that one lake's ledger had landed up to a version.</summary>
/// <param name="LakeId">The ledger table's own id: another lake in the same folder is another truth.</param>
/// <param name="LedgerVersion">The last ledger commit whose ids are remembered; −1 for none.</param>
internal sealed record DedupeStamp(string LakeId, long LedgerVersion);
