namespace Weir.Insight;

/// <summary>The width of a time bucket; weeks are ISO weeks, which begin on Monday.</summary>
public enum Grain
{
    /// <summary>An hour of the wall clock.</summary>
    Hour,

    /// <summary>A day of the business's calendar.</summary>
    Day,

    /// <summary>Monday to Sunday.</summary>
    Week,

    /// <summary>A calendar month.</summary>
    Month,

    /// <summary>A calendar quarter.</summary>
    Quarter,

    /// <summary>A calendar year.</summary>
    Year,
}

/// <summary>Grains by name, and what lies between two of them.</summary>
public static class Grains
{
    /// <summary>All names, the finest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Grain>().Select(grain => grain.Name())];

    /// <summary><c>hour</c>, <c>day</c>, <c>week</c>, <c>month</c>, <c>quarter</c>, <c>year</c>: DuckDB's names, and dbt's.</summary>
    public static string Name(this Grain grain) => grain.ToString().ToLowerInvariant();

    /// <summary>The grain of a name, also in the plural; null when it is none.</summary>
    public static Grain? Find(string name) => Enum.GetValues<Grain>().Cast<Grain?>().FirstOrDefault(grain => name == grain!.Value.Name() || name == grain.Value.Name() + "s");

    /// <summary>The beginning of the bucket that holds a time.</summary>
    public static DateTime Floor(this Grain grain, DateTime time) => grain switch
    {
        Grain.Hour => time.Date.AddHours(time.Hour),
        Grain.Day => time.Date,
        Grain.Week => time.Date.AddDays(-(((int)time.DayOfWeek + 6) % 7)),
        Grain.Month => new DateTime(time.Year, time.Month, 1),
        Grain.Quarter => new DateTime(time.Year, (time.Month - 1) / 3 * 3 + 1, 1),
        _ => new DateTime(time.Year, 1, 1),
    };

    /// <summary>A time so many buckets later; a negative count goes back.</summary>
    public static DateTime Add(this Grain grain, DateTime time, int count) => grain switch
    {
        Grain.Hour => time.AddHours(count),
        Grain.Day => time.AddDays(count),
        Grain.Week => time.AddDays(7 * count),
        Grain.Month => time.AddMonths(count),
        Grain.Quarter => time.AddMonths(3 * count),
        _ => time.AddYears(count),
    };
}
