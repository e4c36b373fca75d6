using System.Globalization;

namespace Weir.Studio.Text;

/// <summary>How times and ages are written.</summary>
internal static class Times
{
    /// <summary>A length of time in its largest unit: <c>12 s</c>, <c>41 min</c>, <c>3 h</c>, <c>2 days</c>.</summary>
    public static string Age(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => $"0{Numbers.Space}s",
        { TotalSeconds: < 90 } => $"{(int)age.TotalSeconds}{Numbers.Space}s",
        { TotalMinutes: < 90 } => $"{(int)age.TotalMinutes}{Numbers.Space}min",
        { TotalHours: < 48 } => $"{(int)age.TotalHours}{Numbers.Space}h",
        _ => $"{(int)age.TotalDays}{Numbers.Space}days",
    };

    public static string Hour(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Day(DateOnly day) => day.ToString("dddd d MMMM", CultureInfo.InvariantCulture);

    public static string ShortDay(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);

    /// <summary><c>9 Dec</c>; with its year if that is not today's.</summary>
    public static string ShortDay(DateOnly day, DateOnly today) => day.ToString(day.Year == today.Year ? "d MMM" : "d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>9 December</c>; with its year if that is not today's.</summary>
    public static string LongDay(DateOnly day, DateOnly today) => day.ToString(day.Year == today.Year ? "d MMMM" : "d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary><c>today</c>, <c>yesterday</c>, <c>on 9 December</c>.</summary>
    public static string DayAgo(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        0 => "today",
        1 => "yesterday",
        _ => "on " + LongDay(day, today),
    };

    public static string Weekday(DateOnly day) => day.ToString("ddd", CultureInfo.InvariantCulture);

    /// <summary>When something was, seen from a day: <c>06:00</c>, <c>yesterday 06:00</c>, <c>Thursday 06:00</c>, <c>3 November</c>, <c>3 November 2011</c>.</summary>
    public static string When(DateTime local, DateOnly today) => (today.DayNumber - DateOnly.FromDateTime(local).DayNumber) switch
    {
        0 => Hour(local),
        1 => "yesterday " + Hour(local),
        > 1 and < 7 => local.ToString("dddd HH:mm", CultureInfo.InvariantCulture),
        _ => LongDay(DateOnly.FromDateTime(local), today),
    };
}
