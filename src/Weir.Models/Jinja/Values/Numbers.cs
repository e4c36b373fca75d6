using System.Globalization;
using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>Reading values as numbers. Whole numbers are long, and BigInteger only when they do not fit; a bool counts as 0 or 1.</summary>
internal static class Numbers
{
    public static bool IsNumber(object? value) => value is long or double or bool or BigInteger or decimal;

    public static bool IsInteger(object? value) => value is long or bool or BigInteger;

    public static object Shrink(BigInteger value) => value >= long.MinValue && value <= long.MaxValue ? (object)(long)value : value;

    public static BigInteger ToBig(object value) => value switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => (BigInteger)value,
    };

    public static double ToDouble(object value) => value switch
    {
        double number => number,
        decimal number => (double)number,
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => (double)(BigInteger)value,
    };

    public static decimal ToDecimal(object value) => value switch
    {
        decimal number => number,
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => (decimal)(BigInteger)value,
    };

    /// <summary>As an index or a count; out of range is cut off, since every use of it is.</summary>
    public static int ToIndex(object? value) => value switch
    {
        long number => (int)Math.Clamp(number, int.MinValue + 1, int.MaxValue),
        bool flag => flag ? 1 : 0,
        BigInteger number => number.Sign < 0 ? int.MinValue + 1 : int.MaxValue,
        Undefined undefined => throw undefined.Fail(),
        _ => throw new JinjaException(JinjaErrorKind.Type, $"'{TypeNames.Of(value)}' object cannot be interpreted as an integer"),
    };

    /// <summary>Python's <c>int(text, base)</c>; underscores between digits and surrounding space are allowed.</summary>
    public static bool TryParseInteger(string text, int numberBase, out object? value)
    {
        value = null;
        var digits = text.Trim();
        var isNegative = digits.StartsWith('-');
        if (isNegative || digits.StartsWith('+'))
            digits = digits[1..];
        var prefix = digits.Length > 1 && digits[0] == '0' ? char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 } : 0;
        if (prefix != 0 && (numberBase == prefix || numberBase == 0))
            (digits, numberBase) = (digits[2..], prefix);
        if (numberBase == 0)
            numberBase = 10;
        if (digits.Length == 0 || digits[0] == '_' || digits[^1] == '_' || digits.Contains("__", StringComparison.Ordinal))
            return false;
        var result = BigInteger.Zero;
        foreach (var character in digits.Where(character => character != '_'))
        {
            var digit = char.IsAsciiLetter(character) ? char.ToLowerInvariant(character) - 'a' + 10 : char.IsDigit(character) ? (int)char.GetNumericValue(character) : 99;
            if (digit >= numberBase)
                return false;
            result = (result * numberBase) + digit;
        }
        value = Shrink(isNegative ? -result : result);
        return true;
    }

    /// <summary>Python's <c>float(text)</c>.</summary>
    public static bool TryParseFloat(string text, out double value)
    {
        var trimmed = text.Trim();
        var name = trimmed.TrimStart('+', '-').ToLowerInvariant();
        if (name is "inf" or "infinity" or "nan")
        {
            value = name == "nan" ? double.NaN : trimmed.StartsWith('-') ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }
        value = 0;
        return trimmed.Length > 0 && (char.IsAsciiDigit(trimmed[^1]) || trimmed[^1] == '.')
            && double.TryParse(trimmed.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }
}
