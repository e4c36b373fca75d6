using Weir.Studio.Text;

namespace Weir.Studio.Time;

/// <summary>
/// The page's one time control: whole days of the business's calendar, the last of them perhaps unfinished, and the days they are compared with.
/// </summary>
public sealed record TimeChoice
{
    public static IReadOnlyList<TimeChoiceName> Names { get; } =
    [
        new("today", "Today"), new("yesterday", "Yesterday"), new("7d", "Last 7 days"), new("28d", "Last 28 days"),
    ];

    /// <summary>Those of pages drawn from metrics of days.</summary>
    public static IReadOnlyList<TimeChoiceName> PageNames { get; } =
    [
        new("7d", "Last 7 days"), new("28d", "Last 28 days"), new("90d", "Last 90 days"), new("12m", "Last 12 months"),
    ];

    public required string Key { get; init; }
    public required TimeZoneInfo Zone { get; init; }
    public required DateTimeOffset Now { get; init; }
    public required DateOnly FirstDay { get; init; }
    public required DateOnly LastDay { get; init; }

    /// <summary>How many days before lie the days compared with: a week for a day, so that the weekday is the same.</summary>
    public required int Shift { get; init; }

    public DateTime LocalNow => ToLocal(Now);
    public DateOnly Today => DateOnly.FromDateTime(LocalNow);
    public DateTimeOffset From => StartOf(FirstDay);
    public DateTimeOffset To => StartOf(LastDay.AddDays(1));
    public int Days => LastDay.DayNumber - FirstDay.DayNumber + 1;

    /// <summary>Whether the last day is still running, and so its figures are not final.</summary>
    public bool IsUnfinished => LastDay == Today;

    /// <summary>Whether these are the last days a table has, shown because it ends before the days that were chosen.</summary>
    public bool IsPast { get; private init; }

    public string Label => Names.Concat(PageNames).First(n => n.Key == Key).Label;

    /// <summary>Which days these are: <c>last 7 days</c>, <c>Fri 9 Dec 2011, its last day</c>, <c>7 days to 9 Dec 2011</c>.</summary>
    public string Covers => !IsPast ? Label.ToLowerInvariant()
        : Days == 1 ? $"{Times.Weekday(LastDay)} {Times.ShortDay(LastDay, Today)}, its last day" : $"{Days} days to {Times.ShortDay(LastDay, Today)}";

    /// <summary>What it is compared with: <c>last Saturday</c>, <c>the Friday before</c>, <c>the 7 days before</c>.</summary>
    public string Against => Key switch
    {
        "today" when !IsPast => $"last {LastDay.DayOfWeek}",
        _ when Days == 1 => $"the {LastDay.DayOfWeek} before",
        "12m" => "the 12 months before",
        _ => $"the {Days} days before",
    };

    /// <summary>
    /// The days to show of a table that ends at <paramref name="last"/>, business time: these, or, if it ended long before them, as many days up to its last.
    /// A table that is only a day or two behind, as on any morning before the night's build, is not past: it has nothing yet.
    /// </summary>
    public TimeChoice Reaching(DateTime? last)
    {
        if (last is not { } end || FirstDay.DayNumber - DateOnly.FromDateTime(end).DayNumber <= MostDaysBehind) return this;
        var day = DateOnly.FromDateTime(end);
        return this with { FirstDay = Key == "12m" ? new DateOnly(day.Year, day.Month, 1).AddMonths(-11) : day.AddDays(1 - Days), LastDay = day, IsPast = true };
    }

    private const int MostDaysBehind = 2;

    public DateTime ToLocal(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone).DateTime;

    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Zone);

    /// <summary>The choice for a key of the address; an unknown one is today.</summary>
    public static TimeChoice Read(string? key, TimeZoneInfo zone, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var known = Names.Concat(PageNames).FirstOrDefault(n => n.Key == key)?.Key ?? "today";
        var (first, last, shift) = known switch
        {
            "yesterday" => (today.AddDays(-1), today.AddDays(-1), 7),
            "7d" => (today.AddDays(-6), today, 7),
            "28d" => (today.AddDays(-27), today, 28),
            "90d" => (today.AddDays(-89), today, 90),
            "12m" => (new DateOnly(today.Year, today.Month, 1).AddMonths(-11), today, 365),
            _ => (today, today, 7),
        };
        return new TimeChoice { Key = known, Zone = zone, Now = now, FirstDay = first, LastDay = last, Shift = shift };
    }

    // A day may begin at an hour that a clock change skips; it then begins at the first that exists.
    private DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(30);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}

/// <summary>One entry of the time control.</summary>
/// <param name="Key">Its value in the address (<c>?range=</c>).</param>
/// <param name="Label">Its words.</param>
public sealed record TimeChoiceName(string Key, string Label);
