using Weir.Studio.Text;
using Weir.Studio.Time;

namespace Weir.Studio.Home.Minutes;

/// <summary>Events a minute of the last hour, a series a source.</summary>
/// <param name="Minutes">The minutes' beginnings, business time; all are over, but events of the last may still be landing.</param>
/// <param name="Series">One a source that sent in the hour, in the order of weir.yml.</param>
public sealed record MinutesView(IReadOnlyList<DateTime> Minutes, IReadOnlyList<MinuteSeries> Series)
{
    public const int Length = 60;
    private const int MostSeries = 8;

    /// <summary>Events in the last minute.</summary>
    public long LastMinute => Series.Sum(s => s.Counts[^1]);

    public long Total => Series.Sum(s => s.Counts.Sum());

    public static (DateTimeOffset From, DateTimeOffset To) Span(DateTimeOffset now)
    {
        var minute = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        return (minute.AddMinutes(-Length), minute);
    }

    public static MinutesView Of(IReadOnlyList<MinuteCount> counts, IReadOnlyList<string> sources, TimeChoice choice)
    {
        var from = Span(choice.Now).From.UtcDateTime;
        // A source keeps its colour on every page, whoever sends or is silent.
        var order = sources.Concat(counts.Select(c => c.Source).Distinct().Except(sources).Order(StringComparer.Ordinal)).ToList();
        var bySource = counts.ToLookup(c => c.Source);
        var series = order.Select((source, i) => new MinuteSeries(source, i % MostSeries + 1, Fill(bySource[source], from)))
            .Where(s => s.Counts.Any(c => c > 0)).ToList();
        if (series.Count > MostSeries)
        {
            var rest = series.OrderByDescending(s => s.Counts.Sum()).Skip(MostSeries - 1).ToList();
            series = [.. series.Except(rest), new MinuteSeries($"{rest.Count} others", 6, [.. Enumerable.Range(0, Length).Select(i => rest.Sum(s => s.Counts[i]))])];
        }

        return new MinutesView([.. Enumerable.Range(0, Length).Select(i => choice.ToLocal(from.AddMinutes(i)))], series);
    }

    private static long[] Fill(IEnumerable<MinuteCount> counts, DateTime from)
    {
        var filled = new long[Length];
        foreach (var count in counts)
        {
            var i = (int)((count.Minute - from).Ticks / TimeSpan.TicksPerMinute);
            if (count.Minute >= from && i < Length) filled[i] += count.Count;
        }

        return filled;
    }

    public string Words => Series.Count == 0
        ? "No event in the last hour"
        : $"{Numbers.Exact(LastMinute)} in the last minute, {Numbers.Exact(Total)} in the last hour";
}

/// <summary>One source's line.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Colour">Which of the eight categorical colours, from 1.</param>
/// <param name="Counts">Events in each minute.</param>
public sealed record MinuteSeries(string Source, int Colour, IReadOnlyList<long> Counts);
