using System.Globalization;

namespace Weir.Land.Evaluate;

/// <summary>
/// Times as text: <c>yyyy-MM-dd</c>, then <c>T</c> or a space, then <c>HH:mm[:ss[.fraction]]</c>, then nothing, <c>Z</c>, <c>±HH</c>, <c>±HHmm</c> or <c>±HH:mm</c>
/// (ISO 8601's calendar form, RFC 3339 and what SQL engines print). Digits beyond microseconds are cut. No leap second, no 24:00.
/// </summary>
internal static class IsoTime
{
    /// <summary>A UTC time as RFC 3339 has it, to the microsecond, without zeros at the end.</summary>
    public static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Reads a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="local">What the clock showed; whole microseconds.</param>
    /// <param name="offset">Its offset from UTC; null: the text has none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTime local, out TimeSpan? offset)
    {
        (local, offset) = (default, null);
        if (text.Length < 16 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':') return false;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)) return false;
        if (!Number(text[11..13], out var hour) || !Number(text[14..16], out var minute)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59) return false;

        var rest = text[16..];
        int second = 0;
        long microseconds = 0;
        if (rest.Length >= 3 && rest[0] == ':')
        {
            if (!Number(rest[1..3], out second) || second > 59) return false;
            rest = rest[3..];
            if (rest.Length > 0 && rest[0] is '.' or ',' && !TryTakeFraction(ref rest, out microseconds)) return false;
        }
        if (!TryReadOffset(rest, out offset)) return false;
        local = new DateTime(year, month, day, hour, minute, second).AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
        return true;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long microseconds)
    {
        microseconds = 0;
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? rest[1..][..end] : rest[1..];
        for (var i = 0; i < 6; i++) microseconds = microseconds * 10 + (i < digits.Length ? digits[i] - '0' : 0);
        rest = rest[(1 + digits.Length)..];
        return digits.Length > 0;
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, out TimeSpan? offset)
    {
        offset = null;
        if (text.Length == 0) return true;
        if (text is "Z" or "z")
        {
            offset = TimeSpan.Zero;
            return true;
        }
        if (text[0] is not ('+' or '-')) return false;
        ReadOnlySpan<char> minuteText;
        switch (text.Length)
        {
            case 3: minuteText = "00"; break;
            case 5: minuteText = text[3..]; break;
            case 6 when text[3] == ':': minuteText = text[4..]; break;
            default: return false;
        }
        if (!Number(text[1..3], out var hours) || !Number(minuteText, out var minutes) || hours > 23 || minutes > 59) return false;
        var size = new TimeSpan(hours, minutes, 0);
        offset = text[0] == '-' ? -size : size;
        return true;
    }

    private static bool Number(ReadOnlySpan<char> digits, out int value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c)) return false;
            value = value * 10 + (c - '0');
        }
        return true;
    }
}
