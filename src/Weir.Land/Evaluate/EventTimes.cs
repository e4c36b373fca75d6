using System.Text.Json;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>The times of events: what a stamp may look like, what is absurd, and how a client's clock is corrected.</summary>
internal sealed class EventTimes(SourceDefinition source, EvaluatorOptions options)
{
    private readonly LocalTimes? zone = LocalTimes.Of(source.TimeZone, source);

    /// <summary>A stamp in JSON: ISO 8601 text, or a number of milliseconds since 1970 (UTC), fractions allowed.</summary>
    public DateTime? Read(JsonValue value, string path, DateTime receivedAt, Faults faults)
    {
        if (value.IsAbsent) return null;
        if (value.Kind == JsonTokenType.String) return Read(value.GetString(), path, receivedAt, faults);
        if (value.Kind == JsonTokenType.Number) return Check(ExactNumber.TryParse(value.GetText(), out var number) ? FromMilliseconds(number) : null, path, receivedAt, faults);
        faults.Add(QuarantineReasons.WrongType, $"{path}: expected a time, got {MemberReader.KindOf(value)}");
        return null;
    }

    /// <summary>A stamp as a number, which may stand in quotes, of units since 1970 (UTC).</summary>
    /// <param name="value">The stamp.</param>
    /// <param name="digits">Digits of a unit behind the millisecond: 0 or 3.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="receivedAt">When the event was received.</param>
    /// <param name="faults">What is wrong with the event.</param>
    public DateTime? ReadEpoch(JsonValue value, int digits, string path, DateTime receivedAt, Faults faults)
    {
        if (value.IsAbsent) return null;
        var text = value.Kind switch { JsonTokenType.Number => value.GetText(), JsonTokenType.String => value.GetString(), _ => "" };
        if (ExactNumber.TryParse(text, out var number)) return Check(FromMilliseconds(number with { Scale = number.Scale + digits }), path, receivedAt, faults);
        faults.Add(QuarantineReasons.InvalidTime, $"{path}: not a number of {(digits == 0 ? "milliseconds" : "microseconds")} since 1970");
        return null;
    }

    /// <summary>A stamp as text.</summary>
    public DateTime? Read(string text, string path, DateTime receivedAt, Faults faults)
    {
        if (!IsoTime.TryParse(text, out var local, out var offset))
        {
            faults.Add(QuarantineReasons.InvalidTime, $"{path}: not an ISO 8601 time");
            return null;
        }
        if (offset is null && zone is null)
        {
            faults.Add(QuarantineReasons.InvalidTime, $"{path}: a time without an offset, and source '{source.Name}' declares no time_zone");
            return null;
        }
        var exists = offset is { } known ? LocalTimes.TryToUtc(local, known, out var utc) : zone!.TryToUtc(local, out utc);
        return Check(exists ? utc : null, path, receivedAt, faults);
    }

    /// <summary>
    /// When it happened. Stamp and time of sending come from one clock, right or wrong; their distance is right, and Weir's own clock says when it arrived. Where
    /// the stamps contradict each other (sent before it happened) nothing is later than its arrival.
    /// </summary>
    /// <param name="clientTime">The client's stamp; null: none.</param>
    /// <param name="sentAt">When the client sent it, by the same clock; null: unknown.</param>
    /// <param name="arrivedAt">When it arrived at a collector; null: unknown, as for files that do not say.</param>
    /// <param name="receivedAt">When Weir received it.</param>
    public static DateTime Correct(DateTime? clientTime, DateTime? sentAt, DateTime? arrivedAt, DateTime receivedAt)
    {
        if (clientTime is not { } happened) return arrivedAt ?? receivedAt;
        if (sentAt is not { } sent || arrivedAt is not { } arrived) return happened;
        return sent >= happened ? arrived - (sent - happened) : arrived;
    }

    /// <summary>Whole microseconds, UTC.</summary>
    public static DateTime ToMicroseconds(DateTimeOffset time) =>
        new(time.UtcTicks - time.UtcTicks % TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc);

    private static DateTime? FromMilliseconds(ExactNumber number)
    {
        // Fewer than 15 digits before the point: within the years of DateTime.
        if (!number.TryToDecimal(28, 14, out var milliseconds)) return null;
        var ticks = (decimal.Floor(milliseconds * 1000) * TimeSpan.TicksPerMicrosecond) + DateTime.UnixEpoch.Ticks;
        return ticks < 0 || ticks > DateTime.MaxValue.Ticks ? null : new DateTime((long)ticks, DateTimeKind.Utc);
    }

    private DateTime? Check(DateTime? time, string path, DateTime receivedAt, Faults faults)
    {
        if (time is { } t && t >= options.Earliest && t <= receivedAt + source.MaxAhead) return time;
        faults.Add(QuarantineReasons.AbsurdTime,
            $"{path}: before {options.Earliest:yyyy-MM-dd} or more than {source.MaxAhead.TotalHours} h after it was received");
        return null;
    }
}
