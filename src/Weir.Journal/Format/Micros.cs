namespace Weir.Journal.Format;

/// <summary>Times as microseconds since 1970, UTC.</summary>
internal static class Micros
{
    public const long PerHour = 3_600_000_000;

    public static long From(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / 10;
    public static DateTime ToDateTime(long micros) => DateTime.UnixEpoch.AddTicks(micros * 10);
    public static DateTime Hour(long micros) => ToDateTime(micros - micros % PerHour);
}
