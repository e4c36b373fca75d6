using System.Text;

namespace Weir.Generate.Load;

/// <summary>An event's place in a body, and where in it stands what is new each time it is sent. An offset below 0: it has none.</summary>
/// <param name="Event">What happened.</param>
/// <param name="Spoil">How it is malformed.</param>
/// <param name="Age">How long before it is sent it happens.</param>
internal sealed record LoadSlot(ShopEvent Event, Spoil Spoil, TimeSpan Age)
{
    private const int IdLength = 36, OrderLength = 8;

    public int Id { get; private init; } = -1;
    public int Session { get; private init; } = -1;
    public int Order { get; private init; } = -1;
    public int Time { get; private init; } = -1;
    public int Sent { get; private init; } = -1;

    /// <summary>The offset that its time is written with, or that is to be assumed.</summary>
    public TimeSpan Offset { get; private init; }

    public bool IsMalformed => Spoil != Spoil.Not;

    /// <summary>Finds the places in an event as a writer wrote it, and sets its zone to the offset that holds at a time.</summary>
    /// <param name="text">The event; its zone is overwritten.</param>
    /// <param name="start">Where it will stand in the body.</param>
    /// <param name="at">When the run is.</param>
    /// <param name="zone">The zone of times without an offset.</param>
    public LoadSlot Locate(byte[] text, int start, DateTimeOffset at, string zone)
    {
        int Place(string before, int length) => text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(before)) is var found and >= 0 && found + before.Length + length <= text.Length ? found + before.Length + start : -1;
        var located = this with
        {
            Id = Math.Max(Place("\"event_id\":\"", IdLength), Place("\"messageId\":\"", IdLength)),
            Session = Math.Max(Place("\"session_id\":\"", IdLength), Place("\"sessionId\":\"", IdLength)),
            Order = Place("\"order_id\":\"o-", OrderLength),
            Sent = Place("\"sent_at\":\"", TimeText.Length),
        };
        if (Spoil is Spoil.Time or Spoil.AbsurdTime || Place("\"timestamp\":\"", TimeText.Length + 1) is not (>= 0 and var time)) return located;
        var suffix = text.AsSpan(time - start + TimeText.Length);
        if (suffix[0] == 'Z') return located with { Time = time };
        if (suffix[0] == '"') return located with { Time = time, Offset = OffsetOf(zone, at) };
        var offset = OffsetOf(Event.Person.TimeZone, at);
        var digits = suffix[0] == '\\' ? 6 : 1; // a plus is written \u002B; its sign does not depend on the season
        if (suffix.Length < digits + 5) return located;
        Encoding.UTF8.GetBytes($"{offset:hh\\:mm}", suffix[digits..]);
        return located with { Time = time, Offset = offset };
    }

    private static TimeSpan OffsetOf(string zone, DateTimeOffset at) => TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(at);
}
