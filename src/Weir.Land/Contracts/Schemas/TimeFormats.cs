namespace Weir.Land.Contracts.Schemas;

/// <summary>Dates and times of RFC 3339, with its leap seconds; only ASCII digits.</summary>
internal static class TimeFormats
{
    public static bool IsDate(string text) => IsDate(text.AsSpan());

    public static bool IsTime(string text) => IsTime(text.AsSpan());

    public static bool IsDateTime(string text) => text.Length > 11 && text[10] is 'T' or 't' && IsDate(text.AsSpan(0, 10)) && IsTime(text.AsSpan(11));

    private static bool IsDate(ReadOnlySpan<char> text)
    {
        if (text.Length != 10 || text[4] != '-' || text[7] != '-') return false;
        if (Number(text[..4]) is not { } year || Number(text[5..7]) is not (>= 1 and <= 12 and var month) || Number(text[8..]) is not (>= 1 and var day)) return false;
        // The year 0000, which RFC 3339 has and DateTime has not, is a leap year.
        return day <= DateTime.DaysInMonth(year == 0 ? 4 : year, month);
    }

    private static bool IsTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':') return false;
        if (Number(text[..2]) is not (<= 23 and var hour) || Number(text[3..5]) is not (<= 59 and var minute) || Number(text[6..8]) is not (<= 60 and var second)) return false;
        var rest = text[8..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits < 1) return false;
            rest = rest[(1 + digits)..];
        }
        if (Offset(rest) is not { } offset) return false;
        // A leap second is the last one of a day, UTC.
        return second < 60 || (((hour * 60 + minute - offset) % 1440) + 1440) % 1440 == 1439;
    }

    /// <summary>Minutes before UTC.</summary>
    private static int? Offset(ReadOnlySpan<char> text)
    {
        if (text is "Z" or "z") return 0;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':') return null;
        if (Number(text[1..3]) is not (<= 23 and var hours) || Number(text[4..]) is not (<= 59 and var minutes)) return null;
        return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
    }

    private static int? Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c)) return null;
            value = value * 10 + (c - '0');
        }
        return value;
    }
}
