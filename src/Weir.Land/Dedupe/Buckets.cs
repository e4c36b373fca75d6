namespace Weir.Land.Dedupe;

/// <summary>
/// The spans of time in which an id counts once, as one number: an hour of client time; for events without a time of their own a period of
/// 72 hours of receipt; for sources that say <c>dedupe: id</c> all time. The three never share a number.
/// </summary>
internal static class Buckets
{
    public const long MicrosPerHour = 3_600_000_000;

    /// <summary>How far apart two events without a time may be received and still be copies.</summary>
    public const long WindowMicros = 72 * MicrosPerHour;

    public const int AllTime = int.MaxValue;

    public static int OfClientHour(long clientMicros) => checked((int)FloorDivide(clientMicros, MicrosPerHour));

    /// <summary>
    /// Two receipts in one period are less than 72 hours apart, so that a period holds an id at most once; receipts within 72 hours
    /// of each other lie in the same period or in neighbours.
    /// </summary>
    public static int OfReceipt(long receivedMicros) => checked(int.MinValue / 2 + (int)FloorDivide(receivedMicros, WindowMicros));

    private static long FloorDivide(long value, long by) => value >= 0 ? value / by : -((-value + by - 1) / by);
}
