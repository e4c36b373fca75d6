using System.Globalization;
using Weir.Events;
using Weir.Sources;

namespace Weir.Land.Evaluate;

/// <summary>Text to the declared types, alike in every culture. Spaces around anything but text are ignored, as padded exports have them.</summary>
internal static class FieldText
{
    /// <summary>The type of prices and revenues of events.</summary>
    public static readonly FieldType Money = new(FieldKind.Decimal, 18, 4);

    /// <summary>A number of a numeric type.</summary>
    public static object? Number(string text, FieldType type, string path, Faults faults)
    {
        if (!ExactNumber.TryParse(text.Trim(' '), out var number))
        {
            faults.Add(QuarantineReasons.WrongType, $"{path}: expected {type.Sql}, got text that is not a number");
            return null;
        }
        var value = type.Kind switch
        {
            FieldKind.Integer => number.TryToInt64(out var whole) && whole is >= int.MinValue and <= int.MaxValue ? (int)whole : null,
            FieldKind.BigInt => number.TryToInt64(out var whole) ? whole : null,
            FieldKind.Decimal => number.TryToDecimal(type.Precision, type.Scale, out var exact) ? exact : null,
            _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) is var binary && double.IsFinite(binary) ? binary : (object?)null,
        };
        if (value is null) faults.Add(QuarantineReasons.OutOfRange, $"{path}: a number that {type.Sql} does not hold");
        return value;
    }

    /// <summary>True or false: <c>true</c>, <c>false</c> in any case, <c>1</c>, <c>0</c>.</summary>
    public static object? Boolean(string text, string path, Faults faults)
    {
        var trimmed = text.Trim(' ');
        if (trimmed is "1" || trimmed.Equals("true", StringComparison.OrdinalIgnoreCase)) return true;
        if (trimmed is "0" || trimmed.Equals("false", StringComparison.OrdinalIgnoreCase)) return false;
        faults.Add(QuarantineReasons.WrongType, $"{path}: expected BOOLEAN (true, false, 1 or 0), got other text");
        return null;
    }

    /// <summary>A day, <c>yyyy-MM-dd</c> or the declared format.</summary>
    public static object? Date(string text, string? format, string path, Faults faults)
    {
        if (DateOnly.TryParseExact(text.Trim(' '), format ?? "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        faults.Add(QuarantineReasons.InvalidTime, $"{path}: not a date of the form {format ?? "yyyy-MM-dd"}");
        return null;
    }

    /// <summary>A point in time: ISO 8601 or the declared format; a local time by the zone.</summary>
    public static object? Timestamp(string text, string? format, LocalTimes? zone, string path, Faults faults)
    {
        if (!TryParse(text.Trim(' '), format, out var local, out var offset))
            faults.Add(QuarantineReasons.InvalidTime, $"{path}: not a time of the form {format ?? "ISO 8601"}");
        else if (offset is null && zone is null)
            faults.Add(QuarantineReasons.InvalidTime, $"{path}: a time without an offset, and no time_zone is declared");
        else if (offset is { } known ? LocalTimes.TryToUtc(local, known, out var utc) : zone!.TryToUtc(local, out utc)) return utc;
        else faults.Add(QuarantineReasons.OutOfRange, $"{path}: a time outside the years 1 to 9999 (UTC)");
        return null;
    }

    private static bool TryParse(string text, string? format, out DateTime local, out TimeSpan? offset)
    {
        if (format is null) return IsoTime.TryParse(text, out local, out offset);
        offset = null;
        // Only a format with an offset (z, K) says where the clock stood.
        if (!format.Contains('z', StringComparison.Ordinal) && !format.Contains('K', StringComparison.Ordinal))
            return DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out local) && Cut(ref local);
        var read = DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        (local, offset) = (time.DateTime, time.Offset);
        return read && Cut(ref local);
    }

    private static bool Cut(ref DateTime time)
    {
        time = new DateTime(time.Ticks - time.Ticks % TimeSpan.TicksPerMicrosecond);
        return true;
    }
}
