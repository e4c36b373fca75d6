using System.Globalization;
using System.Text.RegularExpressions;

namespace Weir.Models.Yaml;

/// <summary>What a plain scalar means in YAML 1.1, which dbt reads: <c>yes</c>, <c>on</c> and <c>off</c> are booleans, <c>2024-01-31</c> a date.</summary>
internal static partial class YamlScalars
{
    public static object? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON" => true,
        "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" => false,
        ".inf" or ".Inf" or ".INF" or "+.inf" => double.PositiveInfinity,
        "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
        ".nan" or ".NaN" or ".NAN" => double.NaN,
        _ when char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.' => Number(text) ?? (object?)Date(text) ?? text,
        _ => text,
    };

    private static object? Number(string text)
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (Decimal().IsMatch(text) && long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        if (Octal().IsMatch(text))
            return System.Convert.ToInt64(plain.TrimStart('+', '-'), 8) * (text[0] == '-' ? -1 : 1);
        if (Hexadecimal().IsMatch(text))
            return System.Convert.ToInt64(plain, 16);
        if (Real().IsMatch(text) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var real))
            return real;
        return null;
    }

    private static DateOnly? Date(string text) =>
        text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9_]*)$")]
    private static partial Regex Decimal();

    [GeneratedRegex("^[-+]?0[0-7_]+$")]
    private static partial Regex Octal();

    [GeneratedRegex("^0x[0-9a-fA-F_]+$")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[-+]?([0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+][0-9]+)?$")]
    private static partial Regex Real();
}
