using System.Diagnostics.CodeAnalysis;
using Weir.Sources;

namespace Weir.Land.Dedupe;

/// <summary>
/// The ids that ranges claim until their commit, over the ids that are committed. Asked in the order of positions, so that the lowest wins.
/// After the commit <see cref="DedupeIndex.Accept"/> keeps them; if the commit fails this is dropped and nothing was claimed.
/// </summary>
internal sealed class Claims(DedupeIndex index)
{
    private readonly IdTable claimed = index.TakeSpare();

    public IdTable All => claimed;

    public DedupeVerdict Decide(in Candidate candidate)
    {
        var rule = index.Sources.RuleOf(candidate.Source);
        if (rule == DedupeRule.None) return DedupeVerdict.First;
        var claim = DedupeEntry.Of(candidate, rule);
        var hash = claim.Key.Hash();
        if (rule == DedupeRule.IdAndClientHour && candidate.ClientMicros is null)
        {
            if (AskReceipts(claim, candidate.ReceivedMicros) is { } taken) return taken;
        }
        else if (TryFind(claim.Key, hash, out var mark)) return mark.Print == claim.Mark.Print ? DedupeVerdict.Duplicate : DedupeVerdict.Reused;
        claimed.TryAdd(claim.Key, hash, claim.Mark);
        return DedupeVerdict.First;
    }

    /// <summary>Whether the index has meanwhile learnt of one of these ids, landed by others.</summary>
    public bool AreTaken()
    {
        bool IsTaken(in DedupeKey key) => index.TryFind(key, key.Hash(), out _);
        foreach (var (key, mark) in claimed.Entries)
        {
            if (IsTaken(key)) return true;
            // Of those that are compared by their receipt any that is near counts.
            if (mark.ReceivedMicros != 0 && (IsTaken(key with { Bucket = key.Bucket - 1 }) || IsTaken(key with { Bucket = key.Bucket + 1 }))) return true;
        }
        return false;
    }

    /// <summary>Asks the period of the receipt and its neighbours: whatever lies within 72 hours lies there.</summary>
    private DedupeVerdict? AskReceipts(in DedupeEntry claim, long receivedMicros)
    {
        DedupeVerdict? taken = null;
        for (var period = claim.Key.Bucket - 1; period <= claim.Key.Bucket + 1; period++)
        {
            var key = claim.Key with { Bucket = period };
            if (!TryFind(key, key.Hash(), out var mark)) continue;
            if (Math.Abs(mark.ReceivedMicros - receivedMicros) > Buckets.WindowMicros) continue;
            if (mark.Print == claim.Mark.Print) return DedupeVerdict.Duplicate;
            taken = DedupeVerdict.Reused;
        }
        return taken;
    }

    private bool TryFind(in DedupeKey key, ulong hash, [NotNullWhen(true)] out Mark mark) => claimed.TryFind(key, hash, out mark) || index.TryFind(key, hash, out mark);
}
