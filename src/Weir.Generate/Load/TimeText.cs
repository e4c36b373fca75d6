namespace Weir.Generate.Load;

/// <summary>Times overwritten in place, <c>yyyy-MM-ddTHH:mm:ss.fff</c>: hundreds of thousands a second, which formatting would be too slow for.</summary>
internal static class TimeText
{
    public const int Length = 23;

    public static void Write(DateTime time, Span<byte> to)
    {
        var (year, month, day) = (time.Year, time.Month, time.Day);
        Two(to, year / 100);
        Two(to[2..], year % 100);
        to[4] = (byte)'-';
        Two(to[5..], month);
        to[7] = (byte)'-';
        Two(to[8..], day);
        to[10] = (byte)'T';
        var milliseconds = (int)(time.TimeOfDay.Ticks / TimeSpan.TicksPerMillisecond);
        Two(to[11..], milliseconds / 3_600_000);
        to[13] = (byte)':';
        Two(to[14..], milliseconds / 60_000 % 60);
        to[16] = (byte)':';
        Two(to[17..], milliseconds / 1_000 % 60);
        to[19] = (byte)'.';
        to[20] = (byte)('0' + (milliseconds / 100 % 10));
        Two(to[21..], milliseconds % 100);
    }

    private static void Two(Span<byte> to, int number) => (to[0], to[1]) = ((byte)('0' + (number / 10)), (byte)('0' + (number % 10)));
}
