namespace Weir.Land.Tap;

/// <summary>
/// Lets everything through up to a rate, and beyond it one in 2, 4, 8 …: of hashes the smallest, so that all copies of an event are in or out, and what is in a sample is in every larger
/// one. The rate is that of arrival: events that are read late, all at once, are not sampled for it. It learns at the end of each second, and within one only if that brings far too many.
/// </summary>
/// <param name="rate">Events a second.</param>
internal sealed class Sampler(int rate)
{
    private const int Most = 40;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private DateTimeOffset begun;
    private long matched, shown, limit = rate;
    private int level;
    private bool isQuiet;

    /// <summary>Whether an event is shown; <paramref name="note"/> is a message that belongs before it.</summary>
    public bool Admits(ulong hash, DateTimeOffset receivedAt, out byte[]? note)
    {
        note = receivedAt - begun >= Window ? EndWindow(receivedAt) : null;
        isQuiet = false;
        matched++;
        if (level > 0 && hash >> (64 - level) != 0) return false;
        shown++;
        if (shown > limit && level < Most)
        {
            level++;
            limit = shown + (rate / 4);
            note ??= Note();
        }
        return true;
    }

    /// <summary>Now and then, when all that has arrived was read: after a second without an event its note is due.</summary>
    public byte[]? Tick(DateTimeOffset now)
    {
        var note = isQuiet && matched > 0 && now - begun >= Window ? EndWindow(now) : null;
        isQuiet = true;
        return note;
    }

    /// <summary>What the second was, if it was sampled or the next will be.</summary>
    private byte[]? EndWindow(DateTimeOffset now)
    {
        var before = level;
        var perSecond = (long)(matched / (now - begun).TotalSeconds);
        while (level < Most && perSecond >> level > rate) level++;
        while (level > 0 && perSecond >> (level - 1) <= rate * 0.9) level--;
        var note = before > 0 || level > 0 ? Note() : null;
        (begun, matched, shown, limit) = (now, 0, 0, rate);
        return note;
    }

    private byte[] Note() => TapJson.OfNumbers(("one_in", 1L << level), ("matched", matched), ("shown", shown));
}
