using System.Diagnostics.CodeAnalysis;
using Weir.Sources;

namespace Weir.Land.Dedupe;

/// <summary>
/// The ids that ranges claim until their commit, over the ids that are committed. Asked in the order of positions, so that the lowest wins.
/// After the commit <see cref="DedupeIndex.Accept"/> keeps them; if the commit fails this is dropped and nothing was claimed.
/// </summary>
internal sealed class Claims(DedupeIndex index)
{
    private readonly Dictionary<DedupeKey, Mark> claimed = [];

    public IReadOnlyDictionary<DedupeKey, Mark> All => claimed;

    public DedupeVerdict Decide(in Candidate candidate)
    {
        var rule = index.Sources.RuleOf(candidate.Source);
        if (rule == DedupeRule.None) return DedupeVerdict.First;
        var claim = DedupeEntry.Of(candidate, rule);
        if (rule == DedupeRule.IdAndClientHour && candidate.ClientMicros is null)
        {
            if (AskReceipts(claim, candidate.ReceivedMicros) is { } taken) return taken;
        }
        else if (TryFind(claim.Key, out var mark)) return mark.Print == claim.Mark.Print ? DedupeVerdict.Duplicate : DedupeVerdict.Reused;
        claimed.Add(claim.Key, claim.Mark);
        return DedupeVerdict.First;
    }

    /// <summary>Whether the index has meanwhile learnt of one of these ids, landed by others.</summary>
    public bool AreTaken()
    {
        foreach (var (key, mark) in claimed)
        {
            if (index.TryFind(key, out _)) return true;
            // Of those that are compared by their receipt any that is near counts.
            if (mark.ReceivedMicros != 0 && (index.TryFind(key with { Bucket = key.Bucket - 1 }, out _) || index.TryFind(key with { Bucket = key.Bucket + 1 }, out _))) return true;
        }
        return false;
    }

    /// <summary>Asks the period of the receipt and its neighbours: whatever lies within 72 hours lies there.</summary>
    private DedupeVerdict? AskReceipts(in DedupeEntry claim, long receivedMicros)
    {
        DedupeVerdict? taken = null;
        for (var period = claim.Key.Bucket - 1; period <= claim.Key.Bucket + 1; period++)
        {
            if (!TryFind(claim.Key with { Bucket = period }, out var mark)) continue;
            if (Math.Abs(mark.ReceivedMicros - receivedMicros) > Buckets.WindowMicros) continue;
            if (mark.Print == claim.Mark.Print) return DedupeVerdict.Duplicate;
            taken = DedupeVerdict.Reused;
        }
        return taken;
    }

    private bool TryFind(in DedupeKey key, [NotNullWhen(true)] out Mark mark) => claimed.TryGetValue(key, out mark) || index.TryFind(key, out mark);
}
