using Weir.Events;

namespace Weir.Land.Rounds;

/// <summary>What was received, cut to a range.</summary>
internal static class HourStretches
{
    /// <summary>The events of <c>[from, to)</c> as consecutive stretches of one receive hour each, as counted by whoever appended them.</summary>
    public static IReadOnlyList<ReceivedHour> Within(IEnumerable<ReceivedHour> received, long from, long to)
    {
        var parts = new List<ReceivedHour>();
        foreach (var hour in received)
        {
            var first = Math.Max(from, hour.FirstOrdinal);
            var count = Math.Min(to, hour.FirstOrdinal + hour.Count) - first;
            if (count <= 0) continue;
            if (parts.Count > 0 && parts[^1].Hour == hour.Hour && parts[^1].FirstOrdinal + parts[^1].Count == first)
                parts[^1] = parts[^1] with { Count = parts[^1].Count + count };
            else parts.Add(new ReceivedHour(hour.Hour, first, count));
        }
        return parts;
    }
}
