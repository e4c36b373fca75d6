namespace Weir.Land.Dedupe;

/// <summary>Times as the lake keeps them: whole microseconds since 1970, UTC.</summary>
internal static class UnixMicros
{
    public static long Of(DateTime utc) => (utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    public static DateTime ToUtc(long micros) => DateTime.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
