using System.Globalization;
using System.Numerics;

namespace Weir.Land.Evaluate;

/// <summary>A decimal number as written, exact: never through binary floating point.</summary>
/// <param name="IsNegative">Below zero.</param>
/// <param name="Digits">The significant digits, without zeros at either end; empty: zero.</param>
/// <param name="Scale">How many of the digits stand after the point; negative: zeros that follow.</param>
internal readonly record struct ExactNumber(bool IsNegative, string Digits, int Scale)
{
    // Beyond this an exponent only says "too large" or "too small", however long it is.
    private const int ExponentLimit = 1_000_000;

    /// <summary>Digits before the point.</summary>
    private int WholeDigits => Digits.Length - Scale;

    /// <summary>Reads <c>[+-]digits[.digits][e[+-]digits]</c>; nothing else, no grouping, no white space.</summary>
    public static bool TryParse(string text, out ExactNumber number)
    {
        number = default;
        var i = 0;
        var negative = i < text.Length && text[i] == '-';
        if (i < text.Length && text[i] is '-' or '+') i++;
        var whole = TakeDigits(text, ref i);
        var fraction = "";
        if (i < text.Length && text[i] == '.')
        {
            i++;
            fraction = TakeDigits(text, ref i);
        }
        if (whole.Length + fraction.Length == 0) return false;
        var exponent = 0;
        if (i < text.Length && text[i] is 'e' or 'E' && !TryTakeExponent(text, ref i, out exponent)) return false;
        if (i != text.Length) return false;

        var all = whole + fraction;
        var digits = all.TrimEnd('0');
        var scale = fraction.Length - (all.Length - digits.Length) - exponent;
        digits = digits.TrimStart('0');
        number = digits.Length == 0 ? default(ExactNumber) with { Digits = "" } : new ExactNumber(negative, digits, scale);
        return true;
    }

    /// <summary>The value, if it has at most so many digits in all and after the point.</summary>
    public bool TryToDecimal(int precision, int scale, out decimal value)
    {
        value = 0;
        if (Digits.Length == 0) return true;
        if (Scale > scale || WholeDigits > precision - scale) return false;
        value = decimal.Parse(Unsigned(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        if (IsNegative) value = -value;
        return true;
    }

    /// <summary>The value, if it is whole (2.0 is) and lies in 64 bits.</summary>
    public bool TryToInt64(out long value)
    {
        value = 0;
        if (!TryToDecimal(19, 0, out var exact) || exact < long.MinValue || exact > long.MaxValue) return false;
        value = (long)exact;
        return true;
    }

    /// <summary>Less than zero, zero or more: as this is less than the other, equal or more.</summary>
    public int CompareTo(ExactNumber other)
    {
        var (sign, otherSign) = (Sign, other.Sign);
        if (sign != otherSign || sign == 0) return sign.CompareTo(otherSign);
        var size = WholeDigits != other.WholeDigits ? WholeDigits.CompareTo(other.WholeDigits) : string.CompareOrdinal(Digits, other.Digits);
        return sign * Math.Sign(size);
    }

    private int Sign => Digits.Length == 0 ? 0 : IsNegative ? -1 : 1;

    /// <summary>How many digits <see cref="ToPlainText"/> writes at most.</summary>
    public const int LongestPlain = 100;

    /// <summary>The product; null: it is out of all bounds.</summary>
    public ExactNumber? Times(ExactNumber other)
    {
        if (Digits.Length == 0 || other.Digits.Length == 0) return new ExactNumber(false, "", 0);
        if (Digits.Length > LongestPlain || other.Digits.Length > LongestPlain) return null;
        var product = BigInteger.Parse(Digits, CultureInfo.InvariantCulture) * BigInteger.Parse(other.Digits, CultureInfo.InvariantCulture);
        var digits = product.ToString(CultureInfo.InvariantCulture);
        var trimmed = digits.TrimEnd('0');
        return new ExactNumber(IsNegative != other.IsNegative, trimmed, Scale + other.Scale - (digits.Length - trimmed.Length));
    }

    /// <summary>The number without an exponent; null: that would be too long.</summary>
    public string? ToPlainText()
    {
        if (Digits.Length == 0) return "0";
        if (Math.Max(WholeDigits, 1) + Math.Max(Scale, 0) > LongestPlain) return null;
        return IsNegative ? $"-{Unsigned()}" : Unsigned();
    }

    /// <summary>Without an exponent and a sign.</summary>
    private string Unsigned()
    {
        var padded = Scale < 0 ? Digits + new string('0', -Scale) : Digits.PadLeft(Scale + 1, '0');
        return Scale > 0 ? padded.Insert(padded.Length - Scale, ".") : padded;
    }

    private static string TakeDigits(string text, ref int i)
    {
        var start = i;
        while (i < text.Length && char.IsAsciiDigit(text[i])) i++;
        return text[start..i];
    }

    private static bool TryTakeExponent(string text, ref int i, out int exponent)
    {
        i++;
        var negative = i < text.Length && text[i] == '-';
        if (i < text.Length && text[i] is '-' or '+') i++;
        var digits = TakeDigits(text, ref i);
        exponent = ExponentLimit;
        if (digits.TrimStart('0') is { Length: <= 6 } few) exponent = few.Length == 0 ? 0 : int.Parse(few, CultureInfo.InvariantCulture);
        if (negative) exponent = -exponent;
        return digits.Length > 0;
    }
}
