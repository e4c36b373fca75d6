using Confluent.Kafka;
using Weir.Events;

namespace Weir.Journal.Kafka.Reading;

/// <summary>The hours of what waits in a partition, from the brokers' index of times: nothing is read but that. Where timestamps go back, a message counts under the latest hour before it.</summary>
internal static class BrokerHours
{
    private const int MostHours = 24 * 400;

    public static IReadOnlyList<ReceivedHour> Read(KafkaCluster cluster, TopicPartition place, long from, long to)
    {
        var hours = new List<ReceivedHour>();
        if (to <= from) return hours;
        var now = cluster.Time.GetUtcNow().UtcDateTime;
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        var found = new Stack<(DateTime Hour, long First)>();
        // From the newest hour back, until one begins at or before what is asked for.
        for (var i = 0; i < MostHours; i++, hour = hour.AddHours(-1))
        {
            var first = Math.Min(to, cluster.ReadOffsetAt(place, hour, to));
            found.Push((hour, Math.Max(first, from)));
            if (first <= from) break;
        }
        var next = from;
        while (found.TryPop(out var begin))
        {
            var end = found.TryPeek(out var later) ? Math.Max(later.First, next) : to;
            if (end > next) HourNotes.Add(hours, begin.Hour, next, end - next);
            next = Math.Max(next, end);
        }
        return hours;
    }
}
