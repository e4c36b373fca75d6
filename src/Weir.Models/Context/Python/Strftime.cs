using System.Globalization;
using System.Text;
using Weir.Models.Jinja;

namespace Weir.Models.Context;

/// <summary>Python's <c>strftime</c> and <c>strptime</c> formats, in English.</summary>
internal static class Strftime
{
    public static string Format(DateTime time, string format)
    {
        var text = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                text.Append(format[i]);
                continue;
            }

            var plain = format[i + 1] == '-' && i + 2 < format.Length;
            i += plain ? 2 : 1;
            var part = Part(time, format[i]);
            text.Append(plain ? part.TrimStart('0') is { Length: > 0 } trimmed ? trimmed : "0" : part);
        }

        return text.ToString();
    }

    public static DateTime Parse(string text, string format)
    {
        var wanted = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] == '%' && i + 1 < format.Length)
                wanted.Append(Net(format[++i]) ?? throw new JinjaException(JinjaErrorKind.Value, $"'%{format[i]}' in the format '{format}' is not supported"));
            else
                wanted.Append('\\').Append(format[i]);
        }

        return DateTime.TryParseExact(text, wanted.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified)
            : throw new JinjaException(JinjaErrorKind.Value, $"time data '{text}' does not match format '{format}'");
    }

    private static string Part(DateTime time, char letter) => letter switch
    {
        'Y' => time.ToString("yyyy", CultureInfo.InvariantCulture),
        'm' => time.ToString("MM", CultureInfo.InvariantCulture),
        'd' => time.ToString("dd", CultureInfo.InvariantCulture),
        'H' => time.ToString("HH", CultureInfo.InvariantCulture),
        'I' => time.ToString("hh", CultureInfo.InvariantCulture),
        'M' => time.ToString("mm", CultureInfo.InvariantCulture),
        'S' => time.ToString("ss", CultureInfo.InvariantCulture),
        'f' => time.ToString("ffffff", CultureInfo.InvariantCulture),
        'y' => time.ToString("yy", CultureInfo.InvariantCulture),
        'b' => time.ToString("MMM", CultureInfo.InvariantCulture),
        'B' => time.ToString("MMMM", CultureInfo.InvariantCulture),
        'a' => time.ToString("ddd", CultureInfo.InvariantCulture),
        'A' => time.ToString("dddd", CultureInfo.InvariantCulture),
        'p' => time.Hour < 12 ? "AM" : "PM",
        'j' => time.DayOfYear.ToString("000", CultureInfo.InvariantCulture),
        'w' => ((int)time.DayOfWeek).ToString(CultureInfo.InvariantCulture),
        'u' => ((((int)time.DayOfWeek + 6) % 7) + 1).ToString(CultureInfo.InvariantCulture),
        'V' => ISOWeek.GetWeekOfYear(time).ToString("00", CultureInfo.InvariantCulture),
        'G' => ISOWeek.GetYear(time).ToString("0000", CultureInfo.InvariantCulture),
        'F' => Format(time, "%Y-%m-%d"),
        'T' => Format(time, "%H:%M:%S"),
        's' => ((DateTimeOffset)DateTime.SpecifyKind(time, DateTimeKind.Utc)).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        'z' or 'Z' => "",
        '%' => "%",
        _ => "%" + letter,
    };

    private static string? Net(char letter) => letter switch
    {
        'Y' => "yyyy",
        'm' => "M",
        'd' => "d",
        'H' => "H",
        'I' => "h",
        'M' => "m",
        'S' => "s",
        'f' => "FFFFFF",
        'y' => "yy",
        'b' => "MMM",
        'B' => "MMMM",
        'p' => "tt",
        'z' => "zzz",
        '%' => "%",
        _ => null,
    };
}
