namespace Weir.DuckDb.Values;

/// <summary>What DuckDB counts timestamps in.</summary>
internal enum TimeUnit
{
    Seconds,
    Millis,
    Micros,
    Nanos,
}

/// <summary>DuckDB's dates and times (counts since 1970-01-01, or since midnight) as .NET's, and back.</summary>
internal static class Times
{
    private const long MicrosPerDay = 86_400_000_000;
    private const int MaxOffsetSeconds = (16 * 60 * 60) - 1;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static DateOnly Date(int days) => days switch
    {
        int.MaxValue => throw new OverflowException("the value is 'infinity'"),
        -int.MaxValue => throw new OverflowException("the value is '-infinity'"),
        _ when days + (long)EpochDay is >= 0 and var day && day <= DateOnly.MaxValue.DayNumber => DateOnly.FromDayNumber((int)day),
        _ => throw new OverflowException($"the value is {days} days from 1970-01-01, outside of the years 1 to 9999"),
    };

    public static int Date(DateOnly date) => date.DayNumber - EpochDay;

    public static TimeOnly Time(long micros) => micros is >= 0 and < MicrosPerDay
        ? new TimeOnly(micros * TimeSpan.TicksPerMicrosecond)
        : throw new OverflowException("the value is 24:00:00, which .NET's TimeOnly does not have");

    public static long Time(TimeOnly time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>A time of day with an offset; .NET has no such type, so it comes on 1970-01-01.</summary>
    public static DateTimeOffset TimeTz(ulong bits)
    {
        var offset = TimeSpan.FromSeconds(MaxOffsetSeconds - (int)(bits & 0xFFFFFF));
        if (offset.Duration() > TimeSpan.FromHours(14) || offset.Ticks % TimeSpan.TicksPerMinute != 0)
            throw new OverflowException($"the value's offset is {offset}; .NET has whole minutes up to 14 hours");
        return new DateTimeOffset(DateTime.UnixEpoch.Ticks + Time((long)(bits >> 24)).Ticks, offset);
    }

    public static DateTime Timestamp(long count, TimeUnit unit)
    {
        if (count == long.MaxValue)
            throw new OverflowException("the value is 'infinity'");
        if (count == -long.MaxValue)
            throw new OverflowException("the value is '-infinity'");
        // Nanoseconds below .NET's 100 are cut, towards the past.
        var ticks = (Int128)DateTime.UnixEpoch.Ticks + (unit switch
        {
            TimeUnit.Seconds => (Int128)count * TimeSpan.TicksPerSecond,
            TimeUnit.Millis => (Int128)count * TimeSpan.TicksPerMillisecond,
            TimeUnit.Micros => (Int128)count * TimeSpan.TicksPerMicrosecond,
            _ => ((Int128)count - (((count % 100) + 100) % 100)) / 100,
        });
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
            ? new DateTime((long)ticks)
            : throw new OverflowException($"the value is {count} {unit} from 1970-01-01, outside of the years 1 to 9999");
    }

    /// <summary>Microseconds since 1970; ticks below are cut, towards the past.</summary>
    public static long Micros(DateTime time)
    {
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        return (ticks - (((ticks % 10) + 10) % 10)) / TimeSpan.TicksPerMicrosecond;
    }
}
