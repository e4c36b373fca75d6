using System.Globalization;
using Weir.Insight;
using Weir.Studio.Time;

namespace Weir.Studio.Dashboards;

/// <summary>The time control of a page drawn from metrics: the days, what they are compared with, and the width of the buckets. The address is its state.</summary>
/// <param name="Choice">The days.</param>
/// <param name="Against">What they are compared with.</param>
/// <param name="Grain">How wide a bucket of the charts is.</param>
public sealed record DashboardTime(TimeChoice Choice, Against Against, Grain Grain)
{
    /// <summary>The widths that make sense for the days, the one taken unasked first.</summary>
    public static IReadOnlyList<Grain> Grains(TimeChoice choice) => choice.Key switch
    {
        "7d" => [Grain.Day],
        "28d" => [Grain.Day, Grain.Week],
        "90d" => [Grain.Week, Grain.Day, Grain.Month],
        _ => [Grain.Month, Grain.Week],
    };

    public static DashboardTime Read(string? range, string? compare, string? grain, string otherwise, TimeZoneInfo zone, DateTimeOffset now)
    {
        var choice = TimeChoice.Read(TimeChoice.PageNames.Any(n => n.Key == range) ? range : otherwise, zone, now);
        var against = Enum.TryParse<Against>(compare, true, out var found) && Enum.IsDefined(found) ? found : Against.Previous;
        var grains = Grains(choice);
        return new DashboardTime(choice, against, grain is not null && Insight.Grains.Find(grain) is { } width && grains.Contains(width) ? width : grains[0]);
    }

    public DateTime From => Choice.FirstDay.ToDateTime(TimeOnly.MinValue);

    public DateTime To => Choice.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue);

    /// <summary>Up to where only whole days are: what is compared ends here.</summary>
    public DateTime Whole => Choice.IsUnfinished ? Choice.LastDay.ToDateTime(TimeOnly.MinValue) : To;

    /// <summary>How far back lies what is compared with; null: nothing is.</summary>
    public MetricShift? Before(Grain? grain) => Against switch
    {
        Against.Previous when Choice.Key == "12m" => new MetricShift(1, Grain.Year),
        Against.Previous => MetricShift.Previous(From, To, grain is Grain.Day ? null : grain),
        Against.Year => MetricShift.YearBefore(grain),
        _ => null,
    };

    /// <summary>In words: <c>the 28 days before</c>, <c>the same days a year before</c>.</summary>
    public string Words => Against == Against.Year ? "the same days a year before" : Choice.Against;

    /// <summary>These days up to the last that a table has, if it ended before them.</summary>
    public DashboardTime Reaching(DateTime? last) => this with { Choice = Choice.Reaching(last) };

    /// <summary>A bucket's name under a chart: <c>14 Nov</c>, <c>Nov 2026</c>.</summary>
    public string Label(DateTime bucket) => bucket.ToString(Grain >= Grain.Month ? "MMM yyyy" : "d MMM", CultureInfo.InvariantCulture);

    /// <summary>Whether a bucket is still running.</summary>
    public bool IsOpen(DateTime bucket) => Choice.LocalNow >= bucket && Choice.LocalNow < Grain.Add(bucket, 1);
}

/// <summary>What a page's figures are compared with.</summary>
public enum Against
{
    /// <summary>As many days before.</summary>
    Previous,

    /// <summary>The same a year before.</summary>
    Year,

    /// <summary>Nothing.</summary>
    None,
}
