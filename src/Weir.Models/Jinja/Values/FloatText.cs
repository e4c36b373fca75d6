using System.Globalization;
using System.Numerics;

namespace Weir.Models.Jinja;

/// <summary>Floats as Python writes them.</summary>
internal static class FloatText
{
    /// <summary>The shortest text that reads back as the same float; an exponent below 1e-4 and from 1e16.</summary>
    public static string Shortest(double value)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        var (sign, digits, exponent) = Digits(value);
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            return $"{sign}{digits[0]}{fraction}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }
        if (exponent < 0)
            return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        return digits.Length <= exponent + 1
            ? $"{sign}{digits.PadRight(exponent + 1, '0')}.0"
            : $"{sign}{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}";
    }

    /// <summary>Exactly rounded to <paramref name="places"/> decimals, ties to even, from the float's binary value.</summary>
    public static string Fixed(double value, int places)
    {
        if (!double.IsFinite(value))
            return Shortest(value);
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        exponent = Math.Max(exponent, 1) - 1075;
        var numerator = mantissa * BigInteger.Pow(10, Math.Max(places, 0)) * BigInteger.Pow(2, Math.Max(exponent, 0));
        var denominator = BigInteger.Pow(2, Math.Max(-exponent, 0)) * BigInteger.Pow(10, Math.Max(-places, 0));
        var rounded = RoundHalfEven(numerator, denominator) * BigInteger.Pow(10, Math.Max(-places, 0));
        var text = rounded.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Max(places, 0) + 1, '0');
        if (places > 0)
            text = $"{text[..^places]}.{text[^places..]}";
        return (bits < 0 ? "-" : "") + text;
    }

    /// <summary>The quotient of two numbers, the divisor above zero, rounded to the nearest whole, ties to even.</summary>
    public static BigInteger RoundHalfEven(BigInteger numerator, BigInteger denominator)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(numerator), denominator, out var rest);
        var twice = (rest * 2).CompareTo(denominator);
        if (twice > 0 || (twice == 0 && !quotient.IsEven))
            quotient++;
        return numerator.Sign < 0 ? -quotient : quotient;
    }

    private static (string Sign, string Digits, int Exponent) Digits(double value)
    {
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var mantissa = shortest.Split('E')[0].TrimStart('-').Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var sign = shortest.StartsWith('-') ? "-" : "";
        if (mantissa.Length == 0)
            return (sign, "0", 0);
        var split = shortest.Split('E');
        if (split.Length == 2)
            return (sign, mantissa, int.Parse(split[1], CultureInfo.InvariantCulture));
        var plain = shortest.TrimStart('-');
        var point = plain.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? at : plain.Length;
        var first = plain.AsSpan().IndexOfAnyInRange('1', '9');
        return (sign, mantissa, first < point ? point - first - 1 : point - first);
    }
}
