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

    public Verdict Decide(in Candidate candidate)
    {
        var rule = index.Sources.RuleOf(candidate.Source);
        if (rule == DedupeRule.None) return Verdict.First;
        if (rule == DedupeRule.IdAndClientHour && candidate.ClientMicros is null) return DecideByReceipt(candidate);
        var bucket = rule == DedupeRule.Id ? Buckets.AllTime : Buckets.OfClientHour(candidate.ClientMicros!.Value);
        var key = new DedupeKey(candidate.Source, bucket, candidate.Id);
        var print = Mark.PrintOf(candidate.Name, candidate.ClientMicros);
        if (TryFind(key, out var mark)) return mark.Print == print ? Verdict.Duplicate : Verdict.Reused;
        claimed.Add(key, new Mark(print, 0));
        return Verdict.First;
    }

    private Verdict DecideByReceipt(in Candidate candidate)
    {
        var print = Mark.PrintOf(candidate.Name, null);
        var own = Buckets.OfReceipt(candidate.ReceivedMicros);
        var taken = false;
        for (var period = own - 1; period <= own + 1; period++)
        {
            if (!TryFind(new DedupeKey(candidate.Source, period, candidate.Id), out var mark)) continue;
            if (Math.Abs(mark.ReceivedMicros - candidate.ReceivedMicros) > Buckets.WindowMicros) continue;
            if (mark.Print == print) return Verdict.Duplicate;
            taken = true;
        }
        if (taken) return Verdict.Reused;
        claimed.Add(new DedupeKey(candidate.Source, own, candidate.Id), new Mark(print, candidate.ReceivedMicros));
        return Verdict.First;
    }

    private bool TryFind(in DedupeKey key, [NotNullWhen(true)] out Mark mark) => claimed.TryGetValue(key, out mark) || index.TryFind(key, out mark);
}
