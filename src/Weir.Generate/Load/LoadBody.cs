namespace Weir.Generate.Load;

/// <summary>
/// A request's body, made once and sent over and over: ids and times are overwritten in place, for to write events anew would cost more than to take them. An event that is not
/// overwritten is a copy of what was sent the last time.
/// </summary>
internal sealed class LoadBody(byte[] bytes, LoadSlot[] slots, int sentAt, LoadOptions options, Rng rng)
{
    private readonly DateTime[] times = new DateTime[slots.Length];
    private readonly Guid[] ids = new Guid[slots.Length];
    private readonly bool[] copies = new bool[slots.Length];
    private bool isTaken;

    public ReadOnlyMemory<byte> Bytes => bytes;

    public IReadOnlyList<LoadSlot> Slots => slots;

    /// <summary>Of an event, as it was renewed last: its id, when its client says that it happened, and whether it was sent before.</summary>
    public (Guid Id, DateTime ClientTime, bool IsCopy) this[int slot] => (ids[slot], times[slot], copies[slot]);

    /// <summary>How many of its events were sent before, and are not malformed: those are quarantined each time.</summary>
    public int Copies { get; private set; }

    /// <summary>How many are malformed.</summary>
    public int Malformed { get; } = slots.Count(s => s.IsMalformed);

    /// <summary>Makes events of now of it.</summary>
    public void Renew(DateTimeOffset now)
    {
        var (session, visit) = (default(Guid), default(Guid?));
        Copies = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[i];
            if (visit != slot.Event.Visit) (session, visit) = (rng.Guid(), slot.Event.Visit);
            copies[i] = isTaken && rng.Chance(options.Duplicates);
            if (!copies[i]) Renew(i, slot, now, session);
            else if (!slot.IsMalformed) Copies++;
            if (slot.Sent >= 0) TimeText.Write((now + slot.Event.Person.ClockOff).UtcDateTime, bytes.AsSpan(slot.Sent));
        }
        if (sentAt >= 0) TimeText.Write(now.UtcDateTime, bytes.AsSpan(sentAt));
    }

    /// <summary>Says how it was answered: what was not taken cannot be copied.</summary>
    public void Answered(bool taken) => isTaken = taken;

    private void Renew(int i, LoadSlot slot, DateTimeOffset now, Guid session)
    {
        (ids[i], times[i]) = (rng.Guid(), Milliseconds(now - slot.Age + slot.Event.Person.ClockOff));
        if (slot.Id >= 0) ids[i].TryFormat(bytes.AsSpan(slot.Id), out _);
        if (slot.Session >= 0) session.TryFormat(bytes.AsSpan(slot.Session), out _);
        if (slot.Time >= 0) TimeText.Write(times[i] + slot.Offset, bytes.AsSpan(slot.Time));
        if (slot.Order < 0) return;
        Span<byte> text = stackalloc byte[36];
        session.TryFormat(text, out _);
        text[..8].CopyTo(bytes.AsSpan(slot.Order));
    }

    private static DateTime Milliseconds(DateTimeOffset time) => time.UtcDateTime.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond));
}
