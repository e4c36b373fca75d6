using System.Text;
using Weir.Land.Dedupe;
using Weir.Land.Evaluate;
using Weir.Land.Fast.Columns;
using Weir.Sources;

namespace Weir.Land.Fast.Reading;

/// <summary>Times as most clients write them, by the rules of <see cref="EventTimes"/>. For one thread.</summary>
internal sealed class FastTimes(SourceDefinition source, EvaluatorOptions options)
{
    private const int Longest = 48;
    private readonly LocalTimes? zone = LocalTimes.Of(source.TimeZone, source);
    private readonly long earliest = UnixMicros.Of(options.Earliest);
    private readonly long maxAhead = source.MaxAhead.Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly char[] chars = new char[Longest];

    /// <summary>A time as text; false: what it is the plain reader must say.</summary>
    /// <param name="text">The text, UTF-8.</param>
    /// <param name="receivedAt">When the event was received.</param>
    /// <param name="micros">The time; both in microseconds since 1970.</param>
    public bool TryRead(ReadOnlySpan<byte> text, long receivedAt, out long micros)
    {
        micros = 0;
        if (text.Length > Longest || Ascii.ToUtf16(text, chars, out var length) != System.Buffers.OperationStatus.Done) return false;
        if (!IsoTime.TryParse(chars.AsSpan(0, length), out var local, out var offset)) return false;
        DateTime utc;
        if (offset is { } known)
        {
            if (!LocalTimes.TryToUtc(local, known, out utc)) return false;
        }
        else if (zone is null || !zone.TryToUtc(local, out utc)) return false;
        micros = UnixMicros.Of(utc);
        return utc.Ticks >= DateTime.UnixEpoch.Ticks && micros >= earliest && micros <= receivedAt + maxAhead;
    }

    /// <summary>When it happened: <see cref="EventTimes.Correct"/>.</summary>
    public static long Correct(long clientTime, long sentAt, long arrivedAt, long receivedAt)
    {
        if (clientTime == EventColumns.None) return arrivedAt == EventColumns.None ? receivedAt : arrivedAt;
        if (sentAt == EventColumns.None || arrivedAt == EventColumns.None) return clientTime;
        return sentAt >= clientTime ? arrivedAt - (sentAt - clientTime) : arrivedAt;
    }
}
