namespace Weir.Land.Tap;

/// <summary>
/// Lets everything through up to a rate, and beyond it one in 2, 4, 8 …: of hashes the smallest, so that all copies of an event are in or out, and what is in a sample is in every larger
/// one. It learns at the end of each second, and within one only if that brings far too many. For one thread.
/// </summary>
internal sealed class Sampler(int rate, TimeProvider time)
{
    private const int Most = 40;
    private readonly TimeSpan window = TimeSpan.FromSeconds(1);
    private long begun = time.GetTimestamp(), matched, shown, limit = rate;
    private int level;

    /// <summary>Whether an event is shown; <paramref name="note"/> is a message that belongs before it.</summary>
    public bool Admits(ulong hash, out byte[]? note)
    {
        note = Tick();
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

    /// <summary>At the end of a second: what it was, if it was sampled or the next will be.</summary>
    public byte[]? Tick()
    {
        var passed = time.GetElapsedTime(begun);
        if (passed < window) return null;
        var before = level;
        var perSecond = (long)(matched / passed.TotalSeconds);
        while (level < Most && perSecond >> level > rate) level++;
        while (level > 0 && perSecond >> (level - 1) <= rate * 0.9) level--;
        var note = before > 0 || level > 0 ? Note() : null;
        (begun, matched, shown, limit) = (time.GetTimestamp(), 0, 0, rate);
        return note;
    }

    private byte[] Note() => TapJson.OfNumbers(("one_in", 1L << level), ("matched", matched), ("shown", shown));
}
