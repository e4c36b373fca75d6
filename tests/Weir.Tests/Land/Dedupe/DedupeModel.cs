using Weir.Land.Dedupe;
using Weir.Sources;

namespace Weir.Tests.Land.Dedupe;

/// <summary>The rules of dedupe told once more, as slowly as possible: every event is compared with every one that landed.</summary>
internal sealed class DedupeModel
{
    private readonly List<Candidate> landed = [];

    public int Count => landed.Count;

    public void Forget(int to) => landed.RemoveRange(to, landed.Count - to);

    public DedupeVerdict Decide(Candidate c, DedupeRule rule)
    {
        var holders = rule == DedupeRule.None ? [] : landed.Where(l => l.Source == c.Source && l.Id == c.Id && SameSpan(l, c, rule)).ToList();
        if (holders.Any(l => l.Name == c.Name && l.ClientMicros == c.ClientMicros)) return DedupeVerdict.Duplicate;
        if (holders.Count > 0) return DedupeVerdict.Reused;
        landed.Add(c);
        return DedupeVerdict.First;
    }

    private static bool SameSpan(Candidate a, Candidate b, DedupeRule rule)
    {
        if (rule == DedupeRule.Id) return true;
        if (a.ClientMicros is { } x && b.ClientMicros is { } y) return Hour(x) == Hour(y);
        if (a.ClientMicros is not null || b.ClientMicros is not null) return false;
        return (Time(a.ReceivedMicros) - Time(b.ReceivedMicros)).Duration() <= TimeSpan.FromHours(72);
    }

    private static string Hour(long micros) => Time(micros).ToString("yyyy-MM-dd HH");

    private static DateTime Time(long micros) => DateTime.UnixEpoch.AddMicroseconds(micros);
}
