namespace Weir.Land.Dedupe;

/// <summary>Of what the remembered ids are the truth: all that one lake's ledger had landed up to a version.</summary>
/// <param name="LakeId">The lake's birth id: another lake in the same folder is another truth. Empty before the first commit.</param>
/// <param name="LedgerVersion">The last ledger commit whose ids are remembered; −1 for none.</param>
internal sealed record DedupeStamp(string LakeId, long LedgerVersion)
{
    /// <summary>No ids, and so the truth of every lake's beginning.</summary>
    public static DedupeStamp Nothing { get; } = new("", -1);

    /// <summary>Whether what was true then is part of what is true now.</summary>
    public bool IsPastOf(DedupeStamp now) => this == Nothing || (LakeId == now.LakeId && LedgerVersion <= now.LedgerVersion);
}
